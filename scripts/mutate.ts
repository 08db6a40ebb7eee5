import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Lab } from '../src/catalog/types.ts';
import { keepStages } from '../src/probe/kept-stages.ts';
import { openLedger } from './ledger.ts';
import { readEqualMutants } from './mutate/equal-mutants.ts';
import { gradeMutant } from './mutate/grade-mutant.ts';
import { type LabMutation, labMutations, placeOf } from './mutate/lab-mutations.ts';
import { type Graded, isProven, type LabFates, renderFates } from './mutate/mutant-table.ts';
import { inFairOrder } from './mutate/sample.ts';
import { openProving } from './proving.ts';

// Makes wrong answers of the right ones by machine, and grades them: each is killed by a check, or as right as its origin.
const { values } = parseArgs({
  options: {
    labs: { type: 'string', default: '1-12' },
    'per-lab': { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    equal: { type: 'string', default: 'fixtures/equal-mutants.json' },
    ledger: { type: 'string', default: 'node_modules/.cache/course-labs/mutants.jsonl' },
    // One mutant for each of three labs, whatever the ledger holds.
    short: { type: 'boolean', default: false },
  },
});
const [first = 1, last = first] = values.labs.split('-').map(Number);
const seed = Number(values.seed);
const perLab = values.short ? 1 : Number(values['per-lab']);
const endsAtMs = performance.now() + Number(values.minutes) * 60_000;
const equals = readEqualMutants(values.equal);
const { labs, place, folder, close } = await openProving('mutate');
const ledger = openLedger<Graded>(values.short ? join(folder, 'mutants.jsonl') : values.ledger);
const stages = keepStages({ open: place.openStage, most: 1 });
const isWanted = ({ number }: Lab) =>
  values.short ? [1, 7, 10].includes(number) : number >= first && number <= last;

/** Until so many have started as are wanted, or none is left, or the time is over. */
async function mutateLab(lab: Lab): Promise<LabFates> {
  const mutations = await labMutations(lab);
  const outdated = equals.outdated(lab.number, mutations);
  const checks = digest(await readFile(join('dist', 'labs', lab.folderName, 'checks.js')));
  const graded: Graded[] = [];
  let equal = 0;
  let isOver = false;
  for (const mutation of inFairOrder(mutations, seed)) {
    const started = graded.filter(({ fate }) => fate !== 'not-started').length;
    // Those that are known were seen to start.
    if (started + equal >= perLab) break;
    if (equals.whyOf(mutation) !== undefined) equal += 1;
    else {
      const known = ledger.entries().findLast(isSame(mutation, checks));
      isOver = !known && performance.now() > endsAtMs;
      if (isOver) break;
      graded.push(known ?? (await grade(lab, mutation, checks)));
    }
  }
  return { lab: lab.number, made: mutations.length, equal, graded, outdated, isOver };
}

async function grade(lab: Lab, mutation: LabMutation, checks: string): Promise<Graded> {
  const { before, after } = mutation;
  const where = placeOf(mutation);
  const fate = await gradeMutant(mutation, {
    lab,
    seed,
    place: { ...place, openStage: stages.open },
  });
  process.stderr.write(`lab ${lab.number}, ${where}: ${fate.fate} ${fate.by}\n`);
  const code = digest(mutation.code);
  const graded = { lab: lab.number, place: where, before, after, seed, code, checks, ...fate };
  ledger.add(graded);
  return graded;
}

/** What was killed stays killed, though checks be added; all else is open again once they change. */
function isSame(mutation: LabMutation, checks: string) {
  const where = placeOf(mutation);
  const code = digest(mutation.code);
  return (known: Graded) =>
    known.lab === mutation.lab &&
    known.place === where &&
    known.code === code &&
    (known.fate === 'killed' || known.checks === checks);
}

function digest(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

const fates: LabFates[] = [];
try {
  for (const lab of labs.filter(isWanted)) fates.push(await mutateLab(lab));
} finally {
  await stages.close();
  await close();
}
process.stdout.write(`${renderFates(fates)}\n`);
process.exitCode = fates.every(isProven) ? 0 : 1;
