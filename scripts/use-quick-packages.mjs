import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

// Uses the packages as servers do, and then keeps what V8 compiled: functions that were called are part of it.
const [, , folder, ...names] = argv;
const scripts = [];
globalThis[Symbol.for('course-labs.code-caches')] = (script, place) =>
  scripts.push({ script, place });

const load = (name) => import(pathToFileURL(resolve(folder, name, 'index.mjs')).href);
const packages = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, (await load(name)).default])),
);

const { fastify, ioredis, pino } = packages;
const nowhere = { write: () => {} };
const logger = pino({ level: 'debug', base: { name: 'x' } }, pino.multistream([nowhere]));
logger.child({ reqId: '1' }).debug({ err: new Error('x') }, 'a record');
const app = fastify({ loggerInstance: logger });
app.addHook('onRequest', async () => {});
app.addHook('onSend', async (_request, reply) => void reply.header('x', '1'));
app.get('/a/:id', async (request) => ({ id: request.params.id }));
app.post('/a', async (request, reply) => reply.code(201).send(request.body));
app.get('/fails', async () => {
  throw new Error('x');
});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const json = { 'content-type': 'application/json' };
for (const path of ['/a/1?b=2', '/fails', '/nowhere']) await (await fetch(url + path)).text();
await (await fetch(`${url}/a`, { method: 'POST', headers: json, body: '{"a":1}' })).text();
await app.close();
new ioredis.Redis({ lazyConnect: true }).disconnect();

for (const { script, place } of scripts) {
  writeFileSync(join(place, 'code.cache'), script.createCachedData());
}
