import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { loadCatalog } from '../src/catalog/load-catalog.ts';
import type { Lab } from '../src/catalog/types.ts';
import { createWorkspace, installLab, type Workspace } from '../src/workspace/index.ts';
import { median } from './alternate.ts';
import { watchProcesses } from './process-costs.ts';
import { type Row, renderRows } from './table.ts';

// What grading costs: `check-answer N` of each lab, by the command line, for the starter and each right answer.
const { values } = parseArgs({ options: { labs: { type: 'string', default: '1-12' } } });
const root = process.cwd();
const [first = 1, last = first] = values.labs.split('-').map(Number);

/** The design's: seconds for one code exercise, the median; other labs than these have 6. */
const budgets: Readonly<Record<number, number>> = { 3: 12, 5: 12, 8: 12, 12: 30 };

interface Graded {
  answer: string;
  code: number | null;
  seconds: number;
  servers: number;
  /** Seconds of CPU time, by kind of process. */
  cpu: ReadonlyMap<string, number>;
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
  for (const lab of wanted) rows.push(rowOf(lab, await gradeAll(lab, workspace)));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${renderRows(rows)}\n`);
process.exitCode = rows.every(({ within }) => within) ? 0 : 1;

/** The starter first, then each right answer laid over a fresh one. */
async function gradeAll(lab: Lab, { root: place }: Workspace): Promise<Graded[]> {
  const graded: Graded[] = [];
  for (const answer of [undefined, ...(await lab.solutions())]) {
    await rm(join(place, 'labs', lab.folderName), { recursive: true, force: true });
    const { folder: own } = await installLab(
      { root: place },
      { ...lab, starter: join(lab.folder, 'starter'), readme: '', evidence: () => [] },
    );
    if (answer) await cp(answer.folder, own, { recursive: true });
    const name = answer?.name ?? 'starter';
    process.stderr.write(`lab ${lab.number}: ${name}\n`);
    graded.push({ answer: name, ...(await grade(lab.number, place)) });
  }
  return graded;
}

function grade(lab: number, cwd: string): Promise<Omit<Graded, 'answer'>> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const args = [join(root, 'bin/course-labs.js'), 'check-answer', String(lab), '--json'];
    const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
    const watched = watchProcesses(child.pid ?? 0, kindOf);
    child.on('error', reject);
    child.on('exit', (code) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const costs = watched.stop();
      const cpu = new Map([...costs].map(([kind, { cpuMs }]) => [kind, cpuMs / 1000]));
      resolve({ code, seconds, servers: costs.get('servers')?.processes ?? 0, cpu });
    });
  });
}

function kindOf(commandLine: string): string {
  const [, service] = /dist\/(registrar|load|keeper)\.js/.exec(commandLine) ?? [];
  if (service !== undefined) return service;
  if (/redis-server|valkey-server/.test(commandLine)) return 'redis';
  return commandLine.includes('/bin/course-labs.js') ? 'command' : 'servers';
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
  return {
    what: `lab ${lab.number}`,
    figure: `${seconds.toFixed(1)} s, ${median(right.map(({ servers }) => servers))} servers; CPU s: ${cpu.join(', ')}`,
    against: [
      `budget ${budget} s`,
      `starter exit ${starter?.code}`,
      wrong.length === 0 ? `${right.length} right answers exit 0` : `REJECTED: ${wrong.join(', ')}`,
    ].join('; '),
    within: seconds <= budget && wrong.length === 0 && starter?.code === 1,
  };
}
