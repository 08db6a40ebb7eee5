import type { School } from '../kit/index.ts';
import { type Answers, createAnswers } from './answers.ts';
import { createDesk, type Desk } from './desk.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createTraffic, type Traffic } from './traffic.ts';

/** The registrar without its two ways in: HTTP for servers, IPC for the parent. */
export interface Office {
  readonly answers: Answers;
  readonly desk: Desk;
  readonly ledger: Ledger;
  readonly traffic: Traffic;
  /** Monotonic milliseconds, the same for all processes of the machine. */
  nowMs(): number;
  /** Everything as it was after filling; see `Registrar.reset`. */
  reset(): void;
}

/** Fills the database: takes some hundred milliseconds. */
export function createOffice(school: School, nowMs: () => number): Office {
  const answers = createAnswers(school);
  const desk = createDesk(answers);
  const ledger = createLedger();
  return {
    answers,
    desk,
    ledger,
    traffic: createTraffic(),
    nowMs,
    reset() {
      desk.reset();
      answers.reset();
      ledger.reset();
    },
  };
}
