/*
 * Given: lets staff in, and nobody else. Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';
import { askOrigin } from './origin.ts';

/** The client gets this status. */
class Refused extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** A hook in front of a route, as a permission class is in Django REST Framework. */
export async function staffOnly(request: FastifyRequest): Promise<void> {
  const token = /^Token (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Refused(401, 'A token is needed.');
  const { status, body } = await askOrigin(`/tokens/${encodeURIComponent(token)}/`, request.id);
  if (status !== 200) throw new Refused(401, 'There is no such token.');
  if ((body as { role: string }).role !== 'staff') throw new Refused(403, 'For staff only.');
}
