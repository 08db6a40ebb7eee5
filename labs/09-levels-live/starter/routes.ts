/*
 * Given: the routes of the school's API. They write records at all six levels, and leave it to
 * server.ts which of them are kept, and where. Nothing here needs to change.
 */
import { type App, FatalError } from './app.ts';
import { askOrigin } from './origin.ts';
import { pageOf, whoAsks } from './request.ts';
import { statisticsOf } from './statistics.ts';

/** Adds the routes. Each request that is served writes at debug, and at info or above. */
export function addRoutes(app: App): void {
  app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
    const { status, body } = await statisticsOf(request, request.params.name);
    return reply.code(status).send(body);
  });

  app.get('/api/v1/me/grades/', async (request, reply) => {
    const { userId } = await whoAsks(request);
    const page = pageOf(request);
    const { status, body } = await askOrigin(request, {
      what: 'page of grades',
      path: `/students/${userId}/grades/?page=${page}`,
    });
    const { owner } = body as { owner?: number };
    request.log.trace({ userId, owner }, "is it the asker's own?");
    // Nothing that this registrar says can be trusted any more, and nobody is shown it.
    if (status === 200 && owner !== userId) {
      throw new FatalError("the registrar mixes up its students: another one's grades came");
    }
    if (status === 200) {
      const record = { event: 'grades.read', userId, page, outcome: 'success' };
      request.log.info(record, 'grades were read');
    }
    return reply.code(status).send(body);
  });

  app.post<{ Body: { username?: unknown } | null }>(
    '/api/v1/users/login/',
    async (request, reply) => {
      const { status, body } = await askOrigin(request, {
        what: 'new token',
        path: '/tokens/',
        posted: request.body ?? {},
      });
      if (status === 200) {
        request.log.info({ event: 'login', outcome: 'success' }, 'somebody signed in');
      } else {
        request.log.warn({ event: 'login', outcome: 'failure' }, 'a sign-in was refused');
      }
      return reply.code(status).send(body);
    },
  );
}
