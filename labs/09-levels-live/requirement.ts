import type { Check, FailureContext, LogLevel, LogRecord, Probe, Server } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import {
  askLevel,
  gradesOf,
  levelsFrom,
  levelsOf,
  patiently,
  playScene,
  staffToken,
} from './scene.ts';

/** A check with the words of its failures. */
export interface Requirement extends Omit<Check, 'run'> {
  asked: string;
  rationale: string;
  help: string;
  judge(probe: Probe, words: FailureContext): Promise<void>;
}

/** By default on a server that they share, which starts at info. */
export function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  return {
    group: 'levels',
    settings: { logLevel: 'info' },
    ...rest,
    run: (probe) => judge(probe, { asked, rationale, help }),
  };
}

/** The other server that is shared: it starts at debug, and has a second destination. */
export const withSecondFile = {
  group: 'second-file',
  settings: { logLevel: 'debug', errorLog: true },
} as const;

/** What cannot be judged unless the level can be changed. */
export const changes = ['change-takes-effect'];

/** Ends the check unless the server now writes at this level and above, and at no other. */
export async function demandLevel(
  probe: Probe,
  level: LogLevel,
  words: FailureContext,
  server: Server = probe.server,
): Promise<void> {
  const { records } = await playScene(probe, server);
  const context = { ...words, request: gradesOf(probe.school.alice) };
  await demandLevels(probe, 'levels of the records on stdout', levelsFrom(level), records, context);
}

/** Ends the check unless the records have these levels and no others. */
export async function demandLevels(
  probe: Probe,
  what: string,
  expected: string,
  read: () => readonly LogRecord[],
  context: FailureContext,
): Promise<void> {
  const hasAll = () => {
    const found = levelsOf(read()).split(', ');
    return expected.split(', ').every((level) => found.includes(level));
  };
  await patiently(probe, hasAll);
  const found = levelsOf(read());
  const help = 'Not one line came within four seconds. They may be waiting in memory.';
  demand(what, expected, found, { ...context, ...(found === 'none' && { help }) });
}

/** Any good status is as good as another. */
const good = (status: number) => (status >= 200 && status <= 299 ? '2xx' : status);

/** Changes the level in the name of staff, which must succeed; gives the id of that request. */
export async function changeLevel(
  probe: Probe,
  level: LogLevel,
  words: FailureContext,
  server: Server = probe.server,
): Promise<string> {
  const { id, answer } = await askLevel(probe, { level }, staffToken(probe), server);
  demand(`status of POST /__loglevel ${level}`, '2xx', good(answer.status), {
    ...words,
    request: answer.request,
  });
  return id;
}
