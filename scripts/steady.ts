import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runInTurn } from '../src/authoring/in-turn.ts';
import { keepStages } from '../src/probe/kept-stages.ts';
import { keepCoresBusy } from './busy-cores.ts';
import { drawOrder, take } from './draw-order.ts';
import { gradeOnce, type ToGrade } from './grade-once.ts';
import { openLedger } from './ledger.ts';
import { openProving } from './proving.ts';
import { type Grading, isFalse, renderSteadiness } from './steadiness-table.ts';

// Grades the same answers again and again, idle and with busy cores: a verdict must not waver. Goes on where it stopped.
const { values } = parseArgs({
  options: {
    labs: { type: 'string', default: '1-12' },
    answers: { type: 'string', default: 'both' },
    gradings: { type: 'string' },
    'at-once': { type: 'string', default: String(Math.min(2 * availableParallelism() + 1, 5)) },
    busy: { type: 'string', default: '0' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    ledger: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
/** Gradings that share a seed, so that they share registrars as well: to start one costs more than many a check. */
const gradingsOfSeed = 20;
const { labs: labRange, answers, short } = values;
const [first = 1, last = first] = labRange.split('-').map(Number);
const [busy, atOnce] = [Number(values.busy), Number(values['at-once'])];
const gradings = Number(values.gradings ?? (short ? 20 : 3000));
const minutes = Number(values.minutes ?? (short ? 0.2 : 60));
const seed = Number(values.seed ?? (short ? 1 + Math.floor(Math.random() * 999_999) : 1));
const series = `labs ${labRange}, ${answers}, seed ${seed}, busy ${busy}`;

const proving = await openProving('steady');
const ledgerFile = short
  ? join(proving.folder, 'short.jsonl')
  : 'node_modules/.cache/course-labs/gradings.jsonl';
const ledger = openLedger<Grading>(values.ledger ?? ledgerFile);
const endsAtMs = performance.now() + minutes * 60_000;
const rest = keepCoresBusy(busy, minutes * 60 + 600);
const stages = keepStages({ open: proving.place.openStage, most: atOnce });
try {
  const place = { ...proving.place, openStage: stages.open };
  const drawn = take(drawOrder(await decks(), seed), gradings);
  const done = new Set(
    ledger
      .entries()
      .filter((each) => each.series === series)
      .map(({ turn }) => turn),
  );
  process.stderr.write(`${series}: ${done.size} of ${drawn.length} are in the ledger\n`);
  const tasks = drawn.map((each, turn) => async () => {
    if (done.has(turn) || performance.now() > endsAtMs) return;
    const ofSeed = 1 + ((seed * 7919 + Math.floor(turn / gradingsOfSeed)) % 999_999);
    const graded = await gradeOnce({ ...each, seed: ofSeed, place });
    ledger.add({ series, turn, busy, atOnce, ...graded });
    const { lab, answer, worth, checks } = graded;
    process.stderr.write(`${turn + 1}: lab ${lab}, ${answer}: ${[worth, ...checks].join(' ')}\n`);
  });
  await runInTurn(tasks, atOnce);
  await stages.close();
} finally {
  rest();
  await proving.close();
}
process.stdout.write(`${renderSteadiness(ledger.entries())}\n`);
process.exitCode = ledger.entries().some(isFalse) ? 1 : 0;

/** The right answers, or the first of each lab alone, and the wrong ones of the labs. */
async function decks(): Promise<ToGrade[][]> {
  const right: ToGrade[] = [];
  const wrong: ToGrade[] = [];
  for (const lab of proving.labs.filter(({ number }) => number >= first && number <= last)) {
    const checks = await lab.checks();
    const solutions = await lab.solutions();
    for (const answer of answers === 'first' ? solutions.slice(0, 1) : solutions)
      right.push({ lab, checks, answer });
    for (const answer of await lab.mutants()) wrong.push({ lab, checks, answer });
  }
  const withWrong = answers === 'both' || answers === 'wrong';
  return [answers === 'wrong' ? [] : right, withWrong ? wrong : []];
}
