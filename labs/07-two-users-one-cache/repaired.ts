/*
 * The API of lab 7 with the users kept apart: first who asks, then a key with that user in it. The benchmark measures
 * it beside `server.ts`, so that the price of the repair can be seen.
 */
import NodeCache from 'node-cache';
import { createApp, start } from './starter/app.ts';
import { askOrigin, type OriginAnswer } from './starter/origin.ts';
import { pageOf, whoAsks } from './starter/request.ts';
import { addWrites } from './writes.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

/** One more with each posted grade: part of the keys of all that is kept for the student. */
const generations = new Map<string, number>();

async function ofStudent(id: number, what: string, requestId: string): Promise<OriginAnswer> {
  const key = `student:${id}:${generations.get(`${id}`) ?? 0}:${what}`;
  const kept = cache?.get<OriginAnswer>(key);
  if (kept !== undefined) return kept;
  const answer = await askOrigin(`/students/${id}/${what}`, requestId);
  if (answer.status === 200) cache?.set(key, answer, ttlSeconds);
  return answer;
}

const app = createApp();

app.get('/api/v1/me/grades/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const what = `grades/?page=${pageOf(request)}`;
  const { status, body } = await ofStudent(userId, what, request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/me/stats/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await ofStudent(userId, 'stats/', request.id);
  return reply.code(status).send(body);
});

addWrites(app, (id) => generations.set(id, (generations.get(id) ?? 0) + 1));

await start(app);
