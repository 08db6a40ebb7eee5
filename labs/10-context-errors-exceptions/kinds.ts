/*
 * Six requests, one after the other, and what each of them leaves in the log.
 */
import type {
  Answer,
  ExperimentResult,
  LogRecord,
  Probe,
  ProbeRequest,
  User,
} from 'course-labs/kit';
import { gradesOf, isError, loginOf, userOf } from './asking.ts';
import { writtenUntilNow } from './scene.ts';
import { stackIn } from './stack-in.ts';
import { levelsOf } from './telling.ts';

/** What one of them left. */
export interface Kind {
  what: string;
  status: number;
  lines: number;
  errors: number;
  warnings: number;
  /** Some record names the user. */
  named: boolean;
  /** Where the stack of a failure is to be read. */
  inLog: boolean;
  atClient: boolean;
}

/** By name, for texts and questions. */
export interface Kinds {
  refused: Kind;
  first: Kind;
  again: Kind;
  missing: Kind;
  failing: Kind;
  html: Kind;
}

interface Asked {
  what: string;
  request: ProbeRequest;
  fault?: { status: number; contentType?: string; body?: string };
}

function asked({ alice, bob, students }: Probe['school']): Record<keyof Kinds, Asked> {
  const [, , other] = students as [User, User, User];
  return {
    refused: { what: 'a login, wrong password', request: loginOf(alice, 'sesame') },
    first: { what: 'grades', request: gradesOf(alice) },
    again: { what: 'the same, from the cache', request: gradesOf(alice) },
    missing: { what: 'a page that is not there', request: gradesOf(alice, 999) },
    failing: {
      what: 'grades; the origin says 503',
      request: gradesOf(bob),
      fault: { status: 503 },
    },
    html: {
      what: 'grades; the origin says HTML',
      request: gradesOf(other),
      fault: { status: 200, contentType: 'text/html', body: '<h1>Back soon</h1>' },
    },
  };
}

/** Asks all six, and shows what they left. */
export async function sixKinds(probe: Probe): Promise<ExperimentResult> {
  const { origin, server, school } = probe;
  const kinds: Partial<Kinds> = {};
  const rows: string[][] = [];
  for (const [name, { what, request, fault }] of Object.entries(asked(school))) {
    if (fault) await origin.fail({ route: 'student-grades', ...fault });
    const from = server.logs().length;
    const answer = await server.request(request);
    await origin.clearRules();
    const records = await writtenUntilNow(probe, from);
    const kind = kindOf(what, answer, records);
    kinds[name as keyof Kinds] = kind;
    rows.push([
      what,
      `${kind.status}`,
      levelsOf(records),
      kind.named ? 'yes' : 'no',
      placesOf(kind),
    ]);
  }
  return {
    data: { ...kinds },
    exhibit: {
      kind: 'table',
      title: 'Six requests, one after the other',
      columns: ['asked', 'status', 'records', 'user named?', 'stack'],
      rows,
    },
  };
}

function kindOf(what: string, answer: Answer, records: readonly LogRecord[]): Kind {
  const stack = records.map(({ fields }) => (fields?.err as { stack?: string })?.stack);
  return {
    what,
    status: answer.status,
    lines: records.length,
    errors: records.filter(isError).length,
    warnings: records.filter(({ level }) => level === 'warn').length,
    named: records.some((record) => userOf(record) !== undefined),
    inLog: stack.some((each) => each !== undefined),
    atClient: stackIn(answer, undefined) !== undefined,
  };
}

function placesOf({ errors, inLog, atClient }: Kind): string {
  if (errors === 0 && !inLog && !atClient) return '';
  if (inLog && atClient) return 'in the log and at the client';
  return inLog ? 'in the log' : atClient ? 'at the client' : 'lost';
}
