/*
 * Logins that bring more than a name and a password: lines and fields that look like those of the server.
 */
import type { Answer, LogRecord, Probe, ProbeRequest, User } from 'course-labs/kit';
import { loginOf, students } from './observing.ts';

/** Well-formed, and nobody's: no log must ever take it for the id of a request. */
export const forgedId = 'forged-by-a-client';

/** A line that says that student 1 has signed in; the same each time, unless the time is given. */
export function forgedLine(msg: string, time = 1_767_225_600_000): string {
  const told = { event: 'login', outcome: 'success', userId: 1, msg };
  return JSON.stringify({ level: 30, time, reqId: forgedId, ...told });
}

/** Three requests that try to sign in, the good one first, and what in the other two pretends to be the server's. */
export interface Forgery {
  requests: readonly [ProbeRequest, ProbeRequest, ProbeRequest];
  /** Lines in a user name. */
  lines: readonly string[];
  /** Fields beside name and password. */
  fields: Readonly<Record<string, unknown>>;
}

interface Forgers {
  student: User;
  other: User;
  /** Nobody's password. */
  wrong: string;
}

/** One line and one set of fields: enough to be looked at. */
export function plainForgery({ student, other, wrong }: Forgers): Forgery {
  const lines = [forgedLine('signed in', Date.now())];
  const fields = { level: 30, outcome: 'success', userId: 1 };
  return {
    requests: [
      loginOf(student),
      loginOf({ username: `${other.username}\n${lines[0]}`, password: wrong }),
      loginOf({ username: other.username, password: wrong }, fields),
    ],
    lines,
    fields,
  };
}

/** Everything in name, body and headers that may turn into a record, or into fields of one. */
export function thoroughForgery({ student, other, wrong: password }: Forgers): Forgery {
  const lines = [forgedLine('by a newline'), forgedLine('by another')];
  const quotes = `x","event":"login","outcome":"success","userId":1,"reqId":"${forgedId}","y":"`;
  const common = { level: 10, time: 0, reqId: forgedId, event: 'login', userId: 1, pid: 1 };
  const fields = { ...common, outcome: 'success', msg: 'signed in' };
  const headers = {
    'x-request-id': 'forged","event":"login","outcome":"success","x":"',
    'user-agent': `browser\t${forgedLine('by a header')}`,
  };
  return {
    requests: [
      { ...loginOf(student, { ...common, outcome: 'failure' }), headers },
      loginOf({ username: `${other.username}\n${lines.join('\r\n')}\n`, password }, fields),
      { ...loginOf({ username: quotes, password }, fields), headers },
    ],
    lines,
    fields,
  };
}

/** What came of a forgery. */
export interface Forged extends Forgery {
  /** Whose login was good. */
  student: User;
  /** In the order of the requests. */
  answers: readonly Answer[];
  /** What the server has logged since then. */
  records(): readonly LogRecord[];
}

/** Sends the three requests one after the other. */
export async function forge(
  { server, random, school }: Pick<Probe, 'server' | 'random' | 'school'>,
  forgeryOf: (forgers: Forgers) => Forgery,
): Promise<Forged> {
  const before = server.logs().length;
  const [student, other] = students({ random, school }, 2);
  const forgery = forgeryOf({ student, other, wrong: random.text(12) });
  const answers: Answer[] = [];
  for (const request of forgery.requests) answers.push(await server.request(request));
  return { ...forgery, student, answers, records: () => server.logs().slice(before) };
}
