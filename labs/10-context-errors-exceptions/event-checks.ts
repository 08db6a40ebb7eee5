/*
 * What happens in the school: one record for each event, and whose it was.
 */
import type { LogRecord, Probe, User } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import { type Act, acts, mistakes } from './acts.ts';
import {
  allLogged,
  freshStudent,
  gradesOf,
  isError,
  loginOf,
  recordsOf,
  type Traced,
  trace,
  userOf,
  wholeStory,
} from './asking.ts';
import { at, check, demandStatus, noId, type Words } from './requirement.ts';

/** What cannot be judged before events are told at all. */
const told = ['each-event-once'];

export const eventChecks = [
  check({
    id: 'each-event-once',
    title: 'each event is one record at info, with outcome, user and request id',
    points: 7,
    asked: 'a login, grades, a new grade, a change of a subject and a logout',
    rationale:
      'Who read whose grades, and who changed them? After a leak that is the question, and only the log can answer it.',
    judge: async (probe, words) => {
      for (const act of acts(probe)) {
        const traced = await trace(probe, act.request);
        demandStatus(act.status, traced, words, `status for ${act.event}`);
        await demandEvent(probe, traced, act, words);
      }
    },
  }),
  check({
    id: 'hit-is-an-event',
    needs: told,
    title: 'grades from the cache are an event like any other, and no line more',
    points: 5,
    asked: 'a student: the same page of grades, three times',
    rationale:
      'Somebody read those grades, wherever they were kept. A log that knows only the misses has nobody in it on a busy day.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      const act = { event: 'grades.read', by: student } as const;
      const miss = await trace(probe, gradesOf(student));
      await demandEvent(probe, miss, act, words);
      const linesOf = ({ id }: Traced) => recordsOf(probe.server, id).length;
      for (const which of ['second', 'third']) {
        const hit = await trace(probe, gradesOf(student));
        const calls = await probe.origin.count({ route: 'student-grades', key: `${student.id}` });
        demand('calls to the origin for the page', 1, calls, {
          ...at(words, hit),
          rationale: 'The cache is right as it is. Without it the origin pays for the log.',
          help: 'The page was kept, and the origin was asked all the same.',
        });
        demandStatus(200, hit, words);
        const help = 'The handler is left before the line that tells the event.';
        await demandEvent(probe, hit, act, { ...words, help });
        const more = linesOf(hit) - linesOf(miss);
        demand(`lines of the ${which} read beyond those of the first`, 0, Math.max(0, more), {
          ...at(words, hit),
          rationale:
            'Hits are what there is most of. A line for each that says only "hit" doubles the log, and a counter would say it better.',
          help: 'What the cache does for a request is for debug, if for the log at all.',
        });
      }
    },
  }),
  check({
    id: 'success-only-where-it-was',
    needs: told,
    title: 'what failed leaves no record of a success',
    points: 4,
    asked: 'requests that are refused, and requests while the origin failed',
    rationale:
      'A record that a grade was posted, and no grade: whoever looks for it later will look in the wrong place.',
    help: 'The event is told before it has happened, or without a look at the status.',
    judge: async (probe, words) => {
      for (const { request, event, what } of mistakes(probe)) {
        const traced = await trace(probe, request);
        await demandNoSuccess(probe, traced, event, { ...words, asked: what });
      }
      for (const { request, event, route } of acts(probe)) {
        await probe.origin.fail({ route, status: 503 });
        const traced = await trace(probe, request);
        await probe.origin.clearRules();
        const asked = `${event}, while the origin failed`;
        await demandNoSuccess(probe, traced, event, { ...words, asked });
      }
    },
  }),
  check({
    id: 'failed-login-is-a-warning',
    title: 'a refused login is a login with outcome failure, at warn',
    points: 4,
    asked: 'a login with a wrong password, and one of a user who does not exist',
    rationale:
      'One wrong password is a typing error, ten thousand are an attack. At info nobody sees it, and at error somebody gets up at night for a typing error.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      const wrong = loginOf(student, `not ${probe.random.text(8)}`);
      const nobody = { ...wrong, body: { username: 'nobody', password: student.password } };
      for (const request of [wrong, nobody]) {
        const traced = await trace(probe, request);
        demandStatus(400, traced, words);
        const isLogin = ({ event }: LogRecord) => event === 'login';
        const records = (await wholeStory(probe, traced, isLogin)).filter(isLogin);
        const context = at(words, traced);
        demand('records of event login', 1, records.length, context);
        demand('outcome', 'failure', textOf(records[0]?.fields?.outcome), context);
        demand('level', 'warn', records[0]?.level ?? 'none', context);
      }
    },
  }),
  check({
    id: 'users-do-not-mix',
    needs: told,
    title: 'three users at once: every record names the one whose request it is',
    points: 4,
    asked: 'the grades of three students at the same time; for one of them the origin failed',
    rationale:
      'A log that names the wrong user is worse than one that names nobody: somebody will believe it.',
    help: 'What requests share while they wait is overwritten by the next one: a variable, a logger, a store.',
    judge: judgeThree,
  }),
];

async function judgeThree(probe: Probe, words: Words): Promise<void> {
  const { origin, clock, poll } = probe;
  const students = [freshStudent(probe), freshStudent(probe), freshStudent(probe)];
  const [, unlucky] = students as [User, User, User];
  await origin.fail({ route: 'student-grades', key: `${unlucky.id}`, status: 503 });
  const held = await origin.hold({ route: 'student-grades' });
  const all = Promise.all(
    students.map(async (student) => ({ student, traced: await trace(probe, gradesOf(student)) })),
  );
  const three = async () => (await origin.count({ route: 'student-grades' })) >= 3;
  const letGo = poll(three, clock.nowMs() + 2_000).finally(() => held.release());
  const [asked] = await Promise.all([all, letGo]);
  for (const { student, traced } of asked) {
    const context = at(words, traced);
    const failed = student === unlucky;
    demandStatus(failed ? '5xx' : 200, traced, words);
    const calls = await origin.calls({ route: 'student-grades', key: `${student.id}` });
    for (const { requestId } of calls) {
      demand('X-Request-Id at the origin', traced.id, requestId ?? 'none', context);
    }
    const owed = failed ? isError : ({ event }: LogRecord) => event === 'grades.read';
    for (const record of await wholeStory(probe, traced, owed)) {
      const named = userOf(record);
      if (named === undefined && !owed(record)) continue;
      const what = `userId of "${record.msg}"`;
      demand(what, `${student.id}`, named ?? 'none', context);
    }
  }
}

/** One record of the event, at info, a success, of this user. */
async function demandEvent(
  probe: Probe,
  traced: Traced,
  { event, by }: Pick<Act, 'event' | 'by'>,
  words: Words,
): Promise<void> {
  const isIt = (record: LogRecord) => record.event === event;
  const records = (await wholeStory(probe, traced, isIt)).filter(isIt);
  const context = at(words, traced);
  const lost = probe.server.logs().filter((record) => isIt(record) && record.reqId === undefined);
  demand(`records of event ${event} without any reqId`, 0, lost.length, { ...context, help: noId });
  demand(`records of event ${event} with this reqId`, 1, records.length, context);
  const [{ level, fields } = {}] = records;
  demand(`outcome of ${event}`, 'success', textOf(fields?.outcome), context);
  demand(`level of ${event}`, 'info', level ?? 'none', context);
  demand(`userId of ${event}`, `${by.id}`, (records[0] && userOf(records[0])) ?? 'none', context);
}

async function demandNoSuccess(
  probe: Probe,
  traced: Traced,
  event: Act['event'],
  words: Words,
): Promise<void> {
  await allLogged(probe);
  const claims = recordsOf(probe.server, traced.id).filter((record) => record.event === event);
  const successes = claims.filter(({ fields }) => fields?.outcome !== 'failure');
  const context = at(words, traced);
  const status = traced.answer.status;
  demand(
    `records of event ${event} without a failure, status ${status}`,
    0,
    successes.length,
    context,
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? 'none' : JSON.stringify(value);
}
