import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { LabFiles } from './types.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A new folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'course-labs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files, given by their paths under `folder`. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** A lab whose starter holds `files`. */
export async function labOf(files: Record<string, string>): Promise<LabFiles> {
  const starter = await temporaryFolder();
  await writeFiles(starter, files);
  const title = 'Keys and TTL';
  return {
    number: 2,
    title,
    folderName: '02-keys-and-ttl',
    starter,
    readme: `# ${title}\n`,
    evidence: () => [],
  };
}

/** Bundles a program that may import this folder's files, and gives the path of the result. */
export async function buildProgram(name: string, source: string): Promise<string> {
  // Below node_modules, so that bare imports resolve.
  const folder = join(here, '..', '..', 'node_modules', '.cache', `workspace-${process.pid}`);
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents: source, resolveDir: here, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outfile,
  });
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return outfile;
}

/** How a program ended, and what it wrote. */
export interface Ended {
  code: number | null;
  lines: readonly string[];
  stderr: string;
}

/** Starts a program that is killed after the test at the latest; `onLine` hears each line of its stdout. */
export function start(
  command: string,
  args: readonly string[],
  options: { onLine?: (line: string) => void; uid?: number; cwd?: string } = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const { onLine, ...spawnOptions } = options;
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...spawnOptions });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const reader = createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    onLine?.(line);
  });
  const ended = Promise.all([once(child, 'close'), once(reader, 'close')]).then(
    ([[code]]): Ended => ({ code: code as number | null, lines, stderr }),
  );
  return { child, ended };
}
