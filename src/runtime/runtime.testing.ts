import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compileServer } from './compile.ts';
import { createRuntime, type RuntimeOptions } from './create-runtime.ts';
import { membersOf } from './process-group.ts';
import type { LaunchOptions, LaunchResult, NodeProgram, RunningServer, Runtime } from './types.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Programs that keep the contract, and many that do not. */
export const programs = join(root, 'fixtures/programs');
const hostile = join(root, 'fixtures/hostile');

/** A runtime in a workspace of its own, with the packages linked as a learner's workspace has them. */
export interface TestRuntime {
  runtime: Runtime;
  workspace: string;
  distFolder: string;
  recordFolder: string;
  /** Compiles and launches a program of fixtures/programs, or of fixtures/hostile. */
  launch(program: string, options?: TestLaunch): Promise<LaunchResult>;
  /** Launches a program that is expected to become ready. */
  start(program: string, options?: TestLaunch): Promise<RunningServer>;
  /** Ends everything and removes the workspace. */
  close(): Promise<void>;
}

export type TestLaunch = Partial<Omit<LaunchOptions, 'program'>> & { allowWorkers?: boolean };

/** Bundles entries of this folder, such as the keeper, as they will stand in `dist`. Removed by whoever asked. */
export async function buildEntries(
  entries: Readonly<Record<string, string | URL>>,
): Promise<string> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, `runtime-${process.pid}-`));
  const inputs = Object.entries(entries).map(
    ([name, file]) => `${name}=${fileURLToPath(new URL(file, import.meta.url))}`,
  );
  const flags = ['--bundle', '--format=esm', '--platform=node', '--packages=external'];
  await promisify(execFile)(join(root, 'node_modules/.bin/esbuild'), [
    ...inputs,
    ...flags,
    `--outdir=${folder}`,
    '--log-level=error',
  ]);
  return folder;
}

/** `distFolder` is what `buildEntries` made. */
export function openTestRuntime(
  distFolder: string,
  options: Partial<RuntimeOptions> = {},
): TestRuntime {
  const workspace = mkdtempSync(join(tmpdir(), 'course labs #1 '));
  mkdirSync(join(workspace, 'node_modules'));
  for (const name of ['fastify', 'pino', 'node-cache', 'ioredis']) {
    symlinkSync(join(root, 'node_modules', name), join(workspace, 'node_modules', name));
  }
  const recordFolder = join(workspace, '.course-labs');
  const runtime = createRuntime({ distFolder, recordFolder, ...options });
  const launch = async (name: string, { allowWorkers = false, ...given }: TestLaunch = {}) => {
    const sourceFolder = sourcesOf(name, workspace);
    const outputFolder = join(recordFolder, 'build', name);
    const compiled = await compileServer({ sourceFolder, outputFolder });
    if (compiled.kind === 'failed') return compiled;
    const readable = [workspace];
    const { entry } = compiled;
    const program: NodeProgram = { kind: 'node', entry, sourceFolder, readable, allowWorkers };
    const registrarUrl = 'http://127.0.0.1:1';
    return runtime.launch({ program, settings: {}, registrarUrl, ...given });
  };
  return {
    runtime,
    workspace,
    distFolder,
    recordFolder,
    launch,
    async start(name, given) {
      const result = await launch(name, given);
      if (result.kind === 'ready') return result.server;
      throw new Error(`${name}: ${result.failure.message}\n${result.failure.output.join('\n')}`);
    },
    async close() {
      await runtime.close();
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}

/** Those of fixtures/hostile are laid over the server that they share. */
function sourcesOf(name: string, workspace: string): string {
  if (existsSync(join(programs, name))) return join(programs, name);
  const folder = join(workspace, name);
  for (const part of ['server', name]) cpSync(join(hostile, part), folder, { recursive: true });
  return folder;
}

/** Numbers of the living members of a process group. */
export async function livingIn(group: number): Promise<readonly number[]> {
  return (await membersOf(group))?.map(({ pid }) => pid) ?? [];
}

/** Asks again and again until it holds; throws after 20 s. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const last = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > last) throw new Error('it did not come true within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
