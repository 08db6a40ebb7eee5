import type { ExperimentResult, Probe, Server } from 'course-labs/kit';
import { apiPath, askCounted, countedTable, originTruth } from 'course-labs/kit';

/** Two things to ask for, in eight spellings; without `/api/v1`, as the lesson shows them. */
export const spellings = [
  '/subjects/?search=Art',
  '/subjects/?search=Art&page=1',
  '/subjects/?page=1&search=Art',
  '/subjects/?search=Art&utm_source=mail',
  '/subjects/?search=Art&utm_source=poster',
  '/subjects/Python/',
  '/subjects/python/',
  '/subjects/PYTHON/',
] as const;

/** What the experiment with the spellings leaves for texts. */
export interface Spelled {
  asked: number;
  calls: number;
}

/** Asks for two things in eight spellings, one after the other. */
export async function askSpellings({ origin, server }: Probe): Promise<ExperimentResult> {
  // The first requests of a process are slow, whatever they ask for.
  for (const warmUp of ['?search=warm-up', 'warm-up/']) {
    await server.get(`${apiPath('subjects')}${warmUp}`);
  }
  const rows: Record<string, Awaited<ReturnType<typeof askCounted>>> = {};
  for (const address of spellings) {
    rows[address] = await askCounted(origin, server, { path: `/api/v1${address}` });
  }
  const calls = Object.values(rows).reduce((sum, row) => sum + row.calls, 0);
  const data: Spelled = { asked: spellings.length, calls };
  const note = `${spellings.length} requests for 2 things: ${calls} calls to the origin.`;
  return { data: { ...data }, exhibit: countedTable('Two things, eight addresses', rows, [note]) };
}

/** What the experiment with the languages leaves for texts. */
export interface Languages {
  /** Answers to English clients. */
  english: number;
  /** Of these, the German ones. */
  german: number;
  /** Calls to the origin, for all of them. */
  calls: number;
}

const englishClients = 50;

/** One client asks in German; after that everybody asks for the same in English. */
export async function askInTwoLanguages({ origin, server }: Probe): Promise<ExperimentResult> {
  const path = apiPath('subjects', 'Python');
  const ask = (language: string): Promise<string> =>
    server.get(path, { headers: { 'accept-language': language } }).then(descriptionOf);
  const germanText = descriptionOf(await origin.ask('/subjects/Python/?lang=de'));
  const before = await origin.count();
  const one = await ask('de');
  const answers: string[] = [];
  while (answers.length < englishClients) answers.push(await ask('en'));
  const german = answers.filter((text) => text === germanText).length;
  const calls = (await origin.count()) - before;
  const data: Languages = { english: answers.length, german, calls };
  const lines = (language: string, text: string) => [
    { text: `GET ${path}` },
    { text: `Accept-Language: ${language}` },
    { text: '' },
    { text: '200', ...(language === 'en' && text === germanText && { mark: 'German' }) },
    { text: shorten(text) },
  ];
  return {
    data: { ...data },
    exhibit: {
      kind: 'side-by-side',
      columns: [
        { heading: 'asked first', lines: lines('de', one) },
        { heading: 'asked after that', lines: lines('en', answers[0] ?? '') },
      ],
      notes: [
        `${answers.length} clients asked in English, and ${german} were answered in German. The origin was asked ${calls === 1 ? 'once' : `${calls} times`}.`,
      ],
    },
  };
}

function descriptionOf({ json }: { json: unknown }): string {
  return String((json as { description?: unknown } | undefined)?.description);
}

function shorten(text: string): string {
  return text.length > 36 ? `${text.slice(0, 36)}…` : text;
}

/** One server of the experiment with three TTLs. */
export interface AtTtl {
  ttlSeconds: number;
  requests: number;
  calls: number;
  /** Of these requests, the answers that still told the old room. */
  old: number;
  /** Seconds from the first answer until the new room was told; absent where it never was. */
  newAfterSeconds?: number;
}

/** Beside the TTL of the step's own server, in seconds. */
const furtherTtls = [2, 60];
/** A request every 0.3 s for 4 s: none falls together with the end of a TTL. */
const requestCount = 14;
const pauseMs = 300;

function watched(server: Server): { server: Server; seen: AtTtl } {
  const ttlSeconds = server.settings.cacheTtlSeconds ?? 60;
  return { server, seen: { ttlSeconds, requests: 0, calls: 0, old: 0 } };
}

/** The same requests to three servers that differ in their TTL; right after the first, the lesson moves to a new room. */
export async function askAtThreeTtls(probe: Probe): Promise<ExperimentResult> {
  const { origin, clock } = probe;
  const path = apiPath('subjects', 'Python');
  const servers = [watched(probe.server)];
  for (const ttlSeconds of furtherTtls) {
    servers.push(watched(await probe.launch({ cacheTtlSeconds: ttlSeconds })));
  }
  const truth = await originTruth<{ room: string }>(origin, 'subjects', 'Python');
  const moved = JSON.stringify({ ...truth, room: 'Z 9.99' });
  const startMs = clock.nowMs();
  for (let turn = 0; turn < requestCount; turn += 1) {
    await probe.waitUntil(startMs + turn * pauseMs);
    for (const { server, seen } of servers) {
      const { answer, calls } = await askCounted(origin, server, { path });
      seen.requests += 1;
      seen.calls += calls;
      const isOld = (answer.json as { room?: unknown } | undefined)?.room === truth.room;
      if (isOld && turn > 0) seen.old += 1;
      if (!isOld) seen.newAfterSeconds ??= (answer.receivedAtMs - startMs) / 1000;
    }
    if (turn === 0) await origin.fail({ route: 'subject', status: 200, body: moved });
  }
  const results = servers.map(({ seen }) => seen);
  const lastedSeconds = ((requestCount - 1) * pauseMs) / 1000;
  return {
    data: { results },
    exhibit: {
      kind: 'table',
      title: `GET ${path}, ${requestCount} times in ${lastedSeconds} s`,
      columns: ['TTL', 'calls to the origin', 'hit rate', 'old room told', 'new room after'],
      rows: results.map(({ ttlSeconds, requests, calls, old, newAfterSeconds }) => [
        { value: ttlSeconds, unit: 's' },
        { value: calls },
        { value: (1 - calls / requests) * 100, unit: '%', digits: 0 },
        { value: old, unit: 'times' },
        newAfterSeconds === undefined
          ? 'not yet'
          : { value: newAfterSeconds, unit: 's', digits: 1 },
      ]),
      notes: ['The lesson moved to another room right after the first of these requests.'],
    },
  };
}
