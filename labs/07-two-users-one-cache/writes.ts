/*
 * What both demonstration servers have in common: the routes that change something, and the locker.
 */
import type { App } from './starter/app.ts';
import { askOrigin } from './starter/origin.ts';
import { staffOnly, tokenOf, whoAsks } from './starter/request.ts';

/** Adds the routes. `onGrade` is told of each posted grade before it is answered. */
export function addWrites(app: App, onGrade: (studentId: string) => void): void {
  app.get('/api/v1/me/locker/', async (request, reply) => {
    const { userId } = await whoAsks(request);
    const { status, body } = await askOrigin(`/students/${userId}/locker/`, request.id);
    return reply.code(status).send(body);
  });

  app.post<{ Params: { id: string } }>('/api/v1/students/:id/grades/', async (request, reply) => {
    await staffOnly(request);
    const { id } = request.params;
    const path = `/students/${encodeURIComponent(id)}/grades/`;
    const change = { method: 'POST', body: request.body } as const;
    const { status, body } = await askOrigin(path, request.id, change);
    onGrade(id);
    return reply.code(status).send(body);
  });

  app.post('/api/v1/users/logout/', async (request, reply) => {
    await whoAsks(request);
    await askOrigin(`/tokens/${tokenOf(request)}/`, request.id, { method: 'DELETE' });
    return reply.code(204).send();
  });
}
