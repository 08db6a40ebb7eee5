import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessIdentity } from './process-identity.ts';

/** What the keeper is told. */
export type KeeperMessage =
  | { kind: 'watch'; leader: ProcessIdentity }
  | { kind: 'forget'; pid: number };

/** Ends process groups if this process dies. */
export interface Keeper {
  /** From now on the group of this leader does not outlive us. */
  watch(leader: ProcessIdentity): void;
  forget(pid: number): void;
  /** Ends the keeper, and what it still watches. */
  close(): Promise<void>;
  /** Undefined until something is watched. */
  pid(): number | undefined;
}

/** A keeper that dies again and again is not started for ever. */
const restarts = 3;
const closeWithinMs = 2000;

/** Starts no process until there is something to watch. `script` is the built keeper-process. */
export function createKeeper(options: {
  node: string;
  script: string;
  environment: NodeJS.ProcessEnv;
}): Keeper {
  const watched = new Map<number, ProcessIdentity>();
  let child: ChildProcess | undefined;
  let starts = 0;
  let closed = false;

  const start = () => {
    starts += 1;
    // What is watched already stands in its arguments, so that it knows from its first moment.
    const leaders = JSON.stringify([...watched.values()]);
    const keeper = spawn(options.node, [options.script, leaders], {
      detached: true,
      env: options.environment,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child = keeper;
    // Neither the process nor its channel keeps the CLI from ending.
    keeper.unref();
    keeper.channel?.unref();
    keeper.on('error', () => {});
    keeper.on('exit', () => {
      if (child !== keeper) return;
      child = undefined;
      if (!closed && watched.size > 0 && starts <= restarts) start();
    });
  };
  const tell = (message: KeeperMessage) => {
    // The callback takes the error of a channel that has just closed: `exit` follows and starts anew.
    if (child?.connected) child.send(message, () => {});
  };

  return {
    watch(leader) {
      if (closed) return;
      watched.set(leader.pid, leader);
      if (child === undefined) start();
      else tell({ kind: 'watch', leader });
    },
    forget(pid) {
      watched.delete(pid);
      tell({ kind: 'forget', pid });
    },
    async close() {
      closed = true;
      const keeper = child;
      if (keeper === undefined || keeper.exitCode !== null || keeper.signalCode !== null) return;
      const ended = once(keeper, 'exit');
      keeper.ref();
      if (keeper.connected) keeper.disconnect();
      const timer = setTimeout(() => keeper.kill('SIGKILL'), closeWithinMs);
      await ended;
      clearTimeout(timer);
    },
    pid: () => child?.pid,
  };
}
