import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { makeAnswerFolder } from '../src/authoring/answer-folder.ts';
import { proveAnswer } from '../src/authoring/prove-answer.ts';
import { loadCatalog } from '../src/catalog/load-catalog.ts';
import type { Lab, Mutant, ProofAnswer } from '../src/catalog/types.ts';
import { openStage } from '../src/probe/stage.ts';
import { createRuntime } from '../src/runtime/index.ts';
import { keepCoresBusy } from './busy-cores.ts';
import { openLedger } from './ledger.ts';
import { type Grading, renderSteadiness } from './steadiness.ts';

// Grades the same answers again and again, idle and with busy cores: a verdict must not waver. Goes on where it stopped.
const { values } = parseArgs({
  options: {
    labs: { type: 'string', default: '1-12' },
    times: { type: 'string', default: '20' },
    busy: { type: 'string', default: '0' },
    mutants: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
    ledger: { type: 'string', default: 'node_modules/.cache/course-labs/steady.jsonl' },
  },
});
const root = process.cwd();
const [first = 1, last = first] = values.labs.split('-').map(Number);
const busy = Number(values.busy);
const endsAtMs = performance.now() + Number(values.minutes) * 60_000;
const folder = await mkdtemp(join(tmpdir(), 'course-labs-steady-'));
const runtime = createRuntime({ distFolder: join(root, 'dist'), recordFolder: folder });
const answerFolder = await makeAnswerFolder(folder, root);
const ledger = openLedger<Grading>(values.ledger);
const kit = pathToFileURL(join(root, 'dist', 'kit.js')).href;
const { labs } = await loadCatalog({
  folders: [{ source: join(root, 'labs'), built: join(root, 'dist', 'labs') }],
  compiler: { kit, workFolder: folder },
});
const rest = keepCoresBusy(busy);

/** In turn through the right answers, and the wrong ones where they are asked for: `times` gradings of each lab. */
async function gradeLab(lab: Lab): Promise<void> {
  const answers: readonly (ProofAnswer | Mutant)[] = [
    ...(await lab.solutions()),
    ...(values.mutants ? await lab.mutants() : []),
  ];
  const times = values.mutants ? answers.length : Number(values.times);
  const done = ledger.entries().filter((each) => each.lab === lab.number && each.busy === busy);
  for (let turn = done.length; turn < times; turn += 1) {
    if (performance.now() > endsAtMs) return;
    const answer = answers[turn % answers.length];
    if (answer === undefined) return;
    process.stderr.write(`lab ${lab.number}, ${turn + 1} of ${times}: ${answer.name}\n`);
    ledger.add(await grade(lab, answer));
  }
}

async function grade(lab: Lab, answer: ProofAnswer | Mutant): Promise<Grading> {
  const seed = 1 + Math.floor(Math.random() * 999_999);
  const proved = await proveAnswer({
    lab,
    checks: await lab.checks(),
    answer: answer.folder,
    seed: seed,
    place: {
      openStage: (wanted) => openStage({ runtime, seed: wanted, workFolder: folder }),
      workFolder: answerFolder,
    },
  });
  const verdicts = proved.kind === 'graded' ? proved.verdicts : [];
  const checks = verdicts.flatMap((verdict) => verdict.checks);
  const named = (outcome: string) =>
    checks.filter((check) => check.outcome === outcome).map(({ id }) => id);
  return {
    lab: lab.number,
    answer: answer.name,
    rejectedBy: 'rejectedBy' in answer ? answer.rejectedBy : undefined,
    busy,
    seed,
    seconds: verdicts.reduce((sum, { durationMs }) => sum + durationMs / 1000, 0),
    started: verdicts.length > 0 && verdicts.every(({ startFailure }) => !startFailure),
    failed: named('failed'),
    errored: named('errored'),
    notJudged: named('not-judged'),
  };
}

try {
  for (const lab of labs) if (lab.number >= first && lab.number <= last) await gradeLab(lab);
} finally {
  rest();
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${renderSteadiness(ledger.entries())}\n`);
