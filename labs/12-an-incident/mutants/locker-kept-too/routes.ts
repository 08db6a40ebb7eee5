/*
 * Given: the routes of the API, which are right. What they read, they ask of the parts in server.ts; what happens, they
 * tell them. Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { demandStaff, signIn, signOut, type User, whoAsks } from './users.ts';

/** Something that happened, as the log is to tell it. */
export interface SchoolEvent {
  event: 'login' | 'logout' | 'grades.read' | 'grade.created' | 'subject.updated';
  outcome: 'success' | 'failure';
  /** Absent where nobody is known. */
  userId?: number | undefined;
}

/** A page of the school's web site, as the origin keeps it: a whole response. */
export interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What is repaired in server.ts. All of them give what the origin said, now or before. */
export interface Parts {
  /** Of a student: `grades/?page=1` (the page is percent-encoded) or `stats/`. */
  ownData(user: User, what: string, requestId: string): Promise<OriginAnswer>;
  /** Called once a grade is posted, before that is answered. */
  gradePosted(studentId: string): Promise<void>;
  /** The statistics of a subject; its name may be written in any case. */
  subjectStats(name: string, requestId: string): Promise<OriginAnswer>;
  /** With status 200 its body is a Page. */
  page(id: string, request: FastifyRequest): Promise<OriginAnswer>;
  tell(request: FastifyRequest, event: SchoolEvent): void;
}

type WithId = { Params: { id: string } };
type WithName = { Params: { name: string } };

export function addRoutes(app: App, parts: Parts): void {
  const { ownData, gradePosted, subjectStats, page, tell } = parts;

  /** Tells of a success, where it was one. */
  const done = (request: FastifyRequest, event: SchoolEvent['event'], by: User, status: number) => {
    if (status < 400) tell(request, { event, outcome: 'success', userId: by.userId });
  };

  app.get('/api/v1/me/grades/', async (request, reply) => {
    const user = await whoAsks(request);
    const { status, body } = await ownData(user, `grades/?page=${pageOf(request)}`, request.id);
    done(request, 'grades.read', user, status);
    return reply.code(status).send(body);
  });

  app.get('/api/v1/me/stats/', async (request, reply) => {
    const { status, body } = await ownData(await whoAsks(request), 'stats/', request.id);
    return reply.code(status).send(body);
  });

  app.get('/api/v1/me/locker/', async (request, reply) => {
    const { status, body } = await ownData(await whoAsks(request), 'locker/', request.id);
    return reply.code(status).send(body);
  });

  app.post<WithId>('/api/v1/students/:id/grades/', async (request, reply) => {
    const user = await whoAsks(request);
    demandStaff(user);
    const { id } = request.params;
    const change = { method: 'POST', body: request.body ?? null } as const;
    const path = `/students/${encodeURIComponent(id)}/grades/`;
    const { status, body } = await askOrigin(path, request.id, change);
    if (status === 201) await gradePosted(id);
    done(request, 'grade.created', user, status);
    return reply.code(status).send(body);
  });

  app.get<WithName>('/api/v1/subjects/:name/stats/', async (request, reply) => {
    const { status, body } = await subjectStats(request.params.name, request.id);
    return reply.code(status).send(body);
  });

  app.put<WithName>('/api/v1/subjects/:name/', async (request, reply) => {
    const user = await whoAsks(request);
    demandStaff(user);
    const change = { method: 'PUT', body: request.body ?? null } as const;
    const path = `/subjects/${encodeURIComponent(request.params.name)}/`;
    const { status, body } = await askOrigin(path, request.id, change);
    done(request, 'subject.updated', user, status);
    return reply.code(status).send(body);
  });

  app.post('/api/v1/users/login/', async (request, reply) => {
    const { status, body, userId } = await signIn(request.body, request.id);
    const outcome = status === 200 ? 'success' : 'failure';
    tell(request, { event: 'login', outcome, userId });
    return reply.code(status).send(body);
  });

  app.post('/api/v1/users/logout/', async (request, reply) => {
    const user = await whoAsks(request);
    await signOut(request);
    done(request, 'logout', user, 204);
    return reply.code(204).send();
  });

  // HEAD, too: Fastify adds it to every GET.
  app.get<WithId>('/pages/:id/', async (request, reply) => {
    const { status, body } = await page(request.params.id, request);
    if (status !== 200) return reply.code(status).send(body);
    const found = body as Page;
    return reply.code(found.status).headers(found.headers).send(found.body);
  });
}

/** The page that is asked for, as a text that can stand in an address: `1` where none is named. */
function pageOf({ query }: FastifyRequest): string {
  const { page = '' } = query as { page?: string | string[] };
  const [first = ''] = [page].flat();
  return encodeURIComponent(first || '1');
}
