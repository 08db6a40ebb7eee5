import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { loadCatalog } from '../src/catalog/load-catalog.ts';
import type { Lab } from '../src/catalog/types.ts';
import { createWorkspace, type Workspace } from '../src/workspace/index.ts';
import { median } from './alternate.ts';
import { type CheckAnswerCost, costOfCheckAnswer } from './check-answer-cost.ts';
import { measureGradeRate } from './grade-rate.ts';
import { installAnswer } from './install-answer.ts';
import { type Row, renderRows } from './table.ts';

// What grading costs: `check-answer N` of each lab, by the command line, for the starter and each right answer; and how
// many workspaces `grade` gets through.
const { values } = parseArgs({
  options: {
    labs: { type: 'string', default: '1-12' },
    checks: { type: 'boolean', default: false },
  },
});
const root = process.cwd();
const [first = 1, last = first] = values.labs.split('-').map(Number);

/** The design's: seconds for one code exercise, the median; other labs than these have 6. */
const budgets: Readonly<Record<number, number>> = { 3: 12, 5: 12, 8: 12, 12: 30 };

interface Graded extends CheckAnswerCost {
  answer: string;
}

// Below our node_modules: right answers import packages that a learner would install.
const cache = join(root, 'node_modules', '.cache', 'course-labs');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'cost-'));
const { labs } = await loadCatalog({
  folders: [{ source: join(root, 'labs'), built: join(root, 'dist', 'labs') }],
  compiler: { kit: pathToFileURL(join(root, 'dist', 'kit.js')).href, workFolder: folder },
});
const wanted = labs.filter(({ number }) => number >= first && number <= last);
const workspace = await createWorkspace({ root: join(folder, 'work'), seed: 4711 });
const rows: Row[] = [];
try {
  for (const lab of wanted) {
    const graded = await gradeAll(lab, workspace);
    rows.push(rowOf(lab, graded), ...(values.checks ? rowsOfChecks(lab, graded) : []));
  }
  // The goal is meant for a mixture: workspaces of lab 5 alone take three times as long as those of lab 1.
  if (wanted.length === labs.length) rows.push(await measureGradeRate(root, labs, folder));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${renderRows(rows)}\n`);
process.exitCode = rows.every(({ within }) => within) ? 0 : 1;

/** The starter first, then each right answer laid over a fresh one. */
async function gradeAll(lab: Lab, { root: place }: Workspace): Promise<Graded[]> {
  const graded: Graded[] = [];
  for (const answer of [undefined, ...(await lab.solutions())]) {
    await installAnswer(lab, place, answer);
    const name = answer?.name ?? 'starter';
    process.stderr.write(`lab ${lab.number}: ${name}\n`);
    graded.push({ answer: name, ...(await costOfCheckAnswer(root, lab.number, place)) });
  }
  return graded;
}

function rowOf(lab: Lab, graded: readonly Graded[]): Row {
  const [starter, ...right] = graded;
  const seconds = median(right.map((each) => each.seconds));
  const budget = budgets[lab.number] ?? 6;
  const wrong = right
    .filter(({ code }) => code !== 0)
    .map(({ answer, code }) => `${answer} ${code}`);
  const kinds = [...new Set(right.flatMap(({ cpu }) => [...cpu.keys()]))];
  const cpu = kinds
    .map((kind) => ({ kind, seconds: median(right.map((each) => each.cpu.get(kind) ?? 0)) }))
    .sort((left, other) => other.seconds - left.seconds)
    .map((each) => `${each.kind} ${each.seconds.toFixed(1)}`);
  const [slowest] = checksBySeconds(right);
  return {
    what: `lab ${lab.number}`,
    figure: `${seconds.toFixed(1)} s, ${median(right.map(({ servers }) => servers))} servers; CPU s: ${cpu.join(', ')}`,
    against: [
      `budget ${budget} s`,
      `starter exit ${starter?.code}`,
      `slowest check ${slowest?.id} ${slowest?.seconds.toFixed(1)} s`,
      wrong.length === 0 ? `${right.length} right answers exit 0` : `REJECTED: ${wrong.join(', ')}`,
    ].join('; '),
    within: seconds <= budget && wrong.length === 0 && starter?.code === 1,
  };
}

/** The median of all right answers, the slowest check first. */
function checksBySeconds(right: readonly Graded[]): { id: string; seconds: number }[] {
  const ids = [...new Set(right.flatMap(({ checks }) => [...checks.keys()]))];
  return ids
    .map((id) => ({ id, seconds: median(right.flatMap(({ checks }) => checks.get(id) ?? [])) }))
    .sort((left, other) => other.seconds - left.seconds);
}

function rowsOfChecks(lab: Lab, [, ...right]: readonly Graded[]): Row[] {
  return checksBySeconds(right).map(({ id, seconds }) => ({
    what: `lab ${lab.number}: ${id}`,
    figure: `${seconds.toFixed(2)} s`,
    against: '',
    within: true,
  }));
}
