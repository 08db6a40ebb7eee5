import { messageOf } from '../errors.ts';
import type { RedisAddress } from './address.ts';
import { claimDatabase } from './claim-database.ts';
import { isOfLibrary } from './command-log.ts';
import { deleteKeys } from './entries.ts';
import type { Guard } from './proxy.ts';
import type { RedisSource } from './source.ts';

/** What would reach beyond the stage's own database, or change the server for all who use it. */
const forbidden: ReadonlySet<string> = new Set([
  'CONFIG',
  'DEBUG',
  'FAILOVER',
  'FLUSHALL',
  'MIGRATE',
  'MODULE',
  'MOVE',
  'REPLICAOF',
  'SHUTDOWN',
  'SLAVEOF',
  'SWAPDB',
]);

export type ExternalOpening =
  | { kind: 'open'; source: RedisSource }
  /** Half a sentence for `reason`: `its database 3 is not empty`. */
  | { kind: 'refused'; reason: string };

/**
 * A Redis that was given to us. It belongs to somebody: one empty database of it is used, its keys are deleted one by
 * one, and nothing is ever flushed, by an answer neither. Never rejects.
 */
export async function openExternalSource(given: RedisAddress): Promise<ExternalOpening> {
  const claim = await claimDatabase(given).catch((error: unknown) => ({
    kind: 'refused' as const,
    reason: messageOf(error),
  }));
  if (claim.kind === 'refused') return claim;
  const { database, connection } = claim;
  const empty = () => deleteKeys(connection);
  const source: RedisSource = {
    address: () => ({ ...given, database }),
    // Only the proxy keeps an answer from what is not its own.
    mayBeReached: false,
    connection: () => connection,
    // For an answer it is gone: the proxy refuses all.
    kill: async () => {},
    freeze: (proxy) => proxy.holdReplies(),
    thaw: (proxy) => proxy.releaseReplies(),
    revive: empty,
    empty,
    ended: () => undefined,
    guard: () => guardDatabase(database),
    async close() {
      // It may have gone before us.
      await empty().catch(() => {});
      connection.close();
    },
  };
  return { kind: 'open', source };
}

/** A connection begins in database 0: what a client does there that ignores the one in its URL is not ours to allow. */
function guardDatabase(database: number): Guard {
  let selected = database === 0;
  return ([name = '', first]) => {
    const command = name.toUpperCase();
    if (command === 'RESET') selected = database === 0;
    if (command === 'SELECT') selected = Number(first) === database;
    else if (isOfLibrary(command)) return true;
    return selected && !forbidden.has(command);
  };
}
