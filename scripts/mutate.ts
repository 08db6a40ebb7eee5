import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { makeAnswerFolder } from '../src/authoring/answer-folder.ts';
import { loadCatalog } from '../src/catalog/load-catalog.ts';
import type { Lab } from '../src/catalog/types.ts';
import { keepStages } from '../src/probe/kept-stages.ts';
import { openStage } from '../src/probe/stage.ts';
import { createRuntime } from '../src/runtime/index.ts';
import { openLedger } from './ledger.ts';
import { readEqualMutants } from './mutate/equal-mutants.ts';
import { gradeMutant } from './mutate/grade-mutant.ts';
import { type LabMutation, labMutations, placeOf } from './mutate/lab-mutations.ts';
import { type Graded, type LabFates, renderFates } from './mutate/mutant-table.ts';
import { inFairOrder } from './mutate/sample.ts';

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
const root = process.cwd();
const [first = 1, last = first] = values.labs.split('-').map(Number);
const seed = Number(values.seed);
const perLab = values.short ? 1 : Number(values['per-lab']);
const endsAtMs = performance.now() + Number(values.minutes) * 60_000;
const equals = readEqualMutants(values.equal);
const folder = await mkdtemp(join(tmpdir(), 'course-labs-mutate-'));
const runtime = createRuntime({ distFolder: join(root, 'dist'), recordFolder: folder });
const workFolder = await makeAnswerFolder(folder, root);
const ledger = openLedger<Graded>(values.short ? join(folder, 'mutants.jsonl') : values.ledger);
const stages = keepStages({
  open: (wanted) => openStage({ runtime, seed: wanted, workFolder: folder }),
  most: 1,
});
const { labs } = await loadCatalog({
  folders: [{ source: join(root, 'labs'), built: join(root, 'dist', 'labs') }],
  compiler: { kit: pathToFileURL(join(root, 'dist', 'kit.js')).href, workFolder: folder },
});
const isWanted = ({ number }: Lab) =>
  values.short ? [1, 7, 10].includes(number) : number >= first && number <= last;

/** Until so many have started as are wanted, or none is left, or the time is over. */
async function mutateLab(lab: Lab): Promise<LabFates> {
  const mutations = await labMutations(lab);
  for (const { operator, before } of equals.outdated(lab.number, mutations))
    process.stderr.write(`no mutant any more, in ${values.equal}: ${operator} of ${before}\n`);
  const checks = digest(await readFile(join(root, 'dist', 'labs', lab.folderName, 'checks.js')));
  const graded: Graded[] = [];
  let equal = 0;
  for (const mutation of inFairOrder(mutations, seed)) {
    const started = graded.filter(({ fate }) => fate !== 'not-started').length;
    if (started >= perLab) break;
    if (equals.whyOf(mutation) !== undefined) equal += 1;
    else {
      const known = ledger.entries().findLast(isSame(mutation, checks));
      if (!known && performance.now() > endsAtMs) break;
      graded.push(known ?? (await grade(lab, mutation, checks)));
    }
  }
  return { lab: lab.number, made: mutations.length, equal, graded };
}

async function grade(lab: Lab, mutation: LabMutation, checks: string): Promise<Graded> {
  const { before, after } = mutation;
  const place = placeOf(mutation);
  const fate = await gradeMutant(mutation, {
    lab,
    seed,
    place: { openStage: stages.open, workFolder },
  });
  process.stderr.write(`lab ${lab.number}, ${place}: ${fate.fate} ${fate.by}\n`);
  const code = digest(mutation.code);
  const graded = { lab: lab.number, place, before, after, seed, code, checks, ...fate };
  ledger.add(graded);
  return graded;
}

/** What was killed stays killed, though checks be added; all else is open again once they change. */
function isSame(mutation: LabMutation, checks: string) {
  const place = placeOf(mutation);
  const code = digest(mutation.code);
  return (known: Graded) =>
    known.lab === mutation.lab &&
    known.place === place &&
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
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${renderFates(fates)}\n`);
const isProven = ({ graded }: LabFates) =>
  graded.every(({ fate }) => fate === 'killed' || fate === 'not-started');
process.exitCode = fates.every(isProven) ? 0 : 1;
