/*
 * Given: what a request says: who asks, and which page. Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';
import { askOrigin } from './origin.ts';

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

/** The token that came with a request. Throws a 401 where there is none. */
export function tokenOf({ headers }: FastifyRequest): string {
  const token = /^Token (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Refused(401, 'A token is needed.');
  return token;
}

/** Who asks: the registrar is asked about the token, each time. Throws a 401 where it is no good now. */
export async function whoAsks(request: FastifyRequest): Promise<User> {
  const path = `/tokens/${encodeURIComponent(tokenOf(request))}/`;
  const { status, body } = await askOrigin(path, request.id);
  if (status !== 200) throw new Refused(401, 'There is no such token.');
  return body as User;
}

/** Lets staff pass. Throws a 403 for anybody else who is signed in, and a 401 for the others. */
export async function staffOnly(request: FastifyRequest): Promise<void> {
  const { role } = await whoAsks(request);
  if (role !== 'staff') throw new Refused(403, 'This is for staff.');
}

/** The page that is asked for, as a text that can stand in an address: `1` where none is named. */
export function pageOf({ query }: FastifyRequest): string {
  const { page = '' } = query as { page?: string | string[] };
  const [first = ''] = [page].flat();
  return encodeURIComponent(first || '1');
}
