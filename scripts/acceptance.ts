import { whyNotRight } from '../src/authoring/proof-sentences.ts';
import type { Proved } from '../src/authoring/prove-answer.ts';
import type { Row } from './table.ts';

/** One grading of a right answer with one seed. */
export interface Acceptance {
  /** The lab's number. */
  lab: number;
  answer: string;
  seed: number;
  /** Ids of the checks that failed or errored; `start` where it never became ready. Empty: it was accepted. */
  rejectedBy: readonly string[];
  /** Ids of the checks that this machine cannot judge. */
  notJudged: readonly string[];
  /** Why it was not accepted, or not wholly. */
  reason: string | undefined;
}

/** What a grading came to. A right answer is not accepted, either, where a check of ours breaks on it. */
export function acceptanceOf(
  proved: Proved,
  of: Pick<Acceptance, 'lab' | 'answer' | 'seed'>,
): Acceptance {
  const verdicts = proved.kind === 'graded' ? proved.verdicts : [];
  const started = verdicts.length > 0 && verdicts.every(({ startFailure }) => !startFailure);
  const named = (...outcomes: string[]) =>
    verdicts
      .flatMap(({ checks }) => checks)
      .filter(({ outcome }) => outcomes.includes(outcome))
      .map(({ id }) => id);
  return {
    ...of,
    rejectedBy: started ? named('failed', 'errored') : ['start'],
    notJudged: named('not-judged'),
    reason: whyNotRight(proved),
  };
}

/** A row for each lab. */
export function acceptanceRows(gradings: readonly Acceptance[]): Row[] {
  const labs = [...new Set(gradings.map(({ lab }) => lab))].sort((left, right) => left - right);
  return labs.map((lab) => {
    const own = gradings.filter((each) => each.lab === lab);
    const answers = new Set(own.map(({ answer }) => answer));
    const rejections = own.filter(({ rejectedBy }) => rejectedBy.length > 0);
    const rejected = new Set(rejections.map(({ answer }) => answer));
    const by = [
      ...new Set(
        rejections.flatMap(({ answer, rejectedBy }) => `${answer}: ${rejectedBy.join(', ')}`),
      ),
    ];
    const notJudged = [...new Set(own.flatMap((each) => each.notJudged))];
    const apart = notJudged.length > 0 ? `; not judged here: ${notJudged.join(', ')}` : '';
    return {
      what: `lab ${lab}`,
      figure: [
        counted(answers.size, 'answer'),
        `${answers.size - rejected.size} accepted`,
        counted(own.length, 'grading'),
      ].join(', '),
      against: `${by.length > 0 ? `rejected ${by.join('; ')}` : 'rejected none'}${apart}`,
      within: by.length === 0,
    };
  });
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
