import type { Answer, Check, Probe } from 'course-labs/kit';
import { demand, demandJson, originTruth } from 'course-labs/kit';
import {
  eventually,
  lockerPath,
  loginOf,
  recordsOf,
  requestIdOf,
  settle,
  statsPath,
  students,
} from './observing.ts';
import { check, failedOr, told, works } from './requirement.ts';

/** The API goes on doing its work, and the log what it is for. */
export const neededChecks: readonly Check[] = [
  check({
    id: works,
    needs: [],
    group: 'at-info',
    title: 'the API answers as before',
    points: 2,
    asked: 'signing in, properly and with a wrong password; a locker, with a token and without',
    rationale: 'A log is to be made safe here. Whoever uses the API must not notice.',
    help: 'Mind what is changed on the way to the log: the object that is scrubbed may be the one that is sent.',
    judge: async (probe, words) => {
      const { server, origin } = probe;
      const [student, other] = students(probe, 2);
      const login = await server.request(loginOf(student));
      const at = ({ request }: Answer) => ({ ...words, request });
      demand('status of a login', 200, login.status, at(login));
      const { key } = login.json as { key: string };
      const { status } = await origin.ask(`/tokens/${encodeURIComponent(key)}/`);
      demand('status of its key at the registrar', 200, status, at(login));
      const wrong = await server.request(loginOf({ ...other, password: probe.random.text(12) }));
      demand('status with a wrong password', 400, wrong.status, at(wrong));

      const locker = await server.get(lockerPath, { token: other.tokens[0] });
      demand('status of a locker', 200, locker.status, at(locker));
      const truth = await originTruth(origin, 'students', other.id, 'locker');
      demandJson('body of the locker', truth, locker.json, at(locker));
      const nobody = await server.get(lockerPath);
      demand('status without a token', 401, nobody.status, at(nobody));

      const name = probe.school.subjects[0]?.name ?? '';
      const stats = await server.get(statsPath(name));
      demandJson(
        'statistics',
        await originTruth(origin, 'subjects', name, 'stats'),
        stats.json,
        at(stats),
      );
    },
  }),
  check({
    id: told,
    group: 'at-info',
    title: 'each login is a record: success at info with the user, failure at warn',
    points: 5,
    asked: 'a student signs in; another one tries with a wrong password',
    rationale:
      'Who was signed in at ten past nine, and did anybody try passwords? Only these records can tell.',
    help: 'event: login, outcome: success or failure, userId where it is known, and the log of the request.',
    judge: async (probe, words) => {
      const { server } = probe;
      const [student, other] = students(probe, 2);
      const good = await server.request(loginOf(student));
      const bad = await server.request(loginOf({ ...other, password: probe.random.text(12) }));
      const success = { outcome: 'success', level: 'info', userId: `${student.id}` };
      await demandLogin(probe, good, success, { ...words, request: good.request });
      const failure = { outcome: 'failure', level: 'warn', userId: 'none' };
      await demandLogin(probe, bad, failure, { ...words, request: bad.request });
    },
  }),
  check({
    id: 'failures-keep-their-error',
    group: 'at-info',
    title: 'a request that fails is one record at error, with type, message and stack',
    points: 5,
    asked: 'a locker, while the origin answered 503',
    rationale:
      'Without the stack nobody finds the line; with two records for one failure nobody believes the count.',
    help: 'pino takes an error apart under the name err. What replaces its serializer must keep three of its fields.',
    judge: async (probe, words) => {
      const { server, origin } = probe;
      const [student] = students(probe, 1);
      await origin.fail({ route: 'student-locker', key: `${student.id}`, status: 503 });
      const answer = await server.get(lockerPath, { token: student.tokens[0] });
      const context = { ...words, request: answer.request };
      demand('status', '5xx', failedOr(answer.status), context);
      const errors = () =>
        recordsOf(server, requestIdOf(answer)).filter(
          ({ level }) => level === 'error' || level === 'fatal',
        );
      await eventually(probe, () => errors().length > 0);
      await settle(probe);
      demand('records at error with its request id', 1, errors().length, context);
      const err = (errors()[0]?.fields?.err ?? {}) as Record<string, unknown>;
      for (const field of ['type', 'message', 'stack']) {
        const value = err[field];
        const is = typeof value === 'string' && value !== '' ? 'a text' : `${value ?? 'nothing'}`;
        demand(`err.${field}`, 'a text', is, context);
      }
      const lines = String(err.stack).split('\n').length;
      demand('err.stack', 'several lines', lines > 1 ? 'several lines' : 'one line', context);
    },
  }),
];

interface ToldLogin {
  outcome: string;
  level: string;
  /** `none` where nobody is known. */
  userId: string;
}

/** The request of this answer has one record of event login, and it says this. */
async function demandLogin(
  probe: Probe,
  answer: Answer,
  wanted: ToldLogin,
  context: Parameters<typeof demand>[3],
): Promise<void> {
  const { server } = probe;
  const id = requestIdOf(answer);
  const logins = () => recordsOf(server, id).filter(({ event }) => event === 'login');
  await eventually(probe, () => logins().length > 0);
  await settle(probe);
  const what = `after a ${wanted.outcome}`;
  demand(`${what}, records of event login with its request id`, 1, logins().length, context);
  const [record] = logins();
  demand(
    `${what}, its outcome`,
    wanted.outcome,
    String(record?.fields?.outcome ?? 'none'),
    context,
  );
  demand(`${what}, its level`, wanted.level, record?.level ?? 'none', context);
  demand(`${what}, its userId`, wanted.userId, String(record?.fields?.userId ?? 'none'), context);
}
