import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { renderGrid } from './grid.ts';
import { openLedger } from './ledger.ts';
import { compilePackages, gradeLab1, runTests, type Trial, validateLabs } from './node-trials.ts';
import {
  findNode,
  type InstalledNode,
  majorsOf,
  presentMajors,
  runningMajor,
} from './node-versions.ts';

// The tests on each Node that is supported, folder by folder; words after the options choose files, as vitest's do.
// `--short` grades lab 1 on the Nodes that are here already; `--labs 1,7,9` proves labs instead.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    short: { type: 'boolean', default: false },
    labs: { type: 'string' },
    minutes: { type: 'string', default: '120' },
  },
});
const root = process.cwd();
const cache = join(root, 'node_modules', '.cache', 'course-labs');
const endsAtMs = performance.now() + Number(values.minutes) * 60_000;

interface Entry extends Trial {
  /** The sources that were tried: a commit. */
  state: string;
  /** Of the Node. */
  version: string;
  what: string;
}

const ledger = openLedger<Entry>(join(cache, 'nodes.jsonl'));
const before = [...ledger.entries()];
const state = stateOf(root);
const entries: Entry[] = [];
let isWhole = true;
/** Who compiled the quick packages of dist: before this began, the Node that built it. */
let compiledBy = process.versions.node;

const majors =
  values.short && values.only === undefined ? presentMajors(cache) : majorsOf(values.only);
for (const major of majors) {
  const node = await findNode(major, cache);
  for (const [what, attempt] of trials()) {
    const done = before.find(
      (each) => each.state === state && each.version === node.version && each.what === what,
    );
    if (done === undefined && performance.now() > endsAtMs) {
      isWhole = false;
      continue;
    }
    if (done === undefined) {
      process.stderr.write(`Node ${node.version}: ${what}\n`);
      await compileFor(node);
    }
    const entry = { ...(done ?? (await attempt(node))), state, version: node.version, what };
    entries.push(entry);
    // What failed is tried again the next time, and so is what stands in no commit.
    if (!done && state !== '' && entry.failed === 0) ledger.add(entry);
  }
}

await compileFor(await findNode(runningMajor, cache));

async function compileFor(node: InstalledNode): Promise<void> {
  if (compiledBy !== node.version) await compilePackages(node, root);
  compiledBy = node.version;
}

/** What is tried on each Node, by name. */
function trials(): readonly (readonly [string, (node: InstalledNode) => Promise<Trial>])[] {
  if (values.short) return [['grading lab 1', (node) => gradeLab1(node, root)]];
  if (values.labs !== undefined) {
    const numbers = values.labs.split(',');
    return numbers.map((lab) => [`lab ${lab}`, (node) => validateLabs(node, root, [lab])]);
  }
  const filters = positionals.length > 0 ? positionals : folders();
  return filters.map((filter) => [filter, (node) => runTests(node, root, [filter])]);
}

/** All that has tests. */
function folders(): string[] {
  const inSource = readdirSync(join(root, 'src'), { withFileTypes: true });
  return ['labs/', ...inSource.map((entry) => `src/${entry.name}${entry.isDirectory() ? '/' : ''}`)]
    .filter((name) => name.endsWith('/') || name.endsWith('.test.ts'))
    .sort();
}

/** The commit that is checked out; empty where files differ from it, or where there is no repository. */
function stateOf(folder: string): string {
  if (!existsSync(join(folder, '.git'))) return '';
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  return git('status', '--porcelain') === '' ? git('rev-parse', 'HEAD').trim() : '';
}

const versions = [...new Set(entries.map(({ version }) => version))];
const rows = versions.map((version) => {
  const own = entries.filter((entry) => entry.version === version);
  const sum = (key: 'passed' | 'failed' | 'skipped' | 'seconds') =>
    own.reduce((total, entry) => total + entry[key], 0);
  const counts = [sum('passed'), sum('failed'), sum('skipped')].map(String);
  return [`Node ${version}`, ...counts, `${sum('seconds').toFixed(0)} s`];
});
const failures = entries.flatMap(({ version, failures }) =>
  failures.map((name) => `Node ${version}: ${name}`),
);
const left = isWhole ? [] : ['Not all was tried in this time: the same command goes on.'];
const table = renderGrid([['', 'passed', 'failed', 'skipped', 'took'], ...rows]);
process.stdout.write(`${[table, ...failures, ...left].join('\n')}\n`);
process.exitCode = failures.length === 0 && isWhole ? 0 : 1;
