import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { simulate } from '../src/bench/simulate.testing.ts';
import type { BenchOptions } from '../src/kit/index.ts';
import { createRuntime } from '../src/runtime/index.ts';
import {
  benchmarksOf,
  type Entry,
  entryOf,
  rowOfSeries,
  type Series,
  wantedAfter,
} from './benchmark-series.ts';
import { baseSteps, findSteps, type Steps, verify } from './known-slowness.ts';
import { openLedger } from './ledger.ts';
import { type Benchmark, cachedBenchmark, computingBenchmark } from './real-benchmarks.ts';
import { shareInterval } from './shares.ts';
import { type Row, renderRows } from './table.ts';

// Benchmarks of which it is known what they must say: equal variants, and one that is slower. Goes on where it stopped.
const { values } = parseArgs({
  options: {
    benchmarks: { type: 'string', default: '100' },
    rounds: { type: 'string' },
    duration: { type: 'string' },
    minutes: { type: 'string', default: '90' },
    ledger: { type: 'string', default: 'node_modules/.cache/course-labs/statistics.jsonl' },
    short: { type: 'boolean', default: false },
  },
});
const { short } = values;
/** Of one benchmark: shorter than the usual 2 s a round after 1 s of warm-up, so that a hundred take less than an hour. */
const options: Omit<BenchOptions, 'connections'> = {
  rounds: Number(values.rounds ?? (short ? 3 : 5)),
  durationSeconds: Number(values.duration ?? (short ? 0.4 : 0.5)),
  warmUpSeconds: short ? 0.3 : 0.5,
};
/** Of the equal variants a hundred are wanted, since their share is a goal; of the others enough to tell the power. */
const seldom = short ? 1 : 3;
const equal: Series = { name: 'equal variants: computing server', slower: 0, every: 1 };
const cached: Series = { name: 'equal variants: lab 1, cached', slower: 0, every: seldom };
const slower = ([5, 10, 20] as const).map(
  (by): Series => ({ name: `truly ${by} % slower`, slower: by, every: seldom }),
);
const all = short ? [equal, cached, ...slower.slice(-1)] : [equal, cached, ...slower];

const root = process.cwd();
const cache = join(root, 'node_modules', '.cache', 'course-labs');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'statistics-'));
const runtime = createRuntime({ distFolder: join(root, 'dist'), recordFolder: folder });
const place = { runtime, folder };
const ledger = openLedger<Entry>(short ? join(folder, 'short.jsonl') : values.ledger);
const endsAtMs = performance.now() + Number(values.minutes) * 60_000;
try {
  const steps = await knownSteps();
  const ofLab = await cachedBenchmark(place, root);
  const wanted = short ? 1 : Number(values.benchmarks);
  for (let turn = 0; turn < wanted && performance.now() < endsAtMs; turn += 1) {
    // All of them in turn, so that a series cut short is as far with each.
    for (const series of all) {
      const done = benchmarksOf(series, ledger.entries()).length;
      if (done >= wantedAfter(series, turn + 1)) continue;
      const run: Benchmark =
        series === cached ? ofLab : computingBenchmark(place, baseSteps, steps[series.slower]);
      const entry = entryOf(series, await run({ ...options, connections: 20 }));
      ledger.add(entry);
      process.stderr.write(`${turn + 1}, ${series.name}: ${wordsOf(entry)}\n`);
    }
    const seen = ledger.entries().filter(({ kind }) => kind === 'verification').length;
    if (!short && seen < wantedAfter({ every: seldom }, turn + 1))
      ledger.add({ kind: 'verification', ...(await verify(place, steps, turn)) });
  }
} finally {
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
}
const rows = [await simulated(), ...all.map((series) => rowOfSeries(series, ledger.entries()))];
process.stdout.write(`${renderRows(rows)}\n`);
process.exitCode = rows.every(({ within }) => within) ? 0 : 1;

function wordsOf(entry: Entry): string {
  if (entry.kind === 'refused') return entry.reason;
  if (entry.kind !== 'benchmark') return entry.kind;
  return [entry.ratio, entry.low, entry.high].map((each) => each.toFixed(3)).join(' ');
}

/** Of this machine, found once for each ledger. */
async function knownSteps(): Promise<Steps> {
  const known = ledger.entries().find((each) => each.kind === 'steps');
  if (known) return known.steps;
  process.stderr.write('Finding out how many steps are how much slower\n');
  const steps = await findSteps(place, short ? 3 : 20, short ? 0.3 : 0.5);
  ledger.add({ kind: 'steps', steps });
  return steps;
}

/** The interval alone, on a machine that is made up. */
async function simulated(): Promise<Row> {
  const benchmarks = 10_000;
  const seed = 1 + Math.floor(Math.random() * 999_999);
  const plan = { benchmarks, rounds: options.rounds, ratio: 0.95, sigma: 0.03, seed };
  const share = (await simulate(plan)).held / benchmarks;
  const { low, high } = shareInterval(share * benchmarks, benchmarks);
  const [seen, ...bounds] = [share, low, high].map((each) => (each * 100).toFixed(1));
  return {
    what: 'simulated, noise of 3 %',
    figure: `${seen} % of ${benchmarks} intervals hold the true ratio (${bounds.join(' to ')} %)`,
    against: `goal 95 ± 1 %; seed ${seed}`,
    within: Math.abs(share - 0.95) <= 0.01,
  };
}
