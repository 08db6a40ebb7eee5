/*
 * Given: who may write. Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';
import { askOrigin } from './origin.ts';

class Refused extends Error {
  readonly statusCode: 401 | 403;

  constructor(statusCode: 401 | 403, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Lets staff pass: what `permission_classes = [IsAdminUser]` is in Django. Anyone else gets a 401 or a 403. */
export async function requireStaff(request: FastifyRequest): Promise<void> {
  const token = /^Token (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Refused(401, 'Sign in first.');
  const { status, body } = await askOrigin(`/tokens/${encodeURIComponent(token)}/`, request.id);
  if (status !== 200) throw new Refused(401, 'The token is not known.');
  if ((body as { role: string }).role !== 'staff') throw new Refused(403, 'This is for staff.');
}
