import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import pino from 'pino';
import { askOrigin } from './origin.ts';

export const logger = pino(
  {
    level: process.env.LOG_LEVEL ?? 'info',
    base: null,
    serializers: { err: ({ name, message, stack }: Error) => ({ type: name, message, stack }) },
  },
  pino.destination({ dest: 1, sync: true }),
);

/** Gives each request its id and its logger, and one line when it is answered. */
export const identify: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  const id = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  const log = logger.child({ reqId: id });
  Object.assign(response.locals, { id, log });
  response.set('x-request-id', id);
  const { method, path } = request;
  response.on('finish', () => {
    log.info({ method, path: path.slice(0, 120), status: response.statusCode }, 'answered');
  });
  next();
};

/** At debug: what the database says of itself, for each request to the API that succeeds. */
export const tellPlans: RequestHandler = ({ path }, response, next) => {
  const { id, log } = response.locals;
  if (log.isLevelEnabled('debug') && path.startsWith('/api/')) {
    response.on('finish', async () => {
      if (response.statusCode >= 400) return;
      const plan = await askOrigin('/explain/', id).catch(() => undefined);
      log.debug({ plan: plan?.body }, 'the plan');
    });
  }
  next();
};

export function tell(
  { locals: { log } }: Response,
  event: string,
  userId: number | undefined,
  outcome = 'success',
): void {
  log[outcome === 'success' ? 'info' : 'warn']({ event, outcome, userId }, event);
}
