import type { Probe, Server, StormRequest, User } from 'course-labs/kit';
import { apiPath, findMarks, plainSubjects } from 'course-labs/kit';
import { statsPath, together } from '../08-stampede-and-negative-caching/scenes.ts';

/** How many clients want statistics at the moment of the flush, and of how many subjects. */
export const crowd = 40;
export const subjectCount = 8;
export const stormTotal = 400;

const students = ({ school }: Pick<Probe, 'school'>): User[] => school.students.slice(0, 6);

/** Six students who read what is theirs, all at once; each answer is searched for the others' texts. */
export async function playLeak(probe: Probe, server: Server) {
  const users = students(probe);
  const paths = [`${apiPath('me', 'grades')}?page=1`, apiPath('me', 'stats')];
  const requests = paths.flatMap((path) =>
    users.map(({ username, tokens: [token] }): StormRequest => {
      return { who: username, path, headers: { authorization: `Token ${token}` } };
    }),
  );
  const marks = Object.fromEntries(
    users.map(({ username, canaries }) => [username, [canaries.grades, canaries.stats]]),
  );
  return probe.storm(server, { requests, marks, total: stormTotal, connections: 8 });
}

/** The crowd asks while everything is kept, and asks again of `emptied`, whose cache has nothing. */
export async function playFlush(probe: Probe, full: Server, emptied: Server) {
  const subjects = plainSubjects(probe.school).slice(0, subjectCount);
  const requests = Array.from({ length: crowd }, (_, index) => ({
    path: statsPath(subjects[index % subjectCount]?.name),
  }));
  for (const request of requests.slice(0, subjectCount)) await full.request(request);
  const held = { route: 'subject-stats' } as const;
  const wave = async (server: Server, most = 0) => {
    const before = await probe.origin.count(held);
    // Those who make a call of their own get the time to. A repaired server makes fewer, and the time runs out.
    const all = async () => (await probe.origin.count(held)) - before >= most;
    const until = () => probe.poll(all, probe.clock.nowMs() + 1_000);
    const answers = await together(probe, { requests, held, server, ...(most > 0 && { until }) });
    const waits = answers.map(({ sentAtMs, receivedAtMs }) => receivedAtMs - sentAtMs);
    return {
      calls: (await probe.origin.count(held)) - before,
      slowestMs: Math.round(Math.max(...waits)),
    };
  };
  return {
    kept: await wave(full),
    flushed: await wave(emptied, crowd),
    later: await wave(emptied),
  };
}

/** The same requests of six students to one server, and what its log then holds. */
export async function playLog(probe: Probe, server: Server) {
  const users = students(probe);
  const subjects = plainSubjects(probe.school);
  let requests = 0;
  for (const [index, { username, password, tokens }] of users.entries()) {
    const [token] = tokens;
    const login = { username, password };
    const path = apiPath('users', 'login');
    await server.request({ method: 'POST', path, body: login });
    await server.get(`${apiPath('me', 'grades')}?page=${index + 1}`, { token });
    await server.get(apiPath('me', 'locker'), { token });
    await server.get(statsPath(subjects[index]?.name));
    requests += 4;
  }
  await server.stop();
  const lines = server.logs().map(({ line }) => line);
  const text = lines.join('\n');
  const secrets = users.flatMap(({ password, tokens: [token], canaries }) => [
    password,
    token,
    canaries.locker,
  ]);
  return {
    lines: lines.length / requests,
    bytes: Math.round(Buffer.byteLength(text) / requests),
    secrets: findMarks(text, { all: secrets }).length,
    possible: secrets.length,
  };
}
