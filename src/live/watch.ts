import type { Clock, LogLevel } from '../kit/index.ts';
import { createSchool } from '../registrar/school.ts';
import { createIntake } from './intake.ts';
import { createLiveModel, type LiveModel } from './model.ts';
import type { Reader } from './reader.ts';
import { type LiveSource, type LiveSourceOptions, openLiveSource } from './source.ts';

export interface WatchOptions extends Omit<LiveSourceOptions, 'onLine' | 'level'> {
  /** The level at the start; otherwise the scene's. */
  level?: LogLevel | undefined;
  reader: Reader;
  raw?: boolean;
  clock: Clock;
}

/** A source, and the model that knows what came of it. */
export interface Watch {
  readonly model: LiveModel;
  readonly source: LiveSource;
  /** To be called some ten times a second: time goes by, and what was written since is told. Throws as `lookAlive` does. */
  tick(): void;
  /** Changes the level at the source, and tells the model how that ended. */
  setLevel(level: LogLevel): Promise<void>;
  /** Sends traffic until the signal fires or it ends by itself; the model is told of it. */
  send(signal: AbortSignal): ReturnType<LiveSource['send']>;
}

/** How much processor time reading may take of each tick, so that keys and the screen have the rest. */
const readingBudgetMs = 60;

/** Opens the source. Throws as `openLiveSource` does. */
export async function openWatch(options: WatchOptions): Promise<Watch> {
  const { reader, raw = false, clock, scene, seed } = options;
  const level = options.level ?? scene.settings.logLevel ?? 'info';
  const model = createLiveModel({ level, reader, raw, userIdOf: userIds(seed) });
  const intake = createIntake({
    onRecord: model.record,
    onUnread: model.unread,
    spentMs: processorMs,
    budgetMs: readingBudgetMs,
  });
  const source = await openLiveSource({ ...options, level, onLine: intake.line });
  let atMs = clock.nowMs();
  let written = source.written();
  let unread = source.unread();

  const tick = () => {
    source.lookAlive();
    intake.renew();
    const [now, writtenNow, unreadNow] = [clock.nowMs(), source.written(), source.unread()];
    if (unreadNow > unread) model.unread(unreadNow - unread);
    model.tick(now - atMs, writtenNow - written);
    [atMs, written, unread] = [now, writtenNow, unreadNow];
  };

  return {
    model,
    source,
    tick,
    async setLevel(wanted) {
      model.changing(wanted);
      const change = await source.setLevel(wanted);
      // What was written until now was written at the old level.
      tick();
      if (change.kind === 'changed') model.changed(wanted);
      else model.refused(change.sentence);
    },
    send: (signal) => source.send({ onCount: model.traffic, onPulse: model.pulse }, signal),
  };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Users of the school by name: people know alice, and her records hold her number. */
function userIds(seed: number): (name: string) => string | undefined {
  const { students, staff } = createSchool(seed);
  const ids = new Map([...students, ...staff].map(({ username, id }) => [username, String(id)]));
  return (name) => ids.get(name);
}
