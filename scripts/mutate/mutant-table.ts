import type { EqualMutant } from './equal-mutants.ts';
import type { Fate } from './grade-mutant.ts';

/** A mutant that was graded, as the ledger keeps it. */
export interface Graded extends Fate {
  /** The lab's number. */
  lab: number;
  /** The answer, the place and the operator. */
  place: string;
  before: string;
  after: string;
  seed: number;
  /** Digests: of the mutant's module, and of the lab's checks. */
  code: string;
  checks: string;
}

/** What came of the mutants of one lab. */
export interface LabFates {
  /** The lab's number. */
  lab: number;
  /** All that the operators made of its right answers. */
  made: number;
  /** Of those that were tried: known to be as right as their answers. */
  equal: number;
  graded: readonly Graded[];
  /** Of the list of equal ones: those that none of its mutants is any more. */
  outdated: readonly EqualMutant[];
  /** The time was over before as many had started as were wanted. */
  isOver: boolean;
}

/** All were tried that were to be tried, and nothing is left to be looked into. */
export function isProven({ graded, outdated, isOver }: LabFates): boolean {
  const isClosed = ({ fate }: Fate) => fate === 'killed' || fate === 'not-started';
  return graded.every(isClosed) && outdated.length === 0 && !isOver;
}

/** A line for each lab, what killed its mutants, and the mutants that nothing killed. */
export function renderFates(labs: readonly LabFates[]): string {
  const rows = labs.map(({ lab, made, equal, graded }) => {
    const count = (fate: Fate['fate']) => graded.filter((each) => each.fate === fate).length;
    const started = graded.length + equal - count('not-started');
    return [lab, made, graded.length + equal, equal, count('not-started'), started]
      .concat([count('killed'), count('survived'), count('errored')])
      .map(String);
  });
  const heads = ['lab', 'made', 'tried', 'known equal', 'not started', 'started'];
  heads.push('killed', 'survived', 'errored');
  const line = (cells: readonly string[]) =>
    cells.map((cell, index) => cell.padStart(heads[index]?.length ?? 0)).join('  ');
  const left = labs
    .flatMap(({ graded }) => graded)
    .filter(({ fate }) => fate === 'survived' || fate === 'errored');
  return [
    line(heads),
    ...rows.map(line),
    ...labs.map(({ lab, graded }) => `lab ${lab} killed by: ${killers(graded)}`),
    ...left.flatMap(({ lab, place, before, after, fate, by }) => [
      `${fate}${by && ` (${by})`}: lab ${lab}, ${place}`,
      `  - ${before}`,
      `  + ${after}`,
    ]),
    ...labs.flatMap(({ lab, outdated }) =>
      outdated.flatMap(({ answer, operator, before, after }) => [
        `listed as equal, and no mutant any more: lab ${lab}, ${answer} ${operator}`,
        `  - ${before}`,
        `  + ${after}`,
      ]),
    ),
    ...(labs.some(({ isOver }) => isOver) ? ['The time is over: the same command goes on.'] : []),
  ].join('\n');
}

function killers(graded: readonly Graded[]): string {
  const ids = graded.filter(({ fate }) => fate === 'killed').map(({ by }) => by);
  const counts = [...new Set(ids)].map((id) => `${id} ${ids.filter((one) => one === id).length}`);
  return counts.sort().join(', ') || 'none';
}
