import type { Keeper } from './keeper.ts';
import type { Guard, ManagedProcess } from './managed-process.ts';
import { identify } from './process-identity.ts';
import type { StartRecordFile } from './start-record.ts';

/** Knows everything that runs: tells the keeper and the start record, and ends it all. */
export interface ProcessGuard extends Guard {
  /** Ends what runs, newest first: programs before the services that they may ask. What starts later ends at once. */
  close(): Promise<void>;
}

/** What a program or a service gets to end by itself when all is ended, in milliseconds. */
const graceMs = 1000;

/** Guards processes with a keeper and a start record. */
export function createProcessGuard(
  keeper: Keeper,
  record: StartRecordFile,
  platform: NodeJS.Platform,
): ProcessGuard {
  const running = new Map<number, ManagedProcess>();
  let closed = false;
  const stopAll = (processes: readonly ManagedProcess[]) =>
    Promise.all(processes.map((process) => process.stop(graceMs)));

  return {
    started(process, name) {
      running.set(process.pid, process);
      const leader = identify(process.pid, platform);
      keeper.watch(leader);
      record.add({ ...leader, name });
      if (closed) void process.kill();
    },
    ended(pid) {
      running.delete(pid);
      keeper.forget(pid);
      record.remove(pid);
    },
    async close() {
      closed = true;
      const newestFirst = [...running.values()].reverse();
      const isService = (process: ManagedProcess) => process.child.channel != null;
      await stopAll(newestFirst.filter((process) => !isService(process)));
      await stopAll(newestFirst.filter(isService));
      record.close();
      await keeper.close();
    },
  };
}
