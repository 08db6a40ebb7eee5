import { type WatchedRecord, watchLogLine } from '../probe/log-line.ts';

/** Takes the lines of a log as fast as they come, and reads no more of them than leaves time for keys and the screen. */
export interface Intake {
  line(text: string): void;
  /** A new stretch of time begins, with its own budget. */
  renew(): void;
}

export interface IntakeOptions {
  onRecord(record: WatchedRecord): void;
  onUnread(lines: number): void;
  /**
   * Processor time of this process, in milliseconds. Not a clock: on a busy machine a process waits for its turn, and that
   * is no reason to read less.
   */
  spentMs(): number;
  /** How much of it reading may take between two renewals. */
  budgetMs: number;
}

/** Asking for the time takes longer than reading a short line. */
const linesPerLook = 64;

/** Lines beyond the budget are told of by their number alone. Blank lines are none. */
export function createIntake({ onRecord, onUnread, spentMs, budgetMs }: IntakeOptions): Intake {
  let taken = 0;
  let beganAtMs = 0;
  let isOver = false;
  return {
    line(text) {
      if (text.trim() === '') return;
      if (taken === 0) beganAtMs = spentMs();
      else if (taken % linesPerLook === 0) isOver ||= spentMs() - beganAtMs >= budgetMs;
      if (isOver) {
        onUnread(1);
        return;
      }
      taken += 1;
      onRecord(watchLogLine(text));
    },
    renew() {
      taken = 0;
      isOver = false;
    },
  };
}
