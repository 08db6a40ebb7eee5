/*
 * Given: who asks, and for which page. Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';
import { type Asker, askOrigin } from './origin.ts';

/** Somebody who is signed in. */
export interface User {
  /** Of a student it is also the `:id` of `/students/:id/`. */
  userId: number;
  username: string;
  role: 'student' | 'staff';
}

/** The client is told the status and the sentence. */
class Refused extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, sentence: string) {
    super(sentence);
    this.statusCode = statusCode;
  }
}

type Signed = Asker & Pick<FastifyRequest, 'headers'>;

/** Who asks: the registrar is asked about the token. Throws a 401 where there is no good one. */
export async function whoAsks(request: Signed): Promise<User> {
  const token = /^Token (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  request.log.trace({ hasToken: token !== undefined }, 'who asks?');
  if (token === undefined) throw new Refused(401, 'A token is needed.');
  const path = `/tokens/${encodeURIComponent(token)}/`;
  const { status, body } = await askOrigin(request, { what: 'look-up of a token', path });
  if (status !== 200) throw new Refused(401, 'There is no such token.');
  const user = body as User;
  request.log.debug({ userId: user.userId, role: user.role }, 'the token is good');
  return user;
}

/** Lets staff pass, and gives who it is. Throws a 403 for anybody else who is signed in, a 401 for the others. */
export async function staffOnly(request: Signed): Promise<User> {
  const user = await whoAsks(request);
  if (user.role !== 'staff') throw new Refused(403, 'This is for staff.');
  return user;
}

/** The page that is asked for, as a text that can stand in an address: `1` where none is named. */
export function pageOf({ query }: Pick<FastifyRequest, 'query'>): string {
  const { page = '' } = query as { page?: string | string[] };
  const [first = ''] = [page].flat();
  return encodeURIComponent(first || '1');
}
