import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { loadCatalog } from '../src/catalog/load-catalog.ts';
import { findRedis } from '../src/redis/find-redis.ts';
import {
  type FaultCase,
  faultCases,
  plannedTrials,
  shortTrials,
  type Trial,
} from './fault-cases.ts';
import { startCommand } from './fault-command.ts';
import { makeModel, openPlace } from './fault-place.ts';
import { killOne, processesOf } from './fault-processes.ts';
import { type Entry, isFine, type Kill, renderFaults } from './fault-table.ts';
import { carryOut } from './fault-trial.ts';
import { openLedger } from './ledger.ts';

// Kills commands, and what they started, at drawn moments, and looks at the system for what that left. Linux only.
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    times: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    seed: { type: 'string' },
    minutes: { type: 'string', default: '60' },
    short: { type: 'boolean', default: false },
    ledger: { type: 'string', default: 'node_modules/.cache/course-labs/faults.jsonl' },
  },
});
const root = process.cwd();
const bin = join(root, 'bin', 'course-labs.js');
const endsAtMs = performance.now() + Number(values.minutes) * 60_000;
// Below our node_modules: right answers import packages that a learner would install.
const cache = join(root, 'node_modules', '.cache', 'course-labs');
await mkdir(cache, { recursive: true });
const around = await mkdtemp(join(cache, 'faults-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    for (const each of processesOf(around)) killOne(each);
    rmSync(around, { recursive: true, force: true, maxRetries: 5 });
    process.exit(130);
  });
}
// A short series is always a new one.
const ledger = openLedger<Entry>(values.short ? join(around, 'ledger.jsonl') : values.ledger);
const seed = seedOfSeries();
const kills = (): Kill[] =>
  ledger.entries().filter((each): each is Kill => each.kind === 'kill' && each.seed === seed);

try {
  const model = join(around, 'model');
  const { labs } = await loadCatalog({
    folders: [{ source: join(root, 'labs'), built: join(root, 'dist', 'labs') }],
    compiler: { kit: pathToFileURL(join(root, 'dist', 'kit.js')).href, workFolder: around },
  });
  await makeModel(model, labs);
  for (const [index, trial] of planned().entries()) {
    if (performance.now() > endsAtMs) break;
    const { case: called, victim, turn } = trial;
    if (isDone(trial)) continue;
    const seconds = values.short ? called.usualSeconds : await undisturbed(called, model);
    const options = { bin, model, around, seed, seconds, goOn: !values.short };
    const outcome = await carryOut(trial, options);
    const kill: Kill = { kind: 'kill', seed, command: called.name, victim, turn, ...outcome };
    ledger.add(kill);
    const result = isFine(kill) ? outcome.end : 'NOT FINE';
    process.stderr.write(
      `${index + 1}: ${called.name}, ${victim} after ${outcome.atSeconds.toFixed(1)} s: ${result}\n`,
    );
  }
} finally {
  await rm(around, { recursive: true, force: true });
}
process.stdout.write(`seed ${seed}\n${renderFaults(kills())}\n`);
process.exitCode = kills().every(isFine) ? 0 : 1;

/** That of the series which the ledger holds, unless another is given. */
function seedOfSeries(): number {
  const last = ledger.entries().findLast((each) => each.kind === 'series')?.seed;
  const drawn = Number(values.seed ?? last ?? 1 + Math.floor(Math.random() * 999_999));
  if (!Number.isSafeInteger(drawn)) throw new Error(`--seed ${values.seed} is no whole number`);
  if (drawn !== last) ledger.add({ kind: 'series', seed: drawn });
  return drawn;
}

function planned(): Trial[] {
  const hasRedis = findRedis(process.env).kind !== 'missing';
  if (!hasRedis) process.stderr.write('There is no Redis here: what needs it is left out.\n');
  const cases = faultCases.filter(({ needsRedis }) => hasRedis || !needsRedis);
  if (values.short) return shortTrials(cases);
  const counts = { kills: Number(values.kills), times: Number(values.times) };
  return plannedTrials(cases, counts).filter(({ case: { name }, victim }) =>
    `${name}: ${victim}`.includes(values.only),
  );
}

function isDone({ case: { name }, victim, turn }: Trial): boolean {
  return kills().some(
    (each) => each.command === name && each.victim === victim && each.turn === turn,
  );
}

/** Seconds that the command takes when nobody disturbs it; it must end well then. */
async function undisturbed(called: FaultCase, model: string): Promise<number> {
  const known = ledger
    .entries()
    .findLast((each) => each.kind === 'undisturbed' && each.command === called.name);
  if (known?.kind === 'undisturbed') return known.seconds;
  const place = await openPlace(model, around);
  try {
    const cwd = called.place === 'class' ? place.instructor : place.workspace;
    const startedAtMs = performance.now();
    const command = startCommand(bin, called.args, { cwd, env: place.environment });
    await command.ended(600_000);
    const seconds = (performance.now() - startedAtMs) / 1000;
    if (command.code() !== 0) {
      const said = `${command.stderr()}${command.stdout()}`;
      throw new Error(`${called.name} ends with ${command.code()} undisturbed: ${said}`);
    }
    process.stderr.write(`${called.name}, undisturbed: ${seconds.toFixed(1)} s\n`);
    ledger.add({ kind: 'undisturbed', command: called.name, seconds });
    return seconds;
  } finally {
    await place.remove();
  }
}
