/*
 * Given: the routes. They know nothing of the cache, as a Django view knows nothing of cache_page.
 * Nothing here needs to change.
 */
import type { App } from './app.ts';
import { askOrigin } from './origin.ts';

/** A page of the school's web site, as the origin keeps it: a whole response. */
interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export function addRoutes(app: App): void {
  // GET and, since Fastify adds it to every GET, HEAD.
  app.get<{ Params: { id: string } }>('/pages/:id/', async (request, reply) => {
    const path = `/pages/${encodeURIComponent(request.params.id)}/`;
    const { status, body } = await askOrigin(path, request.id);
    if (status !== 200) return reply.code(status).send(body);
    const page = body as Page;
    return reply.code(page.status).headers(page.headers).send(page.body);
  });

  app.post('/api/v1/users/login/', async (request, reply) => {
    const { status, body } = await askOrigin('/tokens/', request.id, request.body ?? {});
    return reply.code(status).send(body);
  });
}
