/*
 * Given: who asks, and who signs in. Nothing here needs to change.
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

/** What is posted to sign in. */
export interface Credentials {
  username: string;
  password: string;
}

/** The client is told the status and the sentence. */
class Refused extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, sentence: string) {
    super(sentence);
    this.statusCode = statusCode;
  }
}

/** Who asks: the registrar is asked about the token. Throws a 401 where there is none, or none that is good. */
export async function whoAsks(request: FastifyRequest): Promise<User> {
  const token = /^Token (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Refused(401, 'A token is needed.');
  return whoHas(token, request.id);
}

/** Whose token it is. */
export async function whoHas(token: string, requestId: string): Promise<User> {
  const { status, body } = await askOrigin(`/tokens/${encodeURIComponent(token)}/`, requestId);
  if (status !== 200) throw new Refused(401, 'There is no such token.');
  return body as User;
}
