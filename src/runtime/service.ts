import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openCapture } from './capture.ts';
import { baseEnvironment } from './environment.ts';
import { startProcess } from './managed-process.ts';
import type { RuntimeSetting } from './setting.ts';
import { lastOutput } from './start-failure.ts';
import type { Service } from './types.ts';
import { usageOf } from './usage.ts';

/** What a service gets to end by itself once its channel is closed, in milliseconds. */
const graceMs = 1000;
const keptBytes = 1024 * 1024;

/** Starts one of our own processes with an IPC channel. Throws when its file was not built: a bug of ours. */
export async function startServiceProcess(
  options: { name: string; distFolder: string; args: readonly string[] },
  setting: RuntimeSetting,
): Promise<Service> {
  const script = join(options.distFolder, `${options.name}.js`);
  if (!existsSync(script)) throw new Error(`${script} is missing`);
  const stderr = openCapture(keptBytes);
  const managed = await startProcess(
    {
      name: options.name,
      file: setting.node,
      args: ['--enable-source-maps', script, ...options.args],
      cwd: options.distFolder,
      environment: baseEnvironment(setting.environment),
      output: ['ignore', stderr.fd, 'ipc'],
    },
    setting.guard,
  ).catch((error: unknown) => {
    stderr.close();
    throw error;
  });
  const { child, pid } = managed;
  const end = managed.end.then((how) => {
    stderr.close();
    return how;
  });

  // What comes before anybody listens is kept for the first who does.
  const early: unknown[] = [];
  const listeners = new Set<(message: unknown) => void>();
  child.on('message', (message: unknown) => {
    if (listeners.size === 0) early.push(message);
    for (const listener of [...listeners]) listener(message);
  });

  return {
    pid,
    send(message) {
      // A service that has ended is told by onEnd, so an undelivered message is no error of its own.
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage(listener) {
      listeners.add(listener);
      for (const message of early.splice(0)) listener(message);
      return () => listeners.delete(listener);
    },
    ended: managed.ended,
    onEnd(listener) {
      void end.then((how) => {
        const lines = lastOutput({ stderr: stderr.lines(true), stdout: [] });
        listener(how, lines);
      });
    },
    usage: () => usageOf(pid, setting.platform),
    async stop() {
      await managed.stop(graceMs);
      return end;
    },
  };
}
