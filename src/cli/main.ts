import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { interrupted } from '../errors.ts';
import { createEnding } from './ending.ts';
import { machineName } from './machine.ts';
import { runCommandLine } from './run-command-line.ts';

// This file is dist/cli.js.
const packageRoot = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  version: string;
};
const interruption = new AbortController();

/** The first interrupt lets the command end its processes; a second one does not wait for that. */
function interrupt(signal: NodeJS.Signals): void {
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort(interrupted(signal === 'SIGINT' ? 'Interrupted.' : `Ended by ${signal}.`));
}

// Node would open its debugger to anybody on this machine: an answer could ask for that, and then command us.
process.on('SIGUSR1', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
// A reader that has had enough (`| head`) is no error of ours, and nobody is left to be told.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') interruption.abort(interrupted('The output was closed.'));
});
process.stderr.on('error', () => {});

const ending = createEnding();
process.on('exit', ending.restoreNow);

const exitCode = await runCommandLine({
  args: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  // Opened by those who read it.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  platform: process.platform,
  pid: process.pid,
  isRunning,
  machine: machineName,
  nodeVersion: process.versions.node,
  packageRoot,
  version,
  now: () => new Date(),
  drawSeed: () => 1 + Math.floor(Math.random() * 999_999),
  signal: interruption.signal,
  ending,
});

// Pipes are asynchronous: what was written must have left before the process does.
await Promise.all([process.stdout, process.stderr].map(flush));
process.exit(exitCode);

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
