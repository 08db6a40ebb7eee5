import type { RedisAddress } from './address.ts';
import { type Connection, connectRedis } from './connection.ts';

/** What the connections of all course-labs that run are called; it marks a database as taken for as long as one is open. */
const claimName = 'course-labs';

/** Redis has 16 databases unless it is told otherwise. */
const databases = Array.from({ length: 16 }, (_, index) => index);

export type Claim =
  | { kind: 'claimed'; database: number; connection: Connection }
  /** One sentence for `reason`. */
  | { kind: 'refused'; reason: string };

/**
 * Takes a database that is empty and that no other stage uses: the one that the address names, or else the first. The
 * claim lasts as long as the connection. Rejects where Redis cannot be asked.
 */
export async function claimDatabase(address: RedisAddress): Promise<Claim> {
  const connection = await connectRedis({ ...address, database: undefined });
  try {
    let reason = 'no database there is empty';
    for (const database of address.database === undefined ? databases : [address.database]) {
      const state = await tryDatabase(connection, database);
      if (state === 'ours') return { kind: 'claimed', database, connection };
      if (address.database === undefined) continue;
      reason = reasons[state](database);
    }
    connection.close();
    return { kind: 'refused', reason };
  } catch (error) {
    connection.close();
    throw error;
  }
}

type DatabaseState = 'ours' | 'holds-keys' | 'taken' | 'absent';

const reasons = {
  'holds-keys': (database: number) => `its database ${database} is not empty`,
  taken: (database: number) => `its database ${database} is used by another course-labs now`,
  absent: (database: number) => `it has no database ${database}`,
};

/** One transaction, so that of two who try at once one comes second and sees the first. */
async function tryDatabase(connection: Connection, database: number): Promise<DatabaseState> {
  const id = String(await connection.call('CLIENT', 'ID'));
  const [selected, , size, clients] = await connection.transact([
    ['SELECT', String(database)],
    ['CLIENT', 'SETNAME', claimName],
    ['DBSIZE'],
    ['CLIENT', 'LIST'],
  ]);
  if (selected instanceof Error) return 'absent';
  if (clients instanceof Error) throw clients;
  if (size !== 0) return 'holds-keys';
  const others = String(clients)
    .split('\n')
    .map((line) => new Set(line.split(' ')))
    .filter((fields) => fields.has(`name=${claimName}`) && fields.has(`db=${database}`))
    .filter((fields) => !fields.has(`id=${id}`));
  return others.length === 0 ? 'ours' : 'taken';
}
