import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ProcessEnd } from '../kit/index.ts';
import { connectRegistrar, type Registrar } from './client.ts';
import type { Channel } from './commands.ts';

/** A registrar's real process for tests: built from these sources, so that no test depends on `dist`. */
export interface StartedProcess {
  child: ChildProcess;
  channel: Channel;
  /** How it ended, once it has. */
  end: Promise<ProcessEnd>;
  close(): Promise<void>;
}

/** Starts the process with these arguments; speaks to nobody yet. */
export async function startProcess(...args: readonly string[]): Promise<StartedProcess> {
  starts += 1;
  // Under node_modules, so that the bundle finds node-sqlite3-wasm.
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const folder = join(root, 'node_modules', '.cache', `registrar-${process.pid}-${starts}`);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'registrar.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./process.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const child = fork(file, args, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const stderr: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  // Node emits no `close` for a child whose channel the parent has closed.
  const wrote = new Promise((resolve) => child.stderr?.once('close', resolve));
  const exited = once(child, 'exit').then(([code, signal]): ProcessEnd => ({ code, signal }));
  const end = wrote.then(() => exited);
  const channel: Channel = {
    send: (message) => void child.send(message as object),
    onMessage(listener) {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onEnd: (listener) => void end.then((how) => listener(how, stderr.join('').split('\n'))),
  };
  return {
    child,
    channel,
    end,
    async close() {
      child.kill('SIGKILL');
      await end;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let starts = 0;

/** Starts the process of a seed and waits until it answers. */
export async function startRegistrar(
  seed: number,
): Promise<StartedProcess & { registrar: Registrar }> {
  const started = await startProcess(String(seed));
  return { ...started, registrar: await connectRegistrar(started.channel) };
}
