import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ProcessEnd } from '../kit/index.ts';
import { connectLoad, type Load, type LoadChannel } from './client.ts';

/** A real load process for tests: built from these sources, so that no test depends on `dist`. */
export interface StartedLoad {
  load: Load;
  channel: LoadChannel;
  child: ChildProcess;
  end: Promise<ProcessEnd>;
  close(): Promise<void>;
}

export async function startLoad(): Promise<StartedLoad> {
  // Under node_modules, so that the bundle finds autocannon.
  const autocannon = createRequire(import.meta.url).resolve('autocannon/package.json');
  const cache = join(dirname(autocannon), '..', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, `load-${process.pid}-`));
  const file = join(folder, 'load.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./process.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const child = fork(file, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const stderr: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  const end = once(child, 'exit').then(([code, signal]): ProcessEnd => ({ code, signal }));
  const channel: LoadChannel = {
    send: (message) => void child.send(message as object),
    onMessage(listener) {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onEnd: (listener) => void end.then((how) => listener(how, stderr.join('').split('\n'))),
  };
  return {
    load: connectLoad(channel),
    channel,
    child,
    end,
    async close() {
      child.kill('SIGKILL');
      await end;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
