/*
 * Lab 6, exercise C1: make this plug-in safe for public pages.
 *
 * Today it stores every response under its URL, and sends it to whoever asks next. Change that in
 * this file. With CACHE_BACKEND=memory:
 *
 * - Store only what a GET brought with status 200. GET and HEAD are answered from it: with its
 *   status, its headers and its body, and HEAD without the body but with the same Content-Length.
 *   Everything else passes through.
 * - Never store a response with Set-Cookie, with `Vary: *`, or with private, no-store or no-cache
 *   in its Cache-Control: in capitals or not, with whatever spaces, alone or in a list.
 * - A request with Authorization or Cookie is not answered from the store, and what it brings is
 *   not stored, unless that response says `public`, which changes nothing else.
 * - Where a response has Vary, it is for requests with the same values of the headers named there.
 *   A header that is absent is not the same as one that is empty. What neither Vary nor the URL
 *   names (a request id, a browser's name) does not split the store.
 * - Whatever comes from the store has an Age: its whole seconds in the store, and it grows.
 * - After CACHE_TTL_S seconds in the store a response is not used any more.
 *
 * With CACHE_BACKEND=none, each request goes to the origin, as today.
 * Check: course-labs check-answer 6 C1     Try by hand: course-labs serve 6 --mine
 */
import type { FastifyReply } from 'fastify';
import { createApp, start } from './app.ts';
import { addRoutes } from './routes.ts';

/** A whole response, as it was sent. */
interface Stored {
  status: number;
  headers: ReturnType<FastifyReply['getHeaders']>;
  body: string;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAtMs: number;
}

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const store = new Map<string, Stored>();

const app = createApp();
app.log.info({ backend, ttlMs }, 'cache settings');

if (backend === 'memory') {
  // Before the handler: who asks for what is stored gets it, and the handler is not called.
  app.addHook('onRequest', async (request, reply) => {
    const stored = store.get(request.url);
    if (stored === undefined || performance.now() >= stored.endsAtMs) return;
    return reply.code(stored.status).headers(stored.headers).send(stored.body);
  });

  // After the handler, and also when the hook above has answered: the response is ready to be sent.
  app.addHook('onSend', async (request, reply, payload) => {
    const stored = store.get(request.url);
    if (typeof payload !== 'string' || (stored && performance.now() < stored.endsAtMs)) return;
    const { statusCode: status } = reply;
    const endsAtMs = performance.now() + ttlMs;
    store.set(request.url, { status, headers: reply.getHeaders(), body: payload, endsAtMs });
  });
}

addRoutes(app);
await start(app);
