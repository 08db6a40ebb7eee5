import { setTimeout as delay } from 'node:timers/promises';
import { couldNotRun } from '../errors.ts';
import type { Clock, LogLevel } from '../kit/index.ts';
import type { DelayFigures } from './delays.ts';
import { heldBack, type PeriodCounts } from './period.ts';
import type { LiveView } from './view.ts';
import type { Watch } from './watch.ts';

/** So long at one level at the source. */
export interface Phase {
  level: LogLevel;
  seconds: number;
}

/** What was seen of one phase. */
export interface PhaseReport extends PeriodCounts {
  level: LogLevel;
  /** Lines that were made and not shown. */
  heldBack: number;
  /** Of the last ten seconds; undefined where fewer than ten small requests were answered. */
  delay: DelayFigures | undefined;
}

export interface PhasesOptions {
  watch: Pick<Watch, 'model' | 'tick' | 'setLevel' | 'send'>;
  /** The source was started with the level of the first. */
  phases: readonly Phase[];
  clock: Clock;
  signal: AbortSignal;
  /** Called some ten times a second. */
  onTick?(view: LiveView): void;
}

/** A server that has just started is slower than it will be. */
const warmUpMs = 1000;
const tickMs = 100;

/**
 * Watches a source for a fixed time at each of some levels. Throws (exit 3) where the source does not take a level, or
 * server or load have ended; and the signal's reason.
 */
export async function watchPhases(options: PhasesOptions): Promise<PhaseReport[]> {
  const { watch, phases, clock, signal, onTick } = options;
  const { model } = watch;
  const over = new AbortController();
  let early: string | undefined;
  let broken: { error: unknown } | undefined;
  const sent = watch.send(AbortSignal.any([signal, over.signal])).then(
    (how) => {
      if (how !== 'stopped') early = how;
    },
    (error: unknown) => {
      broken = { error };
    },
  );
  const watchFor = async (forMs: number) => {
    for (const untilMs = clock.nowMs() + forMs; clock.nowMs() < untilMs; ) {
      await delay(Math.min(tickMs, Math.max(1, untilMs - clock.nowMs())));
      signal.throwIfAborted();
      if (broken) throw broken.error;
      watch.tick();
      if (early) throw couldNotRun('Nothing but errors came back from the server.');
      onTick?.(model.view(0));
    }
  };

  try {
    await watchFor(warmUpMs);
    const reports: PhaseReport[] = [];
    for (const [index, { level, seconds }] of phases.entries()) {
      // The first is there already: what came while all were warming up is left out.
      if (index === 0) model.changed(level);
      else await changeLevel(watch, level);
      await watchFor(seconds * 1000);
      const counts = model.counts();
      const delayed = model.figures()?.delay;
      reports.push({ level, ...counts, heldBack: heldBack(counts), delay: delayed });
    }
    return reports;
  } finally {
    over.abort();
    await sent;
  }
}

async function changeLevel({ model, setLevel }: PhasesOptions['watch'], level: LogLevel) {
  await setLevel(level);
  const { source, notice } = model.view(0);
  if (source.level !== level) throw couldNotRun(notice ?? `The level is still ${source.level}.`);
}
