/*
 * Parts of the incident, for real: on the version that ran that day, and on the learner's own.
 */
import type { Cell, ExperimentResult, Probe } from 'course-labs/kit';
import { crowd, playFlush, playLeak, playLog, stormTotal } from './scenes.ts';

/** A database that is near, and one that is 40 ms away with room for four questions at a time. */
export const near = { roundTripMs: 5 };
export const origin = { roundTripMs: 40, connections: 4 };

export interface LeakData {
  answered: number;
  leaked: number;
  failed: number;
  calls: number;
  /** Records at warn and above. */
  warnings: number;
}

export interface FlushData {
  kept: number;
  flushed: number;
  later: number;
  slowestMs: number;
}

export interface LogData {
  info: LogFigures;
  debug: LogFigures;
}

interface LogFigures {
  /** A request. */
  lines: number;
  bytes: number;
  secrets: number;
  possible: number;
}

async function leakOf(probe: Probe): Promise<LeakData> {
  const { answered, leaked, statuses, failed } = await playLeak(probe, probe.server);
  const isLoud = (level: string | undefined) => ['warn', 'error', 'fatal'].includes(level ?? '');
  const grades = await probe.origin.count({ route: 'student-grades' });
  const stats = await probe.origin.count({ route: 'student-stats' });
  return {
    answered,
    leaked,
    failed: failed + answered - (statuses[200] ?? 0),
    calls: grades + stats,
    warnings: probe.server.logs().filter(({ level }) => isLoud(level)).length,
  };
}

/** Six students at once, and what each instrument has to say of it. */
export async function leak(probe: Probe): Promise<ExperimentResult> {
  const data = await leakOf(probe);
  const hits = (100 * (data.answered - data.calls)) / data.answered;
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `${stormTotal} requests of six students for their own grades and statistics`,
      columns: ['who is asked', 'what they say'],
      rows: [
        ['the clients: answers that failed', { value: data.failed }],
        ['the cache: hit rate', { value: hits, unit: '%', digits: 1 }],
        ['the origin: calls', { value: data.calls }],
        ['the log: records at warn and above', { value: data.warnings }],
        ["the texts themselves: answers with somebody else's", { value: data.leaked }],
      ],
    },
  };
}

/** A second process that has nothing in its memory is what a flush leaves behind. */
async function flushOf(probe: Probe): Promise<FlushData> {
  const emptied = await probe.launch({ instance: 'b' });
  // Connections are opened at the first request.
  await emptied.get('/healthz');
  const { kept, flushed, later } = await playFlush(probe, probe.server, emptied);
  const { calls, slowestMs } = flushed;
  return { kept: kept.calls, flushed: calls, later: later.calls, slowestMs };
}

export async function flush(probe: Probe): Promise<ExperimentResult> {
  const data = await flushOf(probe);
  const row = (what: string, calls: number): Cell[] => [what, { value: crowd }, { value: calls }];
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `${crowd} clients at once, for the statistics of eight subjects`,
      columns: ['', 'requests', 'calls to the origin'],
      rows: [
        row('while everything is kept', data.kept),
        row('when the cache has been emptied', data.flushed),
        row('the same again', data.later),
      ],
      notes: [`In the second row the slowest answer took ${data.slowestMs} ms.`],
    },
  };
}

async function logOf(probe: Probe): Promise<LogData> {
  const at = async (logLevel: 'info' | 'debug') =>
    playLog(probe, await probe.launch({ logLevel, instance: logLevel }));
  return { info: await at('info'), debug: await at('debug') };
}

/** The same requests at two levels. */
export async function debug(probe: Probe): Promise<ExperimentResult> {
  const data = await logOf(probe);
  const row = (level: 'info' | 'debug'): Cell[] => {
    const { lines, bytes, secrets, possible } = data[level];
    return [level, { value: lines, digits: 1 }, { value: bytes }, `${secrets} of ${possible}`];
  };
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: 'Six students sign in, and read grades, lockers and statistics',
      columns: [
        'level',
        'lines a request',
        'bytes a request',
        'passwords, tokens, combinations in it',
      ],
      rows: [row('info'), row('debug')],
    },
  };
}

/** All three on the learner's own server. */
export async function again(probe: Probe): Promise<ExperimentResult> {
  const leaked = await leakOf(probe);
  await probe.origin.configure(origin);
  const flushed = await flushOf(probe);
  await probe.origin.configure(near);
  const logged = await logOf(probe);
  const secrets = logged.info.secrets + logged.debug.secrets;
  return {
    data: { leak: leaked, flush: flushed, log: logged },
    exhibit: {
      kind: 'table',
      title: 'The three causes, once more',
      columns: ['', ''],
      rows: [
        [`answers of ${leaked.answered} with somebody else's data`, { value: leaked.leaked }],
        [`calls to the origin for them`, { value: leaked.calls }],
        [`calls for ${crowd} clients right after a flush`, { value: flushed.flushed }],
        ['bytes of log a request, at info', { value: logged.info.bytes }],
        ['bytes of log a request, at debug', { value: logged.debug.bytes }],
        ['passwords, tokens and combinations in the log', { value: secrets }],
      ],
    },
  };
}
