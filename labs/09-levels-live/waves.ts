import type { LogLevel, LogRecord, Probe } from 'course-labs/kit';
import { demand, logLevels } from 'course-labs/kit';
import type { TrafficRequest } from './traffic.ts';

/** Lines by level. */
export type Lines = Readonly<Record<LogLevel, number>>;

/** What the traffic left in the log while the logger was at one level. */
export interface Wave {
  level: LogLevel;
  lines: Lines;
  /** Of these lines, newlines included. */
  bytes: number;
  /** In ERROR_LOG; all 0 where there is none. */
  secondFile: Lines;
}

/** How many requests of a wave are under way at a time. */
const atOnce = 10;
const patienceMs = 5_000;

/** Plays the traffic on the probe's server at one level, which is set before, and counts what stands in the log then. */
export async function playWave(
  probe: Probe,
  level: LogLevel,
  traffic: readonly TrafficRequest[],
): Promise<Wave> {
  const { server, random } = probe;
  await changeLevel(probe, level);
  const mark = `${level}-${random.text(6)}-`;
  for (let first = 0; first < traffic.length; first += atOnce) {
    const some = traffic.slice(first, first + atOnce).map(({ kind: _, ...request }, index) =>
      server.request({
        ...request,
        headers: { ...request.headers, 'x-request-id': `${mark}${first + index}` },
      }),
    );
    await Promise.all(some);
  }
  // A record that each level lets pass. When it is there, so is all that was written before.
  const fence = `fence-${random.text(8)}`;
  const { kind: _, ...last } = fatalMoment(traffic);
  await server.request({ ...last, headers: { ...last.headers, 'x-request-id': fence } });
  const isThere = () =>
    server.logs().some(({ reqId, level: at }) => reqId === fence && at === 'fatal');
  const came = await probe.poll(isThere, probe.clock.nowMs() + patienceMs);
  demand('a record at fatal in the log', true, came, words(level));
  const ofWave = (records: readonly LogRecord[]) =>
    records.filter(({ reqId }) => reqId?.startsWith(mark) ?? false);
  const written = ofWave(server.logs());
  return {
    level,
    lines: linesOf(written),
    bytes: bytesOf(written),
    secondFile: linesOf(ofWave(server.errorLog())),
  };
}

function fatalMoment(traffic: readonly TrafficRequest[]): TrafficRequest {
  const found = traffic.find(({ kind }) => kind === 'mixed-up');
  if (found === undefined) throw new Error('the traffic has no request that ends at fatal');
  return found;
}

async function changeLevel({ server, school }: Probe, level: LogLevel): Promise<void> {
  const token = school.staff[0]?.tokens[0] ?? '';
  const request = { method: 'POST', path: '/__loglevel', body: { level }, token };
  const { status } = await server.request(request);
  const good = status >= 200 && status <= 299;
  demand('status of POST /__loglevel', '2xx', good ? '2xx' : status, words(level));
}

/** Where a server, ours or the learner's, does not do what the figures need. */
const words = (level: LogLevel) => ({
  asked: `the traffic with the logger at ${level}`,
  rationale: 'The figures of a server that does not follow would mean nothing.',
});

function linesOf(records: readonly LogRecord[]): Lines {
  const count = (level: LogLevel) => records.filter((record) => record.level === level).length;
  return Object.fromEntries(logLevels.map((level) => [level, count(level)])) as Record<
    LogLevel,
    number
  >;
}

function bytesOf(records: readonly LogRecord[]): number {
  return records.reduce((sum, { line }) => sum + Buffer.byteLength(line) + 1, 0);
}

/** How many of these lines are at a level or above it. */
export function linesFrom(lines: Lines, least: LogLevel): number {
  return logLevels.slice(logLevels.indexOf(least)).reduce((sum, level) => sum + lines[level], 0);
}
