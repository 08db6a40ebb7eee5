import type { QuestionVerdict } from '../grading/verdict.ts';
import type { StoredAnswer } from '../workspace/index.ts';

/** What is kept of an answer to a question. */
export function storedAnswerOf(verdict: QuestionVerdict, given: string, now: Date): StoredAnswer {
  return {
    given,
    at: now.toISOString(),
    points: verdict.points,
    ...(verdict.run !== undefined && { run: verdict.run }),
  };
}
