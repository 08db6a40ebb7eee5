import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RedisSource } from './source.ts';
import { type StartPrivateOptions, startPrivateServer } from './start-private.ts';

/** What would end the server, or make it another's copy: a Redis that is gone is a fault of ours. */
const forbidden: ReadonlySet<string> = new Set(['SHUTDOWN', 'REPLICAOF', 'SLAVEOF', 'FAILOVER']);

/** A redis-server of our own. Throws a CourseError (exit 3) where it does not start. */
export async function openPrivateSource(options: StartPrivateOptions): Promise<RedisSource> {
  let server = await startPrivateServer(options);
  let killed = false;
  const kill = async () => {
    killed = true;
    server.connection.close();
    await server.process.kill();
  };
  return {
    address: () => server.address,
    mayBeReached: true,
    connection: () => server.connection,
    kill,
    freeze: () => server.process.suspend(),
    thaw: () => server.process.resume(),
    async revive() {
      if (!killed) return;
      server = await startPrivateServer(options);
      killed = false;
    },
    async empty() {
      await server.connection.call('FLUSHALL');
    },
    ended() {
      const end = server.process.ended();
      if (end === undefined || killed) return undefined;
      const how = end.signal === null ? `with code ${end.code}` : `by ${end.signal}`;
      return `The ${basename(options.file)} of the course ended ${how}: ${server.process.output().at(-1) ?? 'it said nothing'}`;
    },
    guard:
      () =>
      ([name = '']) =>
        !forbidden.has(name.toUpperCase()),
    async close() {
      await kill();
      await rm(options.folder, { recursive: true, force: true });
    },
  };
}
