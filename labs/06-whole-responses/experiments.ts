import type { ExperimentResult, Probe, ProbeRequest, ScriptedPage } from 'course-labs/kit';
import { askCounted } from 'course-labs/kit';

const html = { 'content-type': 'text/html; charset=utf-8' };
const none = 'none';

/** A page that was asked for, with what it cost. */
interface Seen {
  status: number;
  cookie: string;
  body: string;
  calls: number;
}

async function see(probe: Probe, id: string, request: Omit<ProbeRequest, 'path'> = {}) {
  const path = `/pages/${id}/`;
  const filter = { route: 'page', key: id } as const;
  const { answer, calls } = await askCounted(
    probe.origin,
    probe.server,
    { ...request, path },
    filter,
  );
  const cookie = [answer.headers['set-cookie'] ?? none].flat()[0] ?? none;
  const seen: Seen = { status: answer.status, cookie, body: answer.text, calls };
  return { seen, answer };
}

/** From now on the welcome page gives whoever comes this session. */
function welcome(probe: Probe, id: string, who: string, session: string): Promise<void> {
  const body = `Welcome! Your basket: ${who}`;
  return probe.origin.script(id, {
    status: 200,
    headers: { ...html, 'set-cookie': session },
    body,
  });
}

/** What the two visitors by hand leave. */
export interface TwoVisitors {
  bobGot: 'his' | 'hers' | 'none';
  alice: string;
  bob: string;
}

/** alice and bob come to the welcome page for the first time, one after the other. */
export async function twoVisitors(probe: Probe): Promise<ExperimentResult> {
  const sessions = {
    alice: `session=${probe.random.text(4)}-alice`,
    bob: `session=${probe.random.text(4)}-bob`,
  };
  await welcome(probe, 'welcome', 'alice', sessions.alice);
  const alice = (await see(probe, 'welcome')).seen;
  await welcome(probe, 'welcome', 'bob', sessions.bob);
  const bob = (await see(probe, 'welcome')).seen;
  const isHers = bob.cookie === sessions.alice;
  const bobGot = isHers ? 'hers' : bob.cookie === sessions.bob ? 'his' : 'none';
  const data: TwoVisitors = { bobGot, ...sessions };
  const lines = ({ status, cookie, body, calls }: Seen, wrong: boolean) => [
    { text: 'GET /pages/welcome/' },
    { text: '(no cookie yet)' },
    { text: '' },
    { text: `${status}` },
    { text: `Set-Cookie: ${cookie}`, ...(wrong && { mark: "alice's session" }) },
    { text: body, ...(wrong && { mark: 'not bob' }) },
    { text: `calls to the origin: ${calls}` },
  ];
  return {
    data: { ...data },
    exhibit: {
      kind: 'side-by-side',
      columns: [
        { heading: 'alice came first', lines: lines(alice, false) },
        { heading: 'bob came to the same page', lines: lines(bob, isHers) },
      ],
      notes: [
        isHers
          ? `The origin would have given bob ${sessions.bob}. It was not asked.`
          : 'The origin was asked for each of them.',
      ],
    },
  };
}

/** One pair of requests: what the origin says to the first, and who asks next. */
interface Pair {
  first: string;
  next: string;
  page?: Partial<ScriptedPage> | 'nothing' | 'failure';
  asks?: Omit<ProbeRequest, 'path'>;
  asksNext?: Omit<ProbeRequest, 'path'>;
}

const pairs = (probe: Probe): readonly Pair[] => [
  { first: 'no page there yet: 404', next: 'when it is there', page: 'nothing' },
  { first: 'the origin fails: 502', next: 'when it is well', page: 'failure' },
  {
    first: 'Cache-Control: private',
    next: 'somebody else',
    page: { headers: { 'cache-control': 'private' } },
  },
  {
    first: 'Cache-Control: no-store',
    next: 'somebody else',
    page: { headers: { 'cache-control': 'no-store' } },
  },
  {
    first: 'Vary: Accept-Language, to de',
    next: 'with en',
    page: { headers: { vary: 'Accept-Language' } },
    asks: { headers: { 'accept-language': 'de' } },
    asksNext: { headers: { 'accept-language': 'en' } },
  },
  { first: 'Vary: *', next: 'somebody else', page: { headers: { vary: '*' } } },
  {
    first: "to alice's token",
    next: 'nobody signed in',
    asks: { token: probe.school.alice.tokens[0] },
  },
  { first: 'to a cookie', next: 'no cookie', asks: { headers: { cookie: 'theme=dark' } } },
];

/** What the pairs leave. */
export interface WhatIsKept {
  pairs: number;
  /** Second requests that the store answered. */
  replayed: number;
  /** Those of them that the origin had to answer. */
  wrong: number;
}

/** Ten pairs of requests: does the second one reach the origin? */
export async function whatIsKept(probe: Probe): Promise<ExperimentResult> {
  const rows: { first: string; next: string; calls: number; due: number }[] = [];
  for (const [index, pair] of pairs(probe).entries()) {
    const id = `page-${index}`;
    const { first, next, page = {} } = pair;
    const said = { status: 200, body: 'as it was', headers: html };
    if (page === 'failure') {
      await probe.origin.fail({ route: 'page', key: id, status: 503, times: 1 });
    } else if (page !== 'nothing') {
      await probe.origin.script(id, { ...said, ...page, headers: { ...html, ...page.headers } });
    }
    await see(probe, id, pair.asks);
    await probe.origin.script(id, { ...said, body: 'as it is now' });
    const { calls } = (await see(probe, id, pair.asksNext)).seen;
    rows.push({ first, next, calls, due: 1 });
  }
  rows.push({ first: "alice's login", next: "bob's login", calls: await logins(probe), due: 1 });
  await probe.origin.script('plain', { status: 200, headers: html, body: 'plain' });
  await see(probe, 'plain');
  const { calls } = (await see(probe, 'plain', { method: 'HEAD' })).seen;
  rows.push({ first: 'a plain page, by GET', next: 'by HEAD', calls, due: 0 });
  const replayed = rows.filter((row) => row.calls === 0);
  const wrong = replayed.filter(({ due }) => due > 0).length;
  const data: WhatIsKept = { pairs: rows.length, replayed: replayed.length, wrong };
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: 'The second request of each pair',
      columns: ['what came first', 'who asks next', 'calls to the origin', 'should be'],
      rows: rows.map((row) => [row.first, row.next, { value: row.calls }, { value: row.due }]),
      notes: [
        `From the store, although the origin should have answered: ${wrong} of ${rows.length}.`,
      ],
    },
  };
}

/** Logs alice in, then bob; gives the calls that bob's login made. */
async function logins(probe: Probe): Promise<number> {
  let last = 0;
  for (const { username, password } of [probe.school.alice, probe.school.bob]) {
    const body = { username, password };
    const request = { method: 'POST', path: '/api/v1/users/login/', body };
    const login = { route: 'token-create' } as const;
    last = (await askCounted(probe.origin, probe.server, request, login)).calls;
  }
  return last;
}

/** What the visitors of a page whose entry expires leave. */
export interface Queue {
  ttlSeconds: number;
  /** In order; bob is the last. */
  visits: readonly { who: string; atMs: number }[];
  /** Whose session bob was given. */
  bobGot: string;
}

/** Five visitors come to the welcome page; between two of them the TTL passes. */
export async function queue(probe: Probe): Promise<ExperimentResult> {
  const { cacheTtlSeconds: ttlSeconds = 60 } = probe.server.settings;
  const names = [...probe.random.shuffle(['alice', 'carol', 'dave', 'erin']), 'bob'];
  const before = probe.random.integer(1, 3);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const id = `welcome-${attempt}`;
    const visits: { who: string; atMs: number; calls: number; cookie: string }[] = [];
    const start = probe.clock.nowMs();
    let endMs = start;
    for (const [index, who] of names.entries()) {
      if (index === before) await probe.waitUntil(endMs + 20);
      await welcome(probe, id, who, `session=${probe.random.text(4)}-${who}`);
      const { seen, answer } = await see(probe, id);
      if (index === 0) endMs = answer.receivedAtMs + ttlSeconds * 1000;
      visits.push({ who, atMs: answer.sentAtMs - start, calls: seen.calls, cookie: seen.cookie });
    }
    // A busy machine may let the TTL pass elsewhere, too: then it is another story.
    if (visits.some(({ calls }, index) => calls > 0 !== (index === 0 || index === before)))
      continue;
    const bobGot = visits.at(-1)?.cookie.split('-').at(-1) ?? none;
    const data: Queue = {
      ttlSeconds,
      visits: visits.map(({ who, atMs }) => ({ who, atMs })),
      bobGot,
    };
    return {
      data: { ...data },
      exhibit: {
        kind: 'timeline',
        title: `CACHE_TTL_S is ${ttlSeconds}`,
        moments: visits.map(({ who, atMs }) => ({
          atMs,
          who,
          what: 'first visit to /pages/welcome/, without a cookie',
        })),
        notes: ['The origin gives each visitor who reaches it a session of their own.'],
      },
    };
  }
  throw new Error(`five visits took longer than a TTL of ${ttlSeconds} s, 5 times`);
}
