/*
 * What goes wrong: once in the log, whole, at the right level, and never for the client to read.
 */
import type { LogRecord, Probe, ProbeRequest } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import { type Act, acts, mistakes } from './acts.ts';
import {
  allLogged,
  freshStudent,
  gradesOf,
  isError,
  recordsOf,
  type Traced,
  trace,
  userOf,
  wholeStory,
} from './asking.ts';
import { at, check, demandStatus, noId, type Words } from './requirement.ts';
import { stackIn } from './stack-in.ts';

/** Whoever logs failures at all, and once. */
const once = ['one-error-per-failure'];

export const errorChecks = [
  check({
    id: 'one-error-per-failure',
    title: 'a request that fails at the origin leaves exactly one record at error',
    points: 6,
    asked:
      'each of the five, while the origin answered 503, and grades while no token could be looked up',
    rationale:
      'Whoever counts errors counts failures. Two records for one make every alarm lie, and none makes it silent.',
    help: 'Where an error is caught, it is dealt with or thrown on. Logged is what nobody else will log.',
    judge: async (probe, words) => {
      const look: Act = { ...(acts(probe)[1] as Act), route: 'token' };
      for (const act of [...acts(probe), look]) {
        const traced = await failing(probe, act, { status: 503 });
        const what = act.route === 'token' ? 'a look-up of a token' : act.event;
        await demandOneError(probe, traced, {
          ...words,
          asked: `${what}, while the origin answered 503`,
        });
      }
    },
  }),
  check({
    id: 'error-tells-what-happened',
    needs: once,
    title: 'the record of a failure holds err, with type, message and stack',
    points: 3,
    asked: 'grades, and a change of a subject, while the origin answered 503',
    rationale:
      'Somebody reads this record at night, and it is all there is: what was thrown, what it said, and where.',
    help: "pino knows one name for an error, and one place: `log.error({ err: error }, 'text')`.",
    judge: async (probe, words) => {
      for (const act of acts(probe).filter(({ event }) => event.includes('.'))) {
        const traced = await failing(probe, act, { status: 503 });
        const [record] = (await wholeStory(probe, traced, isError)).filter(isError);
        demandErr(record, at(words, traced));
      }
    },
  }),
  check({
    id: 'error-names-the-user',
    needs: once,
    title: 'the record of a failure names the user, where the user is known',
    points: 2,
    asked: 'grades, a new grade, a change of a subject and a logout, while the origin answered 503',
    rationale: 'How many users failed is the first question of every incident.',
    help: 'The user is known when the token was looked up. From then on all records about the request can have it.',
    judge: async (probe, words) => {
      for (const act of acts(probe).filter(({ event }) => event !== 'login')) {
        const traced = await failing(probe, act, { status: 503 });
        const [record] = (await wholeStory(probe, traced, isError)).filter(isError);
        const named = record && userOf(record);
        demand(`userId, ${act.event}`, `${act.by.id}`, named ?? 'none', at(words, traced));
      }
    },
  }),
  check({
    id: 'unforeseen-throw-is-an-error',
    needs: once,
    title: 'an error that nobody foresaw is a 5xx and one record at error, like any other',
    points: 3,
    asked: 'a login, grades and a change of a subject; the origin answered 200 with HTML',
    rationale:
      'What was foreseen is rarely what happens. The failure that no code is written for is the one that must not go missing.',
    help: 'A proxy in front of the origin answers with a page, and JSON.parse throws: no error class of yours, and no status.',
    judge: async (probe, words) => {
      const html = {
        status: 200,
        contentType: 'text/html',
        body: '<!doctype html><title>Down for maintenance</title>',
      };
      const [login, read, , update] = acts(probe) as [Act, Act, Act, Act];
      for (const act of [login, read, update]) {
        const traced = await failing(probe, act, html);
        const record = await demandOneError(probe, traced, words);
        demandErr(record, at(words, traced));
      }
    },
  }),
  check({
    id: 'no-stack-for-clients',
    needs: once,
    title: 'no header and no body tells the client anything of a stack',
    points: 2,
    asked: 'grades, while the origin answered 503, and 200 with HTML',
    rationale:
      'A stack tells a stranger which libraries you use, in which versions, and where your files are. It helps nobody else.',
    help: 'What is for you is in the log, and the id tells where. The client needs the status and the id.',
    judge: async (probe, words) => {
      const html = { status: 200, contentType: 'text/html', body: '<p>Maintenance</p>' };
      for (const fault of [{ status: 503 }, html]) {
        const traced = await failing(probe, acts(probe)[1] as Act, fault);
        const [record] = (await wholeStory(probe, traced, isError)).filter(isError);
        const found = stackIn(traced.answer, errOf(record)?.stack);
        demand('of the stack the client got', 'nothing', found ?? 'nothing', at(words, traced));
      }
    },
  }),
  check({
    id: 'client-fault-is-no-error',
    title: 'what the client does wrong is a 4xx, and no error',
    points: 4,
    asked: 'a wrong password, no token, a page and a subject that are not there, and the like',
    rationale:
      'Error means: we have failed, somebody must look. Strangers who guess addresses must not be able to wake you.',
    help: 'A 404 is an answer. The level is a matter of whose fault it was, and not of which branch it was written in.',
    judge: async (probe, words) => {
      for (const { request, status, what } of mistakes(probe)) {
        const before = probe.server.logs().length;
        const traced = await trace(probe, request);
        const asked = { ...words, asked: what };
        demandStatus(status, traced, asked);
        await allLogged(probe);
        const errors = probe.server.logs().slice(before).filter(isError);
        demand('records at error or fatal', 0, errors.length, at(asked, traced));
      }
    },
  }),
  check({
    id: 'three-lines-a-request',
    needs: ['each-event-once'],
    title: 'at info, a request that succeeds writes at most three lines, each JSON with its id',
    points: 3,
    asked: 'each of the five, and grades once more, at LOG_LEVEL=info',
    rationale:
      'Every line is paid for: written, sent, stored and searched. And what matters drowns in what does not.',
    help: 'One line that tells the event, and what comes in and goes out. The rest is for debug.',
    judge: judgeLines,
  }),
];

/** Asks while the origin fails at what the act takes. */
async function failing(
  probe: Probe,
  { request, route }: Pick<Act, 'request' | 'route'>,
  fault: { status: number; contentType?: string; body?: string },
): Promise<Traced> {
  await probe.origin.fail({ route, ...fault });
  const traced = await trace(probe, request);
  await probe.origin.clearRules();
  return traced;
}

/** A 5xx, and one record at error or fatal, which has the request's id. */
async function demandOneError(probe: Probe, traced: Traced, words: Words) {
  demandStatus('5xx', traced, words);
  const errors = (await wholeStory(probe, traced, isError)).filter(isError);
  const context = at(words, traced);
  const isLost = (record: LogRecord) => isError(record) && record.reqId === undefined;
  const lost = probe.server.logs().filter(isLost).length;
  demand('records at error or fatal without any reqId', 0, lost, { ...context, help: noId });
  demand('records at error or fatal with this reqId', 1, errors.length, context);
  return errors[0];
}

interface Err {
  type?: unknown;
  message?: unknown;
  stack?: unknown;
}

const errOf = (record: LogRecord | undefined) => record?.fields?.err as Err | undefined;

function demandErr(record: LogRecord | undefined, context: ReturnType<typeof at>): void {
  const err = errOf(record);
  for (const field of ['type', 'message', 'stack'] as const) {
    const value = err?.[field];
    const is = typeof value === 'string' && value !== '' ? 'a text' : JSON.stringify(value);
    demand(`err.${field}`, 'a text', is ?? 'none', context);
  }
  const lines = String(err?.stack).trim().split('\n').length;
  demand('err.stack has several lines', true, lines > 1, context);
}

async function judgeLines(probe: Probe, words: Words): Promise<void> {
  const student = freshStudent(probe);
  const requests: ProbeRequest[] = [
    gradesOf(student),
    gradesOf(student),
    ...acts(probe).map(({ request }) => request),
  ];
  const before = probe.server.logs().length;
  const sent: Traced[] = [];
  for (const request of requests) sent.push(await trace(probe, request));
  await allLogged(probe);
  const lines = probe.server.logs().slice(before);
  const text = lines.find(({ fields, level }) => !fields || !level);
  demand('a line that is no JSON, or has no level', 'none', text?.line ?? 'none', words);
  const lost = lines.find(({ reqId }) => reqId === undefined);
  demand('a line without reqId', 'none', lost?.line ?? 'none', {
    ...words,
    rationale: 'Many requests are served at once. A line without an id belongs to any of them.',
    help: noId,
  });
  for (const traced of sent) {
    const { length } = recordsOf(probe.server, traced.id);
    const what = 'lines with the id of one request';
    demand(what, 'at most 3', length <= 3 ? 'at most 3' : length, at(words, traced));
  }
}
