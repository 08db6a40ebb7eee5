import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runInTurn } from '../src/authoring/in-turn.ts';
import { proveAnswer } from '../src/authoring/prove-answer.ts';
import { loadRightAnswers } from '../src/catalog/proof-answers.ts';
import type { Lab, ProofAnswer } from '../src/catalog/types.ts';
import { type Acceptance, acceptanceOf, acceptanceRows } from './acceptance.ts';
import { openProving } from './proving.ts';
import { renderRows } from './table.ts';

// Further right answers (fixtures/right-answers), most of which no check was written against: the full suite accepts them, too.
const { values } = parseArgs({
  options: {
    labs: { type: 'string', default: '1-12' },
    answer: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '2' },
    seeds: { type: 'string', default: '2' },
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
/** Quick ones, of each of which one answer is graded with one seed. */
const shortLabs = [1, 2, 7];
const [first = 1, last = first] = values.labs.split('-').map(Number);
const isWanted = ({ number }: Lab) =>
  values.short ? shortLabs.includes(number) : number >= first && number <= last;

const drawn = () => 1 + Math.floor(Math.random() * 999_999);
const count = values.short ? 1 : Number(values.seeds);
const seeds = values.seed ? [Number(values.seed)] : Array.from({ length: count }, drawn);

const { labs, place, close } = await openProving('accepted');

async function answersOf(lab: Lab): Promise<readonly ProofAnswer[]> {
  const parent = join(process.cwd(), 'fixtures', 'right-answers', lab.folderName);
  const answers = (await loadRightAnswers(parent)).filter(({ name }) =>
    name.includes(values.answer),
  );
  return values.short ? answers.slice(0, 1) : answers;
}

async function grade(lab: Lab, { name, folder: answer }: ProofAnswer, seed: number) {
  const proved = await proveAnswer({
    lab,
    checks: await lab.checks(),
    answer,
    seed,
    place,
  });
  const acceptance = acceptanceOf(proved, { lab: lab.number, answer: name, seed });
  const said = acceptance.reason ?? `accepted, seed ${seed}`;
  process.stderr.write(`lab ${lab.number}, ${name}: ${said}\n`);
  return acceptance;
}

const gradings: Acceptance[] = [];
try {
  const tasks: (() => Promise<void>)[] = [];
  for (const lab of labs.filter(isWanted))
    for (const answer of await answersOf(lab))
      for (const seed of seeds)
        tasks.push(async () => {
          gradings.push(await grade(lab, answer, seed));
        });
  await runInTurn(tasks, Number(values['at-once']));
} finally {
  await close();
}
const rows = acceptanceRows(gradings);
process.stdout.write(`${renderRows(rows)}\n`);
process.exitCode = rows.length > 0 && rows.every(({ within }) => within) ? 0 : 1;
