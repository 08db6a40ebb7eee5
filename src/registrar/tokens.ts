import type { Random } from '../kit/index.ts';
import type { Database } from './database.ts';
import { found, noContent, type Reply, refused } from './reply.ts';

/** Signs a user in: a token of its own for each session. 400 where name and password do not fit. */
export function createToken(database: Database, input: unknown, random: Random): Reply {
  const { username, password } = (input ?? {}) as { username?: unknown; password?: unknown };
  if (typeof username !== 'string' || typeof password !== 'string') {
    return refused(400, 'username and password are needed, as texts.');
  }
  const user = database.first<{ id: number }>(
    'SELECT id FROM users WHERE username = ? AND password = ?',
    username,
    password,
  );
  if (user === undefined) return refused(400, 'There is no user of this name and password.');
  const key = random.text(40);
  database.insert('tokens', ['key', 'user_id'], [[key, user.id]]);
  return found({ key });
}

/** Whose token it is. */
export function readToken(database: Database, key: string): Reply {
  const user = database.first(
    `SELECT users.id AS userId, username, role FROM tokens JOIN users ON users.id = user_id WHERE key = ?`,
    key,
  );
  return user === undefined ? noToken : found(user);
}

/** Ends a session. */
export function deleteToken(database: Database, key: string): Reply {
  const gone = database.first('DELETE FROM tokens WHERE key = ? RETURNING key', key);
  return gone === undefined ? noToken : noContent;
}

const noToken = refused(404, 'There is no such token.');
