import type { Answer, ExperimentResult, OriginCall, Probe } from 'course-labs/kit';
import { plainSubjects } from 'course-labs/kit';
import { callsAbout, crowd, madeUpName, statsPath, times, together } from './scenes.ts';

/** A database 40 ms away with room for five questions at a time. */
export const origin = { roundTripMs: 40, connections: 5 };
const ttlSeconds = 1;
export const watched = {
  cacheTtlSeconds: ttlSeconds,
  cacheGraceSeconds: 60,
  logLevel: 'warn',
} as const;

const unknownNames = 6;
const stormRounds = 6;
const stormAtOnce = 20;

/** What a number of requests came to. */
export interface Scene {
  requests: number;
  /** To the origin. */
  calls: number;
  good: number;
  notFound: number;
  failed: number;
  slowestMs: number;
}

/** The origin fails while an expired entry is wanted: twice by a crowd, and once when it is well again. */
export interface Outage {
  first: Scene;
  again: Scene;
  after: Scene;
}

/** All scenes on the repaired server. */
export interface Repaired extends Outage {
  burst: Scene;
  storm: Scene;
  staleRecords: number;
}

function sceneOf(answers: readonly Answer[], calls: number): Scene {
  const count = (low: number, high: number) =>
    answers.filter(({ status }) => status >= low && status <= high).length;
  return {
    requests: answers.length,
    calls,
    good: count(200, 299),
    notFound: count(404, 404),
    failed: count(500, 599),
    slowestMs: Math.max(...answers.map(({ sentAtMs, receivedAtMs }) => receivedAtMs - sentAtMs)),
  };
}

const subjectOf = (probe: Probe, which: number) => plainSubjects(probe.school)[which]?.name ?? '';

/** A new process opens connections at its first requests, which takes longer than what is to be seen. */
async function warmUp(probe: Probe): Promise<void> {
  const requests = times(crowd, subjectOf(probe, 2));
  await Promise.all(requests.map((request) => probe.server.request(request)));
}

/** A subject whose entry has just expired. */
async function expiredSubject(probe: Probe, which: number): Promise<string> {
  const name = subjectOf(probe, which);
  const { receivedAtMs } = await probe.server.get(statsPath(name));
  await probe.waitUntil(receivedAtMs + ttlSeconds * 1000 + 20);
  return name;
}

async function askTogether(probe: Probe, name: string) {
  const before = await probe.origin.count(callsAbout(name));
  const requests = times(crowd, name);
  const answers = await together(probe, { held: callsAbout(name), requests });
  const calls = (await probe.origin.calls(callsAbout(name))).slice(before);
  return { answers, calls };
}

/** One subject, wanted by everybody at the moment after its expiry. */
export async function burst(probe: Probe): Promise<ExperimentResult> {
  await warmUp(probe);
  const name = await expiredSubject(probe, 0);
  const { answers, calls } = await askTogether(probe, name);
  const scene = sceneOf(answers, calls.length);
  const startMs = Math.min(...answers.map(({ sentAtMs }) => sentAtMs));
  const notes = [
    'The origin works on 5 calls at a time; the others stand in line.',
    'The first answers were held back until all requests were there.',
  ];
  const title = `GET ${statsPath(name)}, ${crowd} times at once`;
  const moments = momentsOf(answers, calls, startMs);
  return { data: { ...scene }, exhibit: { kind: 'timeline', title, moments, notes } };
}

/** The first and the last call, and some between them. */
const shownCalls = [1, 2, 3, 10, 20, 30, 40, 50];

function momentsOf(answers: readonly Answer[], calls: readonly OriginCall[], startMs: number) {
  const last = answers.reduce((one, other) =>
    other.receivedAtMs > one.receivedAtMs ? other : one,
  );
  const answered = calls.flatMap(({ answeredAtMs }) => answeredAtMs ?? []);
  const moments = [
    { atMs: startMs, who: 'clients', what: `${answers.length} requests are sent` },
    ...calls.flatMap(({ arrivedAtMs }, index) =>
      shownCalls.includes(index + 1)
        ? [{ atMs: arrivedAtMs, who: 'origin', what: `call ${index + 1} arrives` }]
        : [],
    ),
    { atMs: Math.min(...answered), who: 'origin', what: 'the first answer leaves' },
    { atMs: Math.max(...answered), who: 'origin', what: `answer ${answered.length} leaves` },
    { atMs: last.receivedAtMs, who: 'clients', what: 'the last one has its answer' },
  ];
  return moments
    .map((moment) => ({ ...moment, atMs: moment.atMs - startMs }))
    .sort((one, other) => one.atMs - other.atMs);
}

async function playStorm(probe: Probe): Promise<{ scene: Scene; byName: Map<string, number> }> {
  const names = Array.from({ length: unknownNames }, () => madeUpName(probe));
  const answers: Answer[] = [];
  for (let round = 0; round < stormRounds; round += 1) {
    const wave = Array.from({ length: stormAtOnce }, (_, index) => {
      const name = names[(round * stormAtOnce + index) % unknownNames];
      return probe.server.get(statsPath(name));
    });
    answers.push(...(await Promise.all(wave)));
  }
  const byName = new Map<string, number>();
  for (const name of names) byName.set(name, await probe.origin.count(callsAbout(name)));
  const calls = [...byName.values()].reduce((sum, each) => sum + each, 0);
  return { scene: sceneOf(answers, calls), byName };
}

/** Names that nobody has, asked for again and again. */
export async function storm(probe: Probe): Promise<ExperimentResult> {
  const { scene, byName } = await playStorm(probe);
  const each = scene.requests / byName.size;
  return {
    data: { ...scene, names: byName.size },
    exhibit: {
      kind: 'table',
      title: `${scene.requests} requests for ${byName.size} subjects that do not exist, ${stormAtOnce} at a time`,
      columns: ['asked for', 'requests', 'calls to the origin', 'answered'],
      rows: [...byName].map(([name, calls]) => [name, { value: each }, { value: calls }, '404']),
      notes: [`In all: ${scene.calls} calls, and ${scene.notFound} answers of 404.`],
    },
  };
}

async function playOutage(probe: Probe): Promise<Outage> {
  const name = await expiredSubject(probe, 1);
  await probe.origin.fail({ ...callsAbout(name), status: 503 });
  const wave = async () => {
    const { answers, calls } = await askTogether(probe, name);
    return sceneOf(answers, calls.length);
  };
  const [first, again] = [await wave(), await wave()];
  await probe.origin.clearRules();
  const before = await probe.origin.count(callsAbout(name));
  const answer = await probe.server.get(statsPath(name));
  const calls = (await probe.origin.count(callsAbout(name))) - before;
  return { first, again, after: sceneOf([answer], calls) };
}

const columns = ['', 'requests', 'calls to the origin', '200', '404', '5xx'];
const rowOf = (what: string, { requests, calls, good, notFound, failed }: Scene) => [
  what,
  ...[requests, calls, good, notFound, failed].map((value) => ({ value })),
];
const outageRows = ({ first, again, after }: Outage) => [
  rowOf('the origin fails', first),
  rowOf('they try again', again),
  rowOf('it is well again', after),
];

/** An entry expires while the origin fails. */
export async function outage(probe: Probe): Promise<ExperimentResult> {
  const scenes = await playOutage(probe);
  const title = `${crowd} clients want an entry that has expired, and the origin answers 503`;
  return {
    data: { ...scenes },
    exhibit: { kind: 'table', title, columns, rows: outageRows(scenes) },
  };
}

/** The three scenes again, for the server that is repaired. */
export async function repaired(probe: Probe): Promise<ExperimentResult> {
  await warmUp(probe);
  const { answers, calls } = await askTogether(probe, await expiredSubject(probe, 0));
  const expiry = sceneOf(answers, calls.length);
  const { scene: missing } = await playStorm(probe);
  const scenes = await playOutage(probe);
  const isStale = ({ event }: { event: string | undefined }) => event === 'stale';
  const logged = () => probe.server.logs().filter(isStale).length;
  await probe.poll(
    () => logged() >= scenes.first.good + scenes.again.good,
    probe.clock.nowMs() + 2_000,
  );
  const data: Repaired = { burst: expiry, storm: missing, ...scenes, staleRecords: logged() };
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: 'The same again, on a server with single flight, kept 404s and a grace time',
      columns,
      rows: [
        rowOf('an entry expires', expiry),
        rowOf('made-up names', missing),
        ...outageRows(scenes),
      ],
      notes: [`Records of event stale in its log: ${data.staleRecords}.`],
    },
  };
}
