import type { Cell, Exhibit, ExperimentResult, Probe, Server } from 'course-labs/kit';
import { apiPath, installRedis, isFailure, plainSubjects } from 'course-labs/kit';
import { changeProfessor, isUsed, warmUp } from './observe.ts';

type Backend = 'none' | 'memory' | 'file' | 'redis';

/** What two instances with one backend did. */
export interface Sharing {
  /** Calls to the origin for the requests that went to both in turn. */
  calls: number;
  /** Instances that told the old professor after the PUT. */
  stale: readonly string[];
  /** Calls to the origin for one request a subject, after instance a was restarted. */
  callsAfterRestart: number;
}

/** What the experiment with two instances leaves for texts and questions. */
export interface TwoInstances {
  subjects: number;
  /** Each subject is asked of each instance so many times. */
  rounds: number;
  /** The instance that got the PUT. */
  writer: string;
  /** Only of backends that this machine has. */
  sharing: Partial<Record<Backend, Sharing>>;
  /** Median of the answers without a cache; undefined where that backend took no part. */
  originMs: number | undefined;
}

const [subjectCount, rounds] = [3, 2];
export const requestCount = subjectCount * rounds * 2;
export const noRedis = `Redis is not judged here: it was not found on this machine. ${installRedis.join('; ')}.`;

/** Two instances for each backend: asked in turn, a PUT through one of them, a restart of the first. */
export function twoInstances(backends: readonly Backend[]) {
  return async (probe: Probe): Promise<ExperimentResult> => {
    const writer = probe.random.pick(['a', 'b']);
    const here = backends.filter((backend) => backend !== 'redis' || probe.hasRedis);
    const subjects = plainSubjects(probe.school).slice(1);
    const latencies: number[] = [];
    const sharing: Partial<Record<Backend, Sharing>> = {};
    for (const backend of here) {
      const names = subjects.splice(0, subjectCount).map(({ name }) => name);
      const watched = await watch(probe, backend, names, writer);
      sharing[backend] = watched.sharing;
      if (backend === 'none') latencies.push(...watched.latenciesMs);
    }
    const originMs = latencies.toSorted((one, other) => one - other)[latencies.length >> 1];
    const data: TwoInstances = { subjects: subjectCount, rounds, writer, sharing, originMs };
    return { data: { ...data }, exhibit: sharingTable(backends, data) };
  };
}

async function watch(
  probe: Probe,
  cacheBackend: Backend,
  names: readonly string[],
  writer: string,
): Promise<{ sharing: Sharing; latenciesMs: number[] }> {
  const launch = async (instance: string) => {
    const server = await probe.launch({ cacheBackend, instance });
    // Its connection may be made only now, and the first requests of a process are slow.
    if (cacheBackend !== 'none') await warmUp(probe, server);
    return server;
  };
  // The step's own server is one of them.
  const isFirst = cacheBackend === probe.server.settings.cacheBackend;
  const [a, b] = await Promise.all([isFirst ? probe.server : launch('a'), launch('b')]);
  const get = (server: Server, name: string) => server.get(apiPath('subjects', name, 'stats'));
  const count = async () => {
    const each = names.map((key) => probe.origin.count({ route: 'subject-stats', key }));
    return (await Promise.all(each)).reduce((sum, calls) => sum + calls, 0);
  };

  const latenciesMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      for (const server of [a, b]) {
        const { receivedAtMs, sentAtMs } = await get(server, name);
        latenciesMs.push(receivedAtMs - sentAtMs);
      }
    }
  }
  const calls = await count();

  const [name = ''] = names;
  const old = (await get(a, name)).json as { professor: string };
  const context = { asked: `a PUT to ${name}`, rationale: 'The origin was well.' };
  await changeProfessor(probe, writer === 'a' ? a : b, { name }, context);
  const stale: string[] = [];
  for (const server of [a, b]) {
    const { professor } = (await get(server, name)).json as { professor: string };
    if (professor === old.professor) stale.push(server.settings.instance ?? '');
  }

  await a.stop();
  const restarted = await launch('a');
  const before = await count();
  for (const each of names) await get(restarted, each);
  return { sharing: { calls, stale, callsAfterRestart: (await count()) - before }, latenciesMs };
}

function sharingTable(backends: readonly Backend[], data: TwoInstances): Exhibit {
  const { sharing, writer, subjects } = data;
  const rowOf = (backend: Backend): Cell[] => {
    const seen = sharing[backend];
    if (!seen) return [backend, 'not judged here', '', ''];
    return [
      backend,
      { value: seen.calls },
      seen.stale.length === 0 ? 'nobody' : `instance ${seen.stale.join(' and ')}`,
      { value: seen.callsAfterRestart },
    ];
  };
  return {
    kind: 'table',
    title: `${requestCount} requests for ${subjects} subjects, to instances a and b in turn; a PUT through ${writer}; a restart of a, and ${subjects} requests to it`,
    columns: [
      'backend',
      'calls to the origin',
      'told the old professor',
      'calls after the restart',
    ],
    rows: backends.map(rowOf),
    notes: backends.every((backend) => sharing[backend]) ? [] : [noRedis],
  };
}

/** What one request met while Redis was away. */
export interface Lost {
  /** Of the answer; undefined where none came while Redis was away. */
  status: number | undefined;
  /** From sending the request to its answer, or to giving up. */
  waitedMs: number;
  /** Calls to the origin while Redis was away. */
  calls: number;
}

/** Empty on a machine without Redis. */
export interface RedisGoes {
  kill?: Lost;
  freeze?: Lost;
}

const patienceMs = 1_000;

/** Redis is killed and frozen, with one request each time for an entry that was kept; and it comes back. */
export async function redisGoes(probe: Probe): Promise<ExperimentResult> {
  const title = 'Redis goes away twice. The origin is well all the time';
  if (!probe.hasRedis) {
    return { data: {}, exhibit: { kind: 'timeline', title, moments: [], notes: [noRedis] } };
  }
  const server = await probe.launch({ cacheBackend: 'redis' });
  await warmUp(probe, server);
  const startedAtMs = probe.clock.nowMs();
  const moments: { atMs: number; who: string; what: string }[] = [];
  const tell = (who: string, what: string, momentMs = probe.clock.nowMs()) =>
    moments.push({ atMs: momentMs - startedAtMs, who, what });
  const data: RedisGoes = {};
  const subjects = plainSubjects(probe.school).slice(1);
  for (const [index, how] of (['kill', 'freeze'] as const).entries()) {
    const name = subjects[index]?.name ?? '';
    await isUsed(probe, server, { name }, 5_000);
    await probe.redis[how]();
    tell('Redis', how === 'kill' ? 'is killed' : 'is frozen: it takes commands, and says nothing');
    data[how] = await askWithout(probe, server, name, tell);
    await probe.redis.restore();
    tell('Redis', how === 'kill' ? 'is started again, empty' : 'goes on as if nothing had been');
    const { status } = await get(server, name);
    tell('client', `asks for ${name} once more: ${status}`);
  }
  return { data: { ...data }, exhibit: { kind: 'timeline', title, moments } };
}

async function askWithout(
  probe: Probe,
  server: Server,
  name: string,
  tell: (who: string, what: string) => void,
): Promise<Lost> {
  const filter = { route: 'subject-stats', key: name } as const;
  const before = await probe.origin.count(filter);
  const sentAtMs = probe.clock.nowMs();
  let status: number | undefined;
  const asked = get(server, name).then((answer) => {
    status = answer.status;
  });
  asked.catch(() => {});
  tell('client', `asks for ${name}`);
  await probe.poll(() => status !== undefined, sentAtMs + patienceMs);
  const waitedMs = probe.clock.nowMs() - sentAtMs;
  const calls = (await probe.origin.count(filter)) - before;
  tell('client', status === undefined ? 'still waits' : `has its answer: ${status}`);
  tell('origin', calls === 0 ? 'was not asked by this server' : 'was asked by this server');
  const other = await get(probe.server, name);
  tell('origin', `answers a server that has no cache: ${other.status}`);
  return { status, waitedMs, calls };
}

/** As a patient client: one that gets no answer at all is told as status 0. */
async function get(server: Server, name: string): Promise<{ status: number }> {
  return server.get(apiPath('subjects', name, 'stats')).catch((thrown: unknown) => {
    if (isFailure(thrown)) return { status: 0 };
    throw thrown;
  });
}
