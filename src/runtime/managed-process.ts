import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessEnd } from '../kit/index.ts';
import { gated, openGate } from './gate.ts';
import { killGroup } from './process-group.ts';

/** Is told of every process group, so that none outlives us. */
export interface Guard {
  started(process: ManagedProcess, name: string): void;
  ended(pid: number): void;
}

/** A process in a group of its own. */
export interface ManagedProcess {
  pid: number;
  child: ChildProcess;
  /** Undefined while it runs. */
  ended(): ProcessEnd | undefined;
  /** Resolves when it has ended and its group was killed; never rejects. */
  end: Promise<ProcessEnd>;
  /** Asks it to end (closes its channel where it has one, else SIGTERM), waits up to `graceMs`, then kills. */
  stop(graceMs: number): Promise<ProcessEnd>;
  /** SIGKILL to the group. */
  kill(): Promise<ProcessEnd>;
}

/** What is to be started. */
export interface Command {
  /** What it is called in start records. */
  name: string;
  file: string;
  args: readonly string[];
  cwd: string;
  environment: NodeJS.ProcessEnv;
  /** For stdout and stderr, and a channel where there is to be one; there is no stdin. */
  output: readonly (number | 'ignore' | 'ipc')[];
}

/** Starts a program in a process group of its own. Rejects with the system's error when there is no such program. */
export async function startProcess(command: Command, guard: Guard): Promise<ManagedProcess> {
  const { file, args } = gated(command.file, command.args);
  const stdio: SpawnOptions['stdio'] = ['pipe', ...command.output];
  const { cwd, environment: env } = command;
  const child = spawn(file, args, { cwd, env, stdio, detached: true });
  const { pid } = child;
  if (pid === undefined) {
    const [error] = await once(child, 'error');
    throw error;
  }
  let ended: ProcessEnd | undefined;
  const end = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = { code, signal };
      // Whatever it started goes with it. Now, since its number cannot have been given out again yet.
      killGroup(pid);
      guard.ended(pid);
      resolve(ended);
    });
  });
  // A signal or a message that cannot be delivered: `exit` tells the rest.
  child.on('error', () => {});

  const kill = () => {
    if (ended === undefined) killGroup(pid);
    return end;
  };
  const managed: ManagedProcess = {
    pid,
    child,
    ended: () => ended,
    end,
    kill,
    async stop(graceMs) {
      if (ended !== undefined) return ended;
      if (child.connected) child.disconnect();
      else child.kill('SIGTERM');
      const timer = setTimeout(kill, graceMs);
      const how = await end;
      clearTimeout(timer);
      return how;
    },
  };
  guard.started(managed, command.name);
  openGate(child);
  return managed;
}
