import { median } from './alternate.ts';

/** One grading of one answer. */
export interface Grading {
  /** The lab's number. */
  lab: number;
  answer: string;
  /** Of a wrong answer: the check that must reject it, or `start`; of a right one undefined. */
  rejectedBy: string | undefined;
  /** Processes that kept the cores busy meanwhile. */
  busy: number;
  seed: number;
  seconds: number;
  /** It was launched and became ready. */
  started: boolean;
  /** Ids of checks by outcome. */
  failed: readonly string[];
  errored: readonly string[];
  notJudged: readonly string[];
}

/** A line for each lab and load, with what wavered. */
export function renderSteadiness(gradings: readonly Grading[]): string {
  const groups = new Map<string, Grading[]>();
  const inOrder = [...gradings].sort(
    (left, right) => left.lab - right.lab || left.busy - right.busy,
  );
  for (const each of inOrder) {
    const name = `lab ${String(each.lab).padStart(2)}  ${each.busy === 0 ? 'idle' : `busy ${each.busy}`}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  const lines = [...groups].map(([name, group]) => {
    const seconds = group.map((each) => each.seconds);
    return [
      name.padEnd(16),
      `${group.length} gradings`.padEnd(14),
      `false fails ${group.filter(isFalseFail).length}`.padEnd(16),
      `false passes ${group.filter(isFalsePass).length}`.padEnd(17),
      `errored ${group.filter((each) => each.errored.length > 0).length}`.padEnd(12),
      `not judged ${group.filter((each) => each.notJudged.length > 0).length}`.padEnd(15),
      `median ${median(seconds).toFixed(1)} s, slowest ${Math.max(...seconds).toFixed(1)} s`,
    ].join('');
  });
  const wavering = gradings
    .filter((each) => isFalseFail(each) || isFalsePass(each) || each.errored.length > 0)
    .map(({ lab, answer, seed, busy, failed, errored }) => {
      const checks = [...failed, ...errored].join(', ') || 'none failed';
      return `  lab ${lab}, ${answer}, seed ${seed}, busy ${busy}: ${checks}`;
    });
  return [...lines, ...(wavering.length > 0 ? ['Wavered:', ...wavering] : [])].join('\n');
}

/** A right answer that did not pass, apart from what was our fault or cannot be judged here. */
function isFalseFail({ rejectedBy, started, failed }: Grading): boolean {
  return rejectedBy === undefined && (!started || failed.length > 0);
}

/** A wrong answer that the check which it names let pass. */
function isFalsePass({ rejectedBy, started, failed, errored }: Grading): boolean {
  if (rejectedBy === undefined) return false;
  if (rejectedBy === 'start') return started;
  return !failed.includes(rejectedBy) && !errored.includes(rejectedBy);
}
