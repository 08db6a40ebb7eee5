import type { LogLevel } from '../kit/index.ts';
import type { EndlessEnd } from '../load/traffic-job.ts';
import type { Key } from './keys.ts';
import type { LiveScreen } from './live-screen.ts';
import type { Watch } from './watch.ts';

export interface ControlOptions {
  watch: Pick<Watch, 'model' | 'tick' | 'setLevel' | 'send'>;
  screen: LiveScreen;
  /** Ends it at once; its reason is thrown. */
  signal: AbortSignal;
  /** Without a key press for so long, no more traffic is sent. Default 15 minutes. */
  idleMs?: number;
  /** Between two looks. Default 100 ms. */
  tickMs?: number;
}

const defaultIdleMs = 15 * 60_000;

/** Shows a source until q is pressed. Throws what ends it otherwise: the signal's reason, a server or a load that has ended. */
export function control(options: ControlOptions): Promise<void> {
  const { watch, screen, signal, idleMs = defaultIdleMs, tickMs = 100 } = options;
  const { model } = watch;
  return new Promise<void>((resolve, reject) => {
    let traffic: AbortController | undefined;
    let idleSinceMs = performance.now();
    /** The last level that was asked for while another change was under way. */
    let wanted: LogLevel | undefined;
    let changing = false;

    const end = (settle: () => void) => {
      clearInterval(timer);
      traffic?.abort();
      signal.removeEventListener('abort', interrupt);
      settle();
    };
    const fail = (error: unknown) => end(() => reject(error));
    const interrupt = () => fail(signal.reason);
    const guarded = (work: () => void) => () => {
      try {
        work();
      } catch (error) {
        fail(error);
      }
    };
    const send = () => {
      const own = new AbortController();
      traffic = own;
      model.stopped(undefined);
      watch.send(own.signal).then((how) => {
        if (how === 'stopped') return;
        traffic = undefined;
        model.stopped(endOf[how]);
      }, fail);
    };
    const stopWhenIdle = () => {
      if (traffic === undefined || performance.now() - idleSinceMs < idleMs) return;
      traffic.abort();
      traffic = undefined;
      const minutes = Math.max(1, Math.round(idleMs / 60_000));
      model.stopped(`No key was pressed for ${minutes} minutes, so no more traffic is sent.`);
    };
    const setLevel = async (level: LogLevel) => {
      wanted = level;
      if (changing) return;
      changing = true;
      while (wanted !== undefined) {
        const next: LogLevel = wanted;
        wanted = undefined;
        await watch.setLevel(next);
      }
      changing = false;
    };
    const press = (key: Key) => {
      idleSinceMs = performance.now();
      const wakes = traffic === undefined;
      if (wakes) send();
      // The key that wakes it does nothing else, unless it leaves.
      if (wakes && key.name !== 'q') return draw();
      const wish = model.press(key);
      if (wish?.kind === 'quit') return end(resolve);
      if (wish?.kind === 'source') setLevel(wish.level).catch(fail);
      draw();
    };
    const draw = () => screen.draw(model.view(screen.rows()));

    const timer = setInterval(
      guarded(() => {
        watch.tick();
        stopWhenIdle();
        draw();
      }),
      tickMs,
    );
    signal.addEventListener('abort', interrupt, { once: true });
    if (signal.aborted) return interrupt();
    screen.onKey((key) => guarded(() => press(key))());
    send();
    guarded(draw)();
  });
}

const endOf: Readonly<Record<EndlessEnd, string>> = {
  limit: 'Traffic was sent for an hour, and is not sent any longer.',
  'gave-up': 'Nothing but errors came back, so no more traffic is sent.',
};
