/*
 * A school in a hurry: many students at once, some of whom fail, on a server whose log can be searched.
 */
import type { ExperimentResult, LogRecord, Probe, Random, User } from 'course-labs/kit';
import { gradesOf, isError, logged, loginOf, userOf } from './asking.ts';
import { levelsOf } from './telling.ts';

/** What the questions are answered from; all of it read from the log. */
export interface Rush {
  requests: number;
  lines: number;
  /** Records at error. */
  errors: number;
  warnings: number;
  /** Users with a record at error. */
  failed: number;
  /** The id of the request that failed first. */
  first: string;
  /** Milliseconds that 99 of 100 requests took at most: nearest rank. */
  p99Ms: number;
  meanMs: number;
  /** Whose requests were as slow as that, or slower. */
  slowUsers: readonly string[];
}

const students = 44;
const atOnce = 6;

/** Signs in, reads three pages of which one is a hit, and signs out. */
async function useSchool({ server }: Probe, user: User, isClumsy: boolean): Promise<number> {
  const login = (password: string) => server.request(loginOf(user, password));
  if (isClumsy) await login('forgotten');
  await login(user.password);
  for (const page of [1, 1, 2]) await server.request(gradesOf(user, page));
  await server.request({
    method: 'POST',
    path: '/api/v1/users/logout/',
    ...(user.tokens[0] && { token: user.tokens[0] }),
  });
  return isClumsy ? 6 : 5;
}

/** Of some the origin loses one call, of others all; to one it answers HTML; two are slow. */
async function trouble({ origin }: Probe, people: readonly User[], random: Random): Promise<void> {
  const about = ({ id }: User) => ({ route: 'student-grades', key: `${id}` }) as const;
  const [html, slow, slower, ...others] = people as [User, User, User, ...User[]];
  const body = '<h1>Back soon</h1>';
  await origin.fail({ ...about(html), status: 200, contentType: 'text/html', body });
  for (const user of [slow, slower]) await origin.delay(about(user), random.integer(500, 800));
  const once = random.integer(2, 4);
  const always = random.integer(2, 4);
  for (const user of others.slice(0, once)) {
    await origin.fail({ ...about(user), status: 503, times: 1 });
  }
  for (const user of others.slice(once, once + always)) {
    await origin.fail({ ...about(user), status: 503 });
  }
}

export async function rush(probe: Probe): Promise<ExperimentResult> {
  const { school, random, server } = probe;
  const crowd = random.shuffle(school.students.slice(100, 100 + students));
  await trouble(probe, random.shuffle(crowd), random);
  const waiting = crowd.map((user, index) => ({ user, isClumsy: index % 12 === 5 }));
  let requests = 0;
  const next = async (): Promise<void> => {
    const student = waiting.shift();
    if (!student) return;
    requests += await useSchool(probe, student.user, student.isClumsy);
    await next();
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  await logged(probe, () => timesIn(server.logs()).length >= requests);
  const records = server.logs().filter(({ reqId }) => reqId !== undefined);
  const data = searched(records);
  const log = records.map(({ line }) => `${line}\n`).join('');
  return {
    data: { ...data },
    log,
    exhibit: {
      kind: 'table',
      title: `${students} students, ${atOnce} at a time`,
      columns: ['in the log', ''],
      rows: [
        ['requests', { value: data.requests }],
        ['records', { value: data.lines }],
        ['size', { value: Math.round(log.length / 1000), unit: 'kB' }],
      ],
      notes: [`The records by level: ${levelsOf(records)}.`],
      commands: ['grep \'"level":50\' {{log}}', 'grep \'"responseTime"\' {{log}} | head -2'],
    },
  };
}

interface Timed {
  ms: number;
  user: string | undefined;
}

/** How long the requests took, of those that are over. */
function timesIn(records: readonly LogRecord[]): Timed[] {
  return records.flatMap((record) => {
    const ms = record.fields?.responseTime;
    return typeof ms === 'number' ? [{ ms, user: userOf(record) }] : [];
  });
}

/** What can be read from a log alone. */
export function searched(records: readonly LogRecord[]): Rush {
  const errors = records.filter(isError);
  const times = timesIn(records).toSorted((one, other) => one.ms - other.ms);
  // Nearest rank: the smallest time that at least 99 % of all do not exceed.
  const rank = Math.ceil((99 * times.length) / 100);
  const slow = times.slice(rank - 1);
  return {
    requests: times.length,
    lines: records.length,
    errors: errors.length,
    warnings: records.filter(({ level }) => level === 'warn').length,
    failed: new Set(errors.map(userOf)).size,
    first: errors[0]?.reqId ?? '',
    p99Ms: slow[0]?.ms ?? 0,
    meanMs: times.reduce((sum, { ms }) => sum + ms, 0) / Math.max(1, times.length),
    slowUsers: [...new Set(slow.flatMap(({ user }) => user ?? []))],
  };
}
