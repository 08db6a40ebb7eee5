import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createWorkspace,
  defaultFolderName,
  installLab,
  type Workspace,
} from '../../workspace/index.ts';

/** The built program, as people call it. */
export const bin = fileURLToPath(new URL('../../../bin/course-labs.js', import.meta.url));

export const labs = fileURLToPath(new URL('../../../labs', import.meta.url));
const lab1 = '01-measure-a-miss';

/** How one call of the program ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A call of the program that goes on. */
export interface Running {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  ended: Promise<Ended>;
}

/** Starts the built program without a terminal. */
export function start(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Running {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { ...baseEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

/** Runs the built program to its end. */
export function run(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Ended> {
  return start(args, cwd, env).ended;
}

/** A fresh, empty folder. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'course-labs-test-'));
}

/** What the program may know of this machine: nothing that a test runner sets. */
export function baseEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LANG: 'C.UTF-8' };
}

/** Asks again and again until the condition holds; fails with `what` after the limit. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A process with the moment it started at, so that a pid given anew is not taken for it. */
export interface Seen {
  pid: number;
  startedAt: string;
}

/** All processes below one, at any depth. Linux only, as the tests are. */
export function descendantsOf(root: number): Seen[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const below = (parent: number): Seen[] =>
    all
      .filter(({ ppid }) => ppid === parent)
      .flatMap(({ pid, startedAt }) => [{ pid, startedAt }, ...below(pid)]);
  return below(root);
}

/** The first of the processes that runs this built program of ours: `registrar`, `keeper`, `load`. */
export function serviceAmong(seen: readonly Seen[], name: string): Seen | undefined {
  return seen.find(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`/dist/${name}.js\0`);
    } catch {
      return false;
    }
  });
}

/** Those of the processes that still run. */
export function stillRunning(seen: readonly Seen[]): Seen[] {
  return seen.filter(({ pid, startedAt }) => {
    const now = statOf(pid);
    return now !== undefined && now.startedAt === startedAt && now.state !== 'Z';
  });
}

function statOf(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold anything; the fields behind it are numbered from 3 (proc(5)).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid, state: fields[0], ppid: Number(fields[1]), startedAt: fields[19] as string };
  } catch {
    return undefined;
  }
}

/** A workspace with lab 1 in it, beside which one can stand as a learner does. */
export async function workspaceWithLab1(): Promise<{ folder: string; root: string; lab: string }> {
  const folder = freshFolder();
  const root = join(folder, defaultFolderName);
  const lab = await installLab1(await createWorkspace({ root, seed: 4711 }));
  return { folder, root, lab };
}

/** Gives a workspace the starter of lab 1; where it lies. */
export function installLab1(workspace: Pick<Workspace, 'root'>): Promise<string> {
  return installStarter(workspace, lab1);
}

/** Gives a workspace the starter of a lab: `01-measure-a-miss`; where it lies. */
export async function installStarter(
  workspace: Pick<Workspace, 'root'>,
  folderName: string,
): Promise<string> {
  const { folder } = await installLab(workspace, {
    number: Number(folderName.slice(0, 2)),
    title: folderName,
    folderName,
    starter: join(labs, folderName, 'starter'),
    readme: '',
    evidence: () => [],
  });
  return folder;
}

/** The right answers of lab 1. */
export function solutionNames(): string[] {
  return readdirSync(join(labs, lab1, 'solutions')).sort();
}

/** Lays an answer of lab 1 over the learner's files: `solutions/plain-node`. */
export function layOver(lab: string, answer: string): void {
  cpSync(join(labs, lab1, answer), lab, { recursive: true, force: true });
}
