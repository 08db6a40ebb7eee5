import type { KeeperMessage } from './keeper.ts';
import { killGroup } from './process-group.ts';
import { type ProcessIdentity, sameness } from './process-identity.ts';

/*
 * The keeper: a process of its own that outlives the CLI by a moment. It knows every process group that the CLI
 * started, and ends them all when its channel closes, however the CLI died. It has a session of its own, so that
 * Ctrl-C in the terminal does not reach it, and it ends by itself: after the channel nothing keeps it alive.
 */
const groups = new Map<number, ProcessIdentity>();
for (const leader of JSON.parse(process.argv[2] ?? '[]') as ProcessIdentity[]) watch(leader);

// SIGUSR1 would open Node's debugger to anybody on this machine, an answer too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'] as const)
  process.on(signal, () => {});

process.on('message', (message: KeeperMessage) => {
  if (message.kind === 'watch') watch(message.leader);
  else groups.delete(message.pid);
});
// The CLI may have died while this was loading. What it had sent is delivered before the next turn.
if (process.connected) process.on('disconnect', endAll);
else setImmediate(endAll);

function watch(leader: ProcessIdentity): void {
  groups.set(leader.pid, leader);
}

function endAll(): void {
  for (const leader of groups.values()) {
    // A leader that is gone may have left children in its group; `other` is a stranger with the same number.
    if (sameness(leader) !== 'other') killGroup(leader.pid);
  }
}
