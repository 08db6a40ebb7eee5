import type { FastifyReply, FastifyRequest } from 'fastify';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A page in the store, and for which requests it is. */
interface Entry {
  page: Page;
  /** Values of the headers that the page varies on, by name; undefined where the header was absent. */
  values: Map<string, string | undefined>;
  forEverybody: boolean;
  bornMs: number;
}

const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const isOn = (process.env.CACHE_BACKEND ?? 'memory') === 'memory';

/** All pages that are stored under one path. */
const shelves = new Map<string, Entry[]>();

const header = (request: FastifyRequest, name: string) => request.headers[name]?.toString();
const isAnonymous = ({ headers }: FastifyRequest) =>
  headers.authorization === undefined && headers.cookie === undefined;

/** A header of the page, whatever way its name is spelt. */
function said(page: Page, wanted: string): string {
  const found = Object.entries(page.headers).find(([name]) => name.toLowerCase() === wanted);
  return found?.[1].toLowerCase() ?? '';
}

/** Wraps the loading of a page: the page comes from its shelf, or from `load`, and is shelved if that is safe. */
function cached(load: (request: FastifyRequest) => Promise<Page>) {
  return async (request: FastifyRequest): Promise<{ page: Page; ageSeconds?: number }> => {
    if (!isOn) return { page: await load(request) };
    const now = performance.now();
    const shelf = (shelves.get(request.url) ?? []).filter(({ bornMs }) => now < bornMs + ttlMs);
    shelves.set(request.url, shelf);
    const entry = shelf.find(
      ({ values, forEverybody }) =>
        (forEverybody || isAnonymous(request)) &&
        [...values].every(([name, value]) => header(request, name) === value),
    );
    if (entry) return { page: entry.page, ageSeconds: Math.floor((now - entry.bornMs) / 1000) };

    const page = await load(request);
    const forbids = /(^|[\s,])(private|no-store|no-cache)($|[\s,=])/.test(
      said(page, 'cache-control'),
    );
    const forEverybody = /(^|[\s,])public($|[\s,])/.test(said(page, 'cache-control'));
    const names = said(page, 'vary')
      .split(/[\s,]+/)
      .filter(Boolean);
    const isSafe =
      page.status === 200 && !forbids && !names.includes('*') && said(page, 'set-cookie') === '';
    if (isSafe && (forEverybody || isAnonymous(request))) {
      const values = new Map(names.map((name) => [name, header(request, name)]));
      shelf.push({ page, values, forEverybody, bornMs: performance.now() });
    }
    return { page };
  };
}

/** What the origin answers instead of a page: it is sent on, and is no page to be kept. */
class NoPage extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super(`the origin answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

const pageOf = cached(async (request) => {
  const { id } = request.params as { id: string };
  const { status, body } = await askOrigin(`/pages/${encodeURIComponent(id)}/`, request.id);
  if (status !== 200) throw new NoPage(status, body);
  return body as Page;
});

const app = createApp();

app.get('/pages/:id/', async (request, reply: FastifyReply) => {
  try {
    const { page, ageSeconds } = await pageOf(request);
    if (ageSeconds !== undefined) reply.header('age', ageSeconds);
    return reply.code(page.status).headers(page.headers).send(page.body);
  } catch (error) {
    if (error instanceof NoPage) return reply.code(error.status).send(error.body);
    throw error;
  }
});

app.post('/api/v1/users/login/', async (request, reply) => {
  const { status, body } = await askOrigin('/tokens/', request.id, request.body ?? {});
  return reply.code(status).send(body);
});

await start(app);
