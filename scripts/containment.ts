import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openArena } from './containment-arena.ts';
import { type Grader, type Seen, startGrader } from './containment-grader.ts';
import type { Outcome } from './containment-told.ts';
import { renderGrid } from './grid.ts';
import { hostileAnswers, inShort } from './hostile-answers.ts';
import { findNode, type InstalledNode, majorsOf, runningMajor } from './node-versions.ts';

// What hostile answers reach on each Node, seen from outside. What is known stands in fixtures/hostile/expected.json: the
// outcome on all Nodes, or by Node. `--short` takes this Node and some answers alone; names of answers take those.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, short: { type: 'boolean', default: false } },
});
const root = process.cwd();
const cache = join(root, 'node_modules', '.cache', 'course-labs');
type Expected = Readonly<Record<string, Outcome | Readonly<Record<string, Outcome>>>>;
const expected: Expected = JSON.parse(
  readFileSync(join(root, 'fixtures', 'hostile', 'expected.json'), 'utf8'),
);
const majors = values.short ? [runningMajor] : majorsOf(values.only);
const names = values.short ? inShort : positionals;
const wanted = hostileAnswers.filter(({ name }) => names.length === 0 || names.includes(name));

function expectedOf(name: string, major: number): Outcome | undefined {
  const known = expected[name];
  return typeof known === 'object' ? known[major] : known;
}

/** All of them in one workspace; one that ends its grader gets the others a new one. */
async function lookAtAll(node: InstalledNode): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  const arena = await openArena();
  let grader: Grader | undefined;
  try {
    for (const answer of wanted) {
      if (!grader?.isAlive()) grader = await startGrader(node, root, arena);
      const each = await grader.look(answer);
      process.stderr.write(`Node ${node.version}: ${answer.name}: ${each.outcome}\n`);
      seen.set(answer.name, each);
    }
  } finally {
    await grader?.close();
    arena.close();
  }
  return seen;
}

const nodes: InstalledNode[] = [];
const byNode: ReadonlyMap<string, Seen>[] = [];
for (const major of majors) {
  const node = await findNode(major, cache);
  nodes.push(node);
  byNode.push(await lookAtAll(node));
}

let surprises = 0;
const rows = wanted.map(({ name }) => {
  const cells = nodes.map(({ major }, at) => {
    const outcome = byNode[at]?.get(name)?.outcome ?? 'NOT CONTAINED';
    const known = expectedOf(name, major);
    if (outcome === known) return outcome;
    surprises += 1;
    return `${outcome} (expected: ${known ?? 'nothing yet'})`;
  });
  const said = byNode
    .map((seen) => seen.get(name)?.said)
    .find((sentence) => sentence !== undefined);
  return [name, ...cells, said ?? ''];
});
const headings = ['answer', ...nodes.map(({ version }) => `Node ${version}`), 'a learner reads'];
process.stdout.write(`${renderGrid([headings, ...rows])}\n`);
process.exitCode = surprises === 0 ? 0 : 1;
