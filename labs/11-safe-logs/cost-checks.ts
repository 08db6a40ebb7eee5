import type { Answer, Check, Probe, ProbeRequest } from 'course-labs/kit';
import { demand, fail } from 'course-labs/kit';
import {
  eventually,
  explained,
  linesOf,
  lockerPath,
  loginOf,
  recordsOf,
  requestIdOf,
  settle,
  statsPath,
  students,
} from './observing.ts';
import { check, told, type Words, works } from './requirement.ts';

const budget = 700;
/** What a browser sends along. */
const browser = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  accept: 'application/json',
  'accept-language': 'en',
  'cache-control': 'no-cache',
  referer:
    'https://school.example/students/grades/overview/2026/spring/?tab=all&sort=subject&page=1',
  'sec-ch-ua': '"Not/A)Brand";v="8", "Chromium";v="126", "Google Chrome";v="126"',
  'sec-fetch-site': 'same-origin',
};

export const costChecks: readonly Check[] = [
  check({
    id: 'within-the-budget',
    needs: [works, told],
    group: 'at-info',
    title: `at info a request costs at most ${budget} bytes of log, on average`,
    points: 5,
    asked:
      'twenty requests as browsers send them: statistics, lockers, logins, and two with a user name of 10 kB',
    rationale:
      'Every byte is written, sent, stored and searched. And who can make you write 10 kB with one request can fill your disk.',
    help: 'Ask of each field who will ever look for it. What clients choose has no length but the one that you give it.',
    judge: async (probe, words) => {
      const { server, random } = probe;
      const before = linesOf(server).length;
      const users = students(probe, 5);
      const stats = statsPath(probe.school.subjects[0]?.name ?? '');
      const requests = users.flatMap((user, index): ProbeRequest[] => [
        { path: stats },
        { path: `${stats}?q=${random.text(200)}` },
        { path: lockerPath, token: user.tokens[0] },
        index < 2 ? loginOf({ username: random.text(10_000), password: 'x' }) : loginOf(user),
      ]);
      for (const request of requests) {
        await server.request({ ...request, headers: browser });
      }
      await settle(probe);
      // How long the name of this machine is, is not the answer's doing.
      const bytes = linesOf(server)
        .slice(before)
        .map((line) => Buffer.byteLength(line.replace(/"hostname":"[^"]*",?/, '')) + 1)
        .reduce((sum, each) => sum + each, 0);
      const each = Math.round(bytes / requests.length);
      if (each <= budget) return;
      fail({
        ...words,
        expected: `bytes a request: at most ${budget}`,
        actual: `bytes a request: ${each}`,
        request: { path: stats, headers: browser },
      });
    },
  }),
  check({
    id: 'detail-is-free-at-info',
    group: 'at-info',
    title: 'at info nothing is asked for the sake of a debug line',
    points: 4,
    asked: 'at info: statistics, a locker and a login',
    rationale:
      'The line is not written, and its price is paid all the same: by every request, where nobody looks for it.',
    help: 'What stands in the brackets of log.debug(...) is computed before the logger is asked.',
    judge: async (probe, words) => {
      for (const request of goodRequests(probe)) {
        const before = await explained(probe);
        await askWell(probe, request, words);
        await settle(probe);
        const calls = (await explained(probe)) - before;
        demand('calls of /explain/', 0, calls, { ...words, request });
      }
    },
  }),
  check({
    id: 'detail-once-at-debug',
    group: 'at-debug',
    settings: { logLevel: 'debug' },
    title: 'at debug each good request asks for its detail once, and tells it in a line at debug',
    points: 3,
    asked: 'at debug: statistics twice, a locker and a login',
    rationale: 'Debug is for the day when the detail is needed. It should be there then, and once.',
    help: 'Ask the logger whether debug is on, then ask the origin, then write. Hits of a cache are requests, too.',
    judge: async (probe, words) => {
      const { server, origin } = probe;
      const mark = `plan-${probe.random.text(10)}`;
      const body = JSON.stringify({ busiest: [], plan: [mark] });
      await origin.fail({ route: 'explain', status: 200, body });
      for (const request of goodRequests(probe)) {
        const before = await explained(probe);
        const answer = await askWell(probe, request, words);
        const calls = async () => (await explained(probe)) - before;
        await eventually(probe, async () => (await calls()) > 0);
        await settle(probe);
        demand('calls of /explain/', 1, await calls(), { ...words, request });
        const lines = () =>
          recordsOf(server, requestIdOf(answer)).filter(({ line }) => line.includes(mark));
        await eventually(probe, () => lines().length > 0);
        const level = lines()[0]?.level ?? 'there is none';
        const what = 'level of the line that tells what it said';
        demand(what, 'debug', level === 'trace' ? 'debug' : level, { ...words, request });
      }
    },
  }),
  check({
    id: 'detail-fails-alone',
    group: 'at-debug',
    settings: { logLevel: 'debug' },
    needs: [works, 'detail-once-at-debug'],
    title: 'when the detail of a debug line cannot be had, the request is answered all the same',
    points: 2,
    asked: 'at debug: statistics, a locker and a login, while /explain/ answered 503',
    rationale:
      'Looking at a patient must not kill the patient: debug is switched on when things go badly already.',
    help: 'The call for the detail throws, and nobody catches it.',
    judge: async (probe, words) => {
      await probe.origin.fail({ route: 'explain', status: 503 });
      for (const request of goodRequests(probe)) await askWell(probe, request, words);
    },
  }),
];

/** One of each kind; the statistics come twice, from the origin and perhaps from a cache. */
function goodRequests(probe: Probe): ProbeRequest[] {
  const [student, other] = students(probe, 2);
  const [subject] = probe.freshSubjects(1);
  const stats = { path: statsPath(subject?.name ?? '') };
  return [stats, stats, { path: lockerPath, token: student.tokens[0] }, loginOf(other)];
}

/** Asks once, which must be answered 200. */
async function askWell(probe: Probe, request: ProbeRequest, words: Words): Promise<Answer> {
  const answer = await probe.server.request(request);
  demand('status', 200, answer.status, { ...words, request });
  return answer;
}
