/*
 * Given: who asks, who signs in, who signs out. It says nothing to the log. Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';
import { askOrigin, type OriginAnswer } from './origin.ts';

/** Somebody who is signed in. */
export interface User {
  /** Of a student it is also the `:id` of `/students/:id/`. */
  userId: number;
  username: string;
  role: 'student' | 'staff';
}

/** The client is told the status and the sentence. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly statusCode: number;

  constructor(statusCode: number, sentence: string) {
    super(sentence);
    this.statusCode = statusCode;
  }
}

type Asking = Pick<FastifyRequest, 'id' | 'headers' | 'ip'>;

/** Who asked last, by address. */
const lastFrom = new Map<string, User>();

/** Who asks, by the token that came along, which is looked up each time. Throws a 401 where it is no good now. */
export async function whoAsks(request: Asking): Promise<User> {
  const last = lastFrom.get(request.ip);
  if (last && request.headers.authorization === undefined) return last;
  const user = await userOf(tokenOf(request), request.id);
  if (user) lastFrom.set(request.ip, user);
  if (user === undefined) throw new Refused(401, 'There is no such token.');
  return user;
}

/** Lets staff pass: throws a 403 for anybody else. */
export function demandStaff({ role }: User): void {
  if (role !== 'staff') throw new Refused(403, 'This is for staff.');
}

/** Signs in: 200 with a key, and whose it is; or 400, where nobody is known. */
export async function signIn(
  body: unknown,
  requestId: string,
): Promise<OriginAnswer & { userId?: number | undefined }> {
  const change = { method: 'POST', body: body ?? null } as const;
  const answer = await askOrigin('/tokens/', requestId, change);
  if (answer.status !== 200) return answer;
  const { key } = answer.body as { key: string };
  return { ...answer, userId: (await userOf(encodeURIComponent(key), requestId))?.userId };
}

/** Ends the session of the token that came along. */
export async function signOut(request: Asking): Promise<void> {
  await askOrigin(`/tokens/${tokenOf(request)}/`, request.id, { method: 'DELETE' });
}

function tokenOf({ headers }: Asking): string {
  const token = /^Token (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Refused(401, 'A token is needed.');
  return encodeURIComponent(token);
}

async function userOf(token: string, requestId: string): Promise<User | undefined> {
  const { status, body } = await askOrigin(`/tokens/${token}/`, requestId);
  return status === 200 ? (body as User) : undefined;
}
