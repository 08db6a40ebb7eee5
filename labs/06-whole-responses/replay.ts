import type { Expiry, FailureContext, Probe, User, WatchedEntry } from 'course-labs/kit';
import { askCounted, demand, watchExpiry } from 'course-labs/kit';
import {
  demandFromStore,
  demandPage,
  freshPage,
  newBody,
  publish,
  visit,
  type Words,
} from './page-visits.ts';

/** Three browsers ask for one page: only the first costs a call. */
export async function repeats(probe: Probe, words: Words): Promise<void> {
  const asked = 'a plain page, by three browsers, one after the other';
  const context = { ...words, asked };
  const page = freshPage(probe);
  const said = await publish(probe, page, { body: newBody(probe, 'plain') });
  for (const which of ['first', 'second', 'third']) {
    const headers = { 'user-agent': `browser-${which}`, 'x-request-id': probe.random.text(12) };
    const each = await visit(probe, page, { headers });
    demandPage(which, said, each.answer, context);
    if (which !== 'first') demandFromStore(which, each, context);
  }
}

/** Headers of the page that must be there again: with the values compared as `read` gives them. */
const replayed = {
  'content-type': (text: string) => text.toLowerCase().replaceAll(' ', ''),
  etag: (text: string) => text,
  'x-edition': (text: string) => text,
};

export async function isWhole(probe: Probe, words: Words): Promise<void> {
  const context = { ...words, asked: 'a page with an ETag and an X-Edition, twice' };
  const page = freshPage(probe);
  const headers = { etag: `"${probe.random.text(8)}"`, 'x-edition': probe.random.text(8) };
  const said = await publish(probe, page, { headers, body: newBody(probe, 'whole') });
  for (const which of ['first', 'second']) {
    const { answer } = await visit(probe, page);
    demandPage(which, said, answer, context);
    for (const [name, read] of Object.entries(replayed)) {
      const wanted = read(said.headers[name] ?? '');
      const got = read(String(answer.headers[name] ?? 'none'));
      demand(`${which} ${name}`, wanted, got, { ...context, request: answer.request });
    }
  }
}

export async function headAfterGet(probe: Probe, words: Words): Promise<void> {
  const context = { ...words, asked: 'a page by GET, and then by HEAD' };
  const page = freshPage(probe);
  const said = await publish(probe, page, { body: newBody(probe, 'long') });
  const whole = await visit(probe, page);
  demandPage('first', said, whole.answer, context);
  const head = await visit(probe, page, { method: 'HEAD' });
  demandFromStore('second', head, context);
  demandPage('second', said, head.answer, context);
  const shown = { ...context, request: head.answer.request };
  const length = whole.answer.headers['content-length'];
  // Where the GET was sent in chunks, without a length, HEAD has none to tell.
  if (length === undefined) return;
  demand('Content-Length', String(length), String(head.answer.headers['content-length']), shown);
}

export async function getAfterHead(probe: Probe, words: Words): Promise<void> {
  const context = { ...words, asked: 'a page by HEAD, and then by GET, twice' };
  const page = freshPage(probe);
  const said = await publish(probe, page, { body: newBody(probe, 'long') });
  const head = await visit(probe, page, { method: 'HEAD' });
  demandPage('first', said, head.answer, context);
  demandPage('second', said, (await visit(probe, page)).answer, context);
  demandPage('third', said, (await visit(probe, page)).answer, context);
}

/** Two visitors whose values are the same share what is stored. */
export async function sharesByValue(probe: Probe, words: Words): Promise<void> {
  const asked = 'a page with Vary: Accept-Language, twice with Accept-Language: de';
  const context = { ...words, asked };
  const page = freshPage(probe);
  const headers = { vary: 'Accept-Language' };
  const said = await publish(probe, page, { headers, body: newBody(probe, 'deutsch') });
  const german = { headers: { 'accept-language': 'de' } };
  demandPage('first', said, (await visit(probe, page, german)).answer, context);
  const again = await visit(probe, page, german);
  const help = 'Pages with Vary are not stored, or not found again.';
  demandFromStore('second', again, { ...context, help });
  demandPage('second', said, again.answer, context);
}

/** Between two answers this far apart every clock has passed a whole second. */
const secondAndMoreMs = 2_000;
/** Over a time as long as this an Age in milliseconds is far too high: over less it may look like one in seconds. */
const secondMs = 1_000;

export async function ageGrows(probe: Probe, words: Words): Promise<void> {
  const page = freshPage(probe);
  const said = await publish(probe, page, { body: newBody(probe, 'old') });
  const { answer: fill } = await visit(probe, page);
  demandPage('first', said, fill, { ...words, asked: 'a page' });
  const asked = `a page, and again until its Age had grown, or ${secondAndMoreMs / 1000} s were over`;
  const context = { ...words, asked, request: fill.request };
  const look = async () => {
    const { answer } = await visit(probe, page);
    const text = String(answer.headers.age ?? 'none');
    // A second more than since the fill was sent: whoever rounds up, or whose clock was put right, is not wrong.
    const atMost = Math.ceil((answer.receivedAtMs - fill.sentAtMs) / 1000) + 1;
    const wanted = `whole seconds, at most ${atMost}`;
    const isAge = /^\d+$/.test(text) && Number(text) <= atMost;
    demand('Age', wanted, isAge ? wanted : text, context);
    return { ...answer, age: Number(text) };
  };
  const start = await look();
  let last = start;
  const isOver = async () => {
    last = await look();
    const passedMs = last.sentAtMs - start.receivedAtMs;
    return passedMs >= secondAndMoreMs || (passedMs >= secondMs && last.age > start.age);
  };
  await probe.poll(isOver, Number.POSITIVE_INFINITY);
  const wanted = `more than ${start.age}`;
  demand('Age at the end', wanted, last.age > start.age ? wanted : last.age, context);
}

/**
 * Watches two pages on a server with a TTL of 1 s; they change once they are stored, and are asked for meanwhile: a plain
 * one, and one for readers of German of which each time somebody else asks for another language.
 */
export async function expires(probe: Probe, words: Words): Promise<void> {
  const watch = (entry: () => Promise<WatchedEntry>) =>
    watchExpiry(probe, { ttlSeconds: 1, usedAt: [0.7], entry });
  const [plain, varied] = await Promise.all([
    watch(() => plainEntry(probe)),
    watch(() => variedEntry(probe)),
  ]);
  const times = 'once more within CACHE_TTL_S=1, and again after it';
  demandInTime(plain, { ...words, asked: `a page, ${times}` });
  const help = 'Another language was stored meanwhile: each variant has a TTL of its own.';
  demandInTime(varied, { ...words, help, asked: `a page with Vary, in German, ${times}` });
}

function demandInTime(expiry: Expiry, words: FailureContext): void {
  const context = { ...words, request: expiry.answer.request };
  const early = expiry.kind === 'early' ? `the origin, after ${expiry.share} s` : 'the store';
  demand('within the TTL, from', 'the store', early, context);
  const late = expiry.kind === 'never' || expiry.kind === 'stale' ? 'the store' : 'the origin';
  demand('after the TTL, from', 'the origin', late, context);
}

async function plainEntry(probe: Probe): Promise<WatchedEntry> {
  const page = freshPage(probe);
  await publish(probe, page, { body: newBody(probe, 'old') });
  const news = newBody(probe, 'new');
  return {
    ask: async () => (await visit(probe, page)).answer,
    calls: () => probe.origin.count({ route: 'page', key: page.id }),
    change: async () => void (await publish(probe, page, { body: news })),
    isNew: ({ text }) => text === news,
  };
}

/** A variant of a page: whoever keeps one time for all variants of a URL prolongs it by each that is stored. */
async function variedEntry(probe: Probe): Promise<WatchedEntry> {
  const page = freshPage(probe);
  const headers = { vary: 'Accept-Language' };
  await publish(probe, page, { headers, body: newBody(probe, 'old') });
  const news = newBody(probe, 'new');
  let callsOfOthers = 0;
  return {
    ask: async () => {
      const { answer } = await visit(probe, page, { headers: { 'accept-language': 'de' } });
      const another = { 'accept-language': `x-${probe.random.text(6)}` };
      callsOfOthers += (await visit(probe, page, { headers: another })).calls;
      return answer;
    },
    calls: async () => (await probe.origin.count({ route: 'page', key: page.id })) - callsOfOthers,
    change: async () => void (await publish(probe, page, { headers, body: news })),
    isNew: ({ text }) => text === news,
  };
}

/** alice and bob log in, one after the other: each must get a key of their own, made for this login. */
export async function logIn(probe: Probe, words: Words): Promise<void> {
  const { alice, bob } = probe.school;
  for (const user of [alice, bob]) {
    const { username, password } = user;
    const body = { username, password };
    const request = { method: 'POST', path: '/api/v1/users/login/', body };
    const login = { route: 'token-create' } as const;
    const { answer, calls } = await askCounted(probe.origin, probe.server, request, login);
    const asked = user === alice ? 'alice logged in' : 'alice logged in, and then bob';
    const context = { ...words, asked, request };
    demand('status', 200, answer.status, context);
    demand('answered by', 'the origin', calls > 0 ? 'the origin' : 'the store', context);
    demand('whose key', username, await ownerOf(probe, answer.json, [alice, bob]), context);
  }
}

async function ownerOf(probe: Probe, json: unknown, users: readonly User[]): Promise<string> {
  const { key } = (json ?? {}) as { key?: unknown };
  if (typeof key !== 'string') return 'no key';
  const { status, json: found } = await probe.origin.ask(`/tokens/${encodeURIComponent(key)}/`);
  if (status !== 200) return 'nobody';
  const { userId } = found as { userId: number };
  return users.find(({ id }) => id === userId)?.username ?? 'somebody else';
}
