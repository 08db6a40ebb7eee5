import type { Lab } from '../catalog/types.ts';
import { couldNotRun, interrupted } from '../errors.ts';
import type { LogLevel } from '../kit/index.ts';
import { control } from '../live/control.ts';
import { type Phase, type PhaseReport, watchPhases } from '../live/phases.ts';
import { type LevelPrice, pricesOf } from '../live/price.ts';
import type { Reader } from '../live/reader.ts';
import type { LiveView } from '../live/view.ts';
import { openWatch, type Watch } from '../live/watch.ts';
import { monotonicClock } from '../probe/waiting.ts';
import { renderLiveKeys } from '../render/live-plain.ts';
import type { Program, Runtime } from '../runtime/types.ts';
import { fullScreen, type LiveSubject } from './full-screen.ts';
import { listenForKeys } from './key-listener.ts';
import { openLiveTerminal } from './live-terminal.ts';
import { plainScreen } from './plain-screen.ts';
import { recordLines } from './record-lines.ts';
import type { Session } from './session.ts';
import { themeFor } from './theme-for.ts';

/** A live scene that is to be played. */
export interface LiveShow {
  lab: Lab;
  server: 'demonstration' | 'mine';
  program: Program;
  runtime: Runtime;
  seed: number;
  workFolder: string;
  /** At the source, at the start; otherwise the scene's. */
  level?: LogLevel | undefined;
  reader: Reader;
  raw?: boolean;
  plain?: boolean | undefined;
}

/** Shows the scene in the terminal until it is left. Gives what each level came to that was seen for a second. */
export async function showLive(session: Session, show: LiveShow): Promise<LevelPrice[]> {
  const { context } = session;
  session.progress.show('Starting the school, the server and its traffic');
  const watch = await open(show);
  const left = new AbortController();
  const signal = AbortSignal.any([context.signal, left.signal]);
  const keys = listenForKeys(context, () => left.abort(interrupted()));
  session.progress.clear();
  const terminal = show.plain ? undefined : openLiveTerminal(context);
  try {
    const themeNow = () => themeFor(context, context.stdout, { plain: show.plain ?? false });
    const screen = terminal
      ? await fullScreen(terminal, keys, subjectOf(show), themeNow)
      : await sentences(session, show, keys);
    if (!terminal) session.print(renderLiveKeys(session.theme));
    await control({ watch, screen, signal });
    return pricesOf(watch.model.view(0)).filter(
      ({ linesPerSecond }) => linesPerSecond !== undefined,
    );
  } finally {
    terminal?.close();
    keys.close();
    await watch.source.close();
  }
}

/** Watches the scene for a fixed time at each of some levels; where it is plain, what goes on is said meanwhile. */
export async function watchLive(
  session: Session,
  show: LiveShow,
  phases: readonly Phase[],
): Promise<PhaseReport[]> {
  session.progress.show('Starting the school, the server and its traffic');
  const watch = await open({ ...show, level: phases[0]?.level });
  try {
    const screen = show.plain ? await sentences(session, show) : undefined;
    const onTick = screen
      ? screen.draw
      : ({ source }: LiveView) => session.progress.show(`Watching the log at ${source.level}`);
    const { signal } = session.context;
    return await watchPhases({ watch, phases, clock: monotonicClock, signal, onTick });
  } finally {
    session.progress.clear();
    await watch.source.close();
  }
}

function open({ lab, ...show }: LiveShow): Promise<Watch> {
  if (lab.live === undefined) throw couldNotRun(`Lab ${lab.number} has no live scene.`);
  return openWatch({ ...show, scene: lab.live, clock: monotonicClock });
}

function subjectOf({ lab, server }: LiveShow): LiveSubject {
  return { lab: { number: lab.number }, server };
}

async function sentences(
  session: Session,
  show: LiveShow,
  keys?: ReturnType<typeof listenForKeys>,
) {
  const { theme, print } = session;
  return plainScreen({
    subject: subjectOf(show),
    theme,
    lines: await recordLines(theme),
    print,
    ...(keys && { onKey: keys.onKey }),
    nowMs: () => monotonicClock.nowMs(),
  });
}
