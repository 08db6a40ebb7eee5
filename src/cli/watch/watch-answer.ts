import type { AnswerState } from './look.ts';

/** Files as they were saved. */
export interface Save {
  /** Their fingerprint. */
  hash: string;
  /** When they were first seen so. */
  at: Date;
}

/** What happens beside gradings. */
export type WatchEvent =
  /** The grading under way is given up: there is a newer save. */
  { kind: 'abandoned'; save: Save } | { kind: 'away'; why: string } | { kind: 'back' };

export interface WatchOptions {
  look(): Promise<AnswerState>;
  /**
   * Grades the files as they are, shows and keeps the verdict, and gives the fingerprint of what was graded. Rejects when
   * the signal is aborted before all that was done.
   */
  grade(save: Save, signal: AbortSignal): Promise<string>;
  onEvent(event: WatchEvent): void;
  /** Until the next look is due; rejects with the signal's reason. */
  pause(signal: AbortSignal): Promise<void>;
  now(): Date;
  /** Ends after so many gradings; otherwise goes on until the signal. */
  times?: number | undefined;
  /** Ends it; its reason is thrown, once the grading under way has ended. */
  signal: AbortSignal;
}

/** Watches an answer. */
export interface AnswerWatch {
  /** Grades at once, also what was graded already; nothing while a grading is under way. */
  again(): void;
  /** Resolves after the last of `times` gradings. Rejects with the signal's reason, or with what a grading threw. */
  ended: Promise<void>;
}

/** A grading under way, and how it went once it is over. */
interface Grading {
  save: Save;
  abandon(): void;
  over: Promise<Outcome>;
  outcome?: Outcome;
}

type Outcome =
  | { kind: 'graded'; hash: string }
  | { kind: 'abandoned' }
  | { kind: 'threw'; error: unknown };

/**
 * Grades an answer at the start and after each save, one grading at a time. A save is what two looks in a row have
 * found the same: a file that is half written, or gone for the moment in which an editor replaces it, is none. A
 * save during a grading gives that up, so that every verdict is about the newest save.
 */
export function watchAnswer(options: WatchOptions): AnswerWatch {
  let asked = false;
  let grading: Grading | undefined;

  const watch = async () => {
    const { look, onEvent, pause, now, times, signal } = options;
    let before: AnswerState | undefined;
    let save: Save | undefined;
    let isAway = false;
    let gradedHash: string | undefined;
    let gradings = 0;

    for (; ; await pause(signal)) {
      signal.throwIfAborted();
      const seen = await look();
      const isSteady = isSame(seen, before);
      before = seen;
      if (seen.kind === 'there' && seen.hash !== save?.hash) save = { hash: seen.hash, at: now() };
      if (isSteady && isAway !== (seen.kind === 'away')) {
        isAway = !isAway;
        onEvent(seen.kind === 'away' ? seen : { kind: 'back' });
      }
      const steady = isSteady && seen.kind === 'there' ? save : undefined;

      if (grading !== undefined) {
        if (grading.outcome === undefined && steady && steady.hash !== grading.save.hash) {
          grading.abandon();
          onEvent({ kind: 'abandoned', save: steady });
          await grading.over;
        }
        const { outcome } = grading;
        if (outcome === undefined) continue;
        grading = undefined;
        if (outcome.kind === 'threw') throw outcome.error;
        gradedHash = outcome.kind === 'graded' ? outcome.hash : undefined;
        if (outcome.kind === 'graded') gradings += 1;
        if (gradings === times) return;
        // Ending it took a while: what is to be graded now is seen by the next look.
        continue;
      }
      if (steady && (asked || steady.hash !== gradedHash)) {
        asked = false;
        grading = begin(options, steady);
      }
    }
  };

  const watchAndEnd = async () => {
    try {
      await watch();
    } finally {
      grading?.abandon();
      await grading?.over;
    }
  };
  return {
    again() {
      // One that is over counts as none, also before the next look has found that out.
      asked ||= grading === undefined || grading.outcome !== undefined;
    },
    ended: watchAndEnd(),
  };
}

function begin({ grade, signal }: WatchOptions, save: Save): Grading {
  const own = new AbortController();
  const grading: Grading = {
    save,
    abandon: () => own.abort(new Error('the grading was abandoned')),
    over: grade(save, AbortSignal.any([signal, own.signal]))
      .then(
        (hash): Outcome => ({ kind: 'graded', hash }),
        (error: unknown): Outcome =>
          own.signal.aborted ? { kind: 'abandoned' } : { kind: 'threw', error },
      )
      .then((outcome) => {
        grading.outcome = outcome;
        return outcome;
      }),
  };
  return grading;
}

function isSame(seen: AnswerState, before: AnswerState | undefined): boolean {
  if (seen.kind === 'away') return before?.kind === 'away';
  return before?.kind === 'there' && before.hash === seen.hash;
}
