import type { Answer, Check, LogRecord } from 'course-labs/kit';
import { apiPath, demand } from 'course-labs/kit';
import { forge, forgedId, forgedLine, thoroughForgery } from './forgery.ts';
import { eventually, requestIdOf, settle } from './observing.ts';
import { check, told, works } from './requirement.ts';

const group = 'at-info';
const needs = [works, told];

export const forgingChecks: readonly Check[] = [
  check({
    id: 'three-logins-stay-three',
    needs,
    group,
    title: 'three logins are three records of event login, whatever clients send',
    points: 6,
    asked:
      'one good login and two bad ones; names and bodies held lines and fields that look like further logins',
    rationale:
      'Who can write records can put the blame on anybody: in the log, student 1 has signed in, and nobody ever did.',
    help: 'Text of a client becomes part of a line as a value, written by a JSON writer, under a name that you chose.',
    judge: async (probe, words) => {
      const { answers, student, records } = await forge(probe, thoroughForgery);
      const logins = () => records().filter(({ event }) => event === 'login');
      await eventually(probe, () => logins().length >= answers.length);
      await settle(probe);
      const context = { ...words, request: answers[1]?.request ?? { path: '/' } };
      demand('records of event login', 3, logins().length, context);
      const ids = answers.map(requestIdOf);
      const strangers = logins().filter(({ reqId }) => !ids.includes(reqId ?? ''));
      demand('of them with the id of none of the three requests', 0, strangers.length, context);
      const [good, ...others] = ids.map((id) => logins().find(({ reqId }) => reqId === id));
      const said = (record: LogRecord | undefined) => String(record?.fields?.outcome ?? 'none');
      demand('outcome of the good login', 'success', said(good), context);
      for (const record of others) demand('outcome of a bad one', 'failure', said(record), context);
      const userId = String(good?.fields?.userId ?? 'none');
      demand('userId of the good login', `${student.id}`, userId, context);
      for (const record of others) {
        const of = String(record?.fields?.userId ?? 'none');
        demand('userId of a bad one', 'none', of, context);
      }
    },
  }),
  check({
    id: 'every-line-is-json',
    needs,
    group,
    title:
      'every line on stdout is one JSON object with level and time, and no key stands in it twice',
    points: 4,
    asked: 'the same logins, and an address with a newline in it',
    rationale:
      'A line that no program can read is lost to every search and every alarm. Of a key that stands twice, readers take the first or the last: they disagree about what happened.',
    help: 'console.log writes text, not records. And an object that a client sent brings its own keys.',
    judge: async (probe, words) => {
      const { server } = probe;
      const { answers } = await forge(probe, thoroughForgery);
      const name = `x\n${forgedLine('Nobody')}`;
      await server.get(apiPath('subjects', name, 'stats'));
      await settle(probe);
      const context = { ...words, request: answers[1]?.request ?? { path: '/' } };
      for (const { line, fields, level, timeMs, duplicateKeys } of server.logs()) {
        const shown = line.length > 200 ? `${line.slice(0, 200)}…` : line;
        const isRecord = fields !== undefined && level !== undefined && timeMs !== undefined;
        const what = 'a line';
        demand(
          what,
          'a JSON object with level and time',
          isRecord ? 'a JSON object with level and time' : shown,
          context,
        );
        const twice = duplicateKeys.join(', ') || 'none';
        demand(`keys that stand twice in ${shown}`, 'none', twice, context);
      }
    },
  }),
  check({
    id: 'level-time-and-id-are-its-own',
    needs,
    group,
    title: 'level, time and request id are not for clients to set',
    points: 4,
    asked: 'logins whose bodies and headers named another level, time and request id',
    rationale:
      'An attack at level trace, dated 1970, under the id of somebody else: no filter shows it, and no search finds it.',
    help: 'Fields of the body stand where those of the logger belong, or any X-Request-Id is taken as it comes.',
    judge: async (probe, words) => {
      const startedAt = Date.now();
      const { answers, records } = await forge(probe, thoroughForgery);
      await eventually(probe, () => answers.every((answer) => of(records(), answer).length > 0));
      await settle(probe);
      const endedAt = Date.now();
      for (const answer of answers) {
        const context = { ...words, request: answer.request };
        const id = requestIdOf(answer);
        const its = isForged(id) ? id : 'one of its own';
        demand('request id of the answer', 'one of its own', its, context);
        const login = of(records(), answer).find(({ event }) => event === 'login');
        const level = login?.level ?? 'there is no such record with its request id';
        const wanted = answer.status === 200 ? 'info' : 'warn';
        demand(`level of the login that was answered ${answer.status}`, wanted, level, context);
      }
      const context = { ...words, request: answers[0]?.request ?? { path: '/' } };
      for (const { timeMs = startedAt, reqId = '' } of records()) {
        // Clocks may be set while we look; what is forged is years away.
        const isNow = timeMs > startedAt - hourMs && timeMs < endedAt + hourMs;
        demand('time of a record', 'now', isNow ? 'now' : new Date(timeMs).toISOString(), context);
        const its = reqId !== '' && isForged(reqId) ? reqId : 'one of its own';
        demand('request id of a record', 'one of its own', its, context);
      }
    },
  }),
];

const isForged = (id: string) => !/^[A-Za-z0-9_-]{8,64}$/.test(id) || id === forgedId;
const hourMs = 3_600_000;

const of = (records: readonly LogRecord[], answer: Answer) =>
  records.filter(({ reqId }) => reqId === requestIdOf(answer));
