import type { Stage } from './stage.ts';

/** Stages for many gradings: one that was closed is opened again for the next of its seed. */
export interface KeptStages {
  /** A stage as new, for one program; closing it gives it back. */
  open(seed: number): Promise<Stage>;
  /** Closes those that nobody has. */
  close(): Promise<void>;
}

/**
 * Most of what a stage costs is its registrar's start: a process, and 40,000 rows. So it is kept when it is given back,
 * and cleared. `most` counts all stages, so it is at least as many as are open at a time: where it is reached, one of
 * another seed goes.
 */
export function keepStages(options: {
  open: (seed: number) => Promise<Stage>;
  most: number;
}): KeptStages {
  const { open, most } = options;
  const idle: Stage[] = [];
  let lent = 0;

  const take = async (seed: number): Promise<Stage> => {
    const at = idle.findIndex((stage) => stage.seed === seed);
    const [known] = at < 0 ? [] : idle.splice(at, 1);
    if (known) return known;
    // The one that has waited longest.
    if (lent + idle.length > most) await idle.shift()?.close();
    return open(seed);
  };
  const giveBack = async (stage: Stage): Promise<void> => {
    try {
      await stage.clear();
      idle.push(stage);
    } catch {
      // It is broken, or its processes were ended: the next one is opened anew.
      await stage.close();
    }
  };

  return {
    open: async (seed) => {
      lent += 1;
      const stage = await take(seed).catch((error: unknown) => {
        lent -= 1;
        throw error;
      });
      // A check that was given up may go on for a while: it must not reach the rules of those who come next.
      const { proxy: origin, revoke } = Proxy.revocable(stage.origin, {});
      let closing: Promise<void> | undefined;
      const close = async () => {
        revoke();
        await giveBack(stage);
        lent -= 1;
      };
      return {
        ...stage,
        origin,
        close: () => {
          closing ??= close();
          return closing;
        },
      };
    },
    close: async () => {
      await Promise.all(idle.splice(0).map((stage) => stage.close()));
    },
  };
}
