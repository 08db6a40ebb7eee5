/** What must happen when a command ends, however it ends. */
export interface Ending {
  /** Runs at the end, newest first; each is waited for. */
  defer(release: () => Promise<void> | void): void;
  /**
   * Runs once, when it is called or when the process is gone, be it by a crash: for what another program would find
   * broken, such as a terminal in another mode. It cannot wait for anything. Gives the call.
   */
  restore(work: () => void): () => void;
  /** Runs what is left to restore; for the process's very end. */
  restoreNow(): void;
  /** What an interrupt leaves intact and how to go on, said when it comes: `Your run is kept: course-labs run 1`. */
  keep(note: string): void;
  kept(): string | undefined;
  release(): Promise<void>;
}

export function createEnding(): Ending {
  const releases: (() => Promise<void> | void)[] = [];
  const restores = new Set<() => void>();
  let note: string | undefined;
  return {
    restore: (work) => {
      const once = () => {
        if (restores.delete(once)) work();
      };
      restores.add(once);
      return once;
    },
    restoreNow: () => {
      for (const once of [...restores]) once();
    },
    defer: (release) => void releases.push(release),
    keep: (text) => {
      note = text;
    },
    kept: () => note,
    release: async () => {
      for (let release = releases.pop(); release; release = releases.pop()) {
        try {
          await release();
        } catch {
          // One release that fails must not keep the others from running; the command's own end is what is told.
        }
      }
    },
  };
}
