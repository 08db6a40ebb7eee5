import { median } from './alternate.ts';
import { renderGrid } from './grid.ts';
import { shareAtMost } from './shares.ts';
import type { Steadiness, Worth } from './steadiness.ts';

/** One grading of one answer, as it stands in the ledger. */
export interface Grading extends Steadiness {
  /** What was drawn from, by which seed: a series goes on where it stopped. */
  series: string;
  /** The place in the series, counted from 0. */
  turn: number;
  /** The lab's number. */
  lab: number;
  answer: string;
  /** Of a wrong answer: the check that must reject it, or `start`. */
  rejectedBy?: string;
  /** Processes that kept the cores busy meanwhile. */
  busy: number;
  /** Gradings at a time. */
  atOnce: number;
  seed: number;
  seconds: number;
}

export function isFalse({ worth }: Pick<Grading, 'worth'>): boolean {
  return worth === 'false-fail' || worth === 'false-pass';
}

const headings = [
  '',
  'right',
  'wrong',
  'false fails',
  'false passes',
  'errored',
  'not judged',
  'median',
  'slowest',
  'checks',
];

/** A line for each lab and load, their sum with the rate that it bounds, and all that was not sound. */
export function renderSteadiness(gradings: readonly Grading[]): string {
  const groups = new Map<string, Grading[]>();
  for (const each of gradings.toSorted((a, b) => a.lab - b.lab || a.busy - b.busy)) {
    const name = `lab ${String(each.lab).padStart(2)}  ${each.busy === 0 ? 'idle' : `busy ${each.busy}`}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  const rows = [...groups].map(([name, group]) => rowOf(name, group));
  const unsound = gradings.filter(({ worth }) => worth !== 'sound').map(describe);
  return [
    renderGrid([headings, ...rows, rowOf('all', gradings)]),
    boundOf(gradings),
    ...(unsound.length > 0 ? ['Not sound:', ...unsound] : []),
  ].join('\n');
}

/** The checks are those of what was not sound. */
function rowOf(name: string, group: readonly Grading[]): string[] {
  const count = (worth: Worth) => String(group.filter((each) => each.worth === worth).length);
  const seconds = group.map((each) => each.seconds);
  const wrong = group.filter(({ rejectedBy }) => rejectedBy !== undefined).length;
  return [
    name,
    String(group.length - wrong),
    String(wrong),
    count('false-fail'),
    count('false-pass'),
    count('errored'),
    count('not-judged'),
    `${median(seconds).toFixed(1)} s`,
    `${Math.max(0, ...seconds).toFixed(1)} s`,
    [...new Set(group.flatMap((each) => each.checks))].join(', '),
  ];
}

function boundOf(gradings: readonly Grading[]): string {
  const judged = gradings.filter((each) => each.worth === 'sound' || isFalse(each));
  const wrongly = judged.filter(isFalse).length;
  const most = (shareAtMost(wrongly, judged.length) * 100).toFixed(2);
  return `${wrongly} false of ${judged.length} verdicts: with 95 % confidence at most ${most} % are false.`;
}

function describe({ lab, answer, seed, busy, worth, checks, found }: Grading): string {
  const told = found === undefined ? '' : `: ${found}`;
  return `  lab ${lab}, ${answer}, seed ${seed}, busy ${busy}: ${worth} (${checks.join(', ')})${told}`;
}
