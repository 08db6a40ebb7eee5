import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createWorkspace, installLab } from '../src/workspace/index.ts';
import type { InstalledNode } from './node-versions.ts';

/** What was tried on one Node, and what came of it. */
export interface Trial {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, by name. */
  failures: readonly string[];
  seconds: number;
}

/** What vitest's JSON reporter writes, as far as it is used. */
interface TestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: readonly {
    name: string;
    status: string;
    assertionResults: readonly { fullName: string; status: string }[];
  }[];
}

/** Has this Node compile the quick packages of dist: what is kept of that fits the Node that did it. */
export async function compilePackages(node: InstalledNode, root: string): Promise<void> {
  const folder = join(root, 'dist', 'packages');
  const script = join(root, 'scripts', 'use-quick-packages.mjs');
  const { code } = await run(node, [script, folder, ...(await readdir(folder))], root);
  if (code !== 0) throw new Error(`Node ${node.version} could not compile the quick packages.`);
}

/** Runs the tests whose files match a filter; all of them where none is given. */
export async function runTests(
  node: InstalledNode,
  root: string,
  filters: readonly string[],
): Promise<Trial> {
  const folder = await mkdtemp(join(tmpdir(), 'course-labs-nodes-'));
  try {
    const file = join(folder, 'report.json');
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
    const { seconds } = await run(node, [vitest, 'run', ...filters, ...reporters], root);
    const report = JSON.parse(await readFile(file, 'utf8')) as TestReport;
    // A file that does not even load has no test that failed.
    const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
      const place = name.slice(root.length + 1);
      const failed = assertionResults.filter((test) => test.status === 'failed');
      if (status === 'failed' && failed.length === 0) return [`${place} as a whole`];
      return failed.map(({ fullName }) => `${place}: ${fullName}`);
    });
    return {
      passed: report.numPassedTests,
      failed: failures.length,
      skipped: report.numPendingTests,
      failures,
      seconds,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Proves these labs, as `npm run validate` proves all. */
export async function validateLabs(
  node: InstalledNode,
  root: string,
  labs: readonly string[],
): Promise<Trial> {
  const args = [join(root, 'bin', 'course-labs.js'), 'labs', 'validate', ...labs];
  const { code, seconds } = await run(node, args, root);
  return verdict(code === 0, `labs validate ${labs.join(' ')}`, seconds);
}

/** Grades a right answer of lab 1, as a learner has it done. */
export async function gradeLab1(node: InstalledNode, root: string): Promise<Trial> {
  const folder = await mkdtemp(join(tmpdir(), 'course-labs-nodes-'));
  const lab = join(root, 'labs', '01-measure-a-miss');
  try {
    const workspace = await createWorkspace({ root: join(folder, 'work'), seed: 4711 });
    const { folder: own } = await installLab(workspace, {
      number: 1,
      title: 'Measure a miss',
      folderName: '01-measure-a-miss',
      starter: join(lab, 'starter'),
      readme: '',
      evidence: () => [],
    });
    const args = [join(root, 'bin', 'course-labs.js'), 'check-answer', '1', 'C1', '--json'];
    await cp(join(lab, 'solutions', 'map-with-expiry'), own, { recursive: true });
    const { code, seconds } = await run(node, args, workspace.root);
    return verdict(code === 0, `check-answer 1 C1 of a right answer: exit code ${code}`, seconds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function verdict(isRight: boolean, what: string, seconds: number): Trial {
  const [passed, failed] = isRight ? [1, 0] : [0, 1];
  return { passed, failed, skipped: 0, failures: isRight ? [] : [what], seconds };
}

/** What it prints goes to stderr: stdout is for the table. */
function run(
  { file, path }: InstalledNode,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; seconds: number }> {
  const startedAt = performance.now();
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 2, 2],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      resolve({ code, seconds: (performance.now() - startedAt) / 1000 }),
    );
  });
}
