import type { RunRecord } from 'course-labs/kit';
import { benchFigures, benchValues, experimentData } from 'course-labs/kit';
import {
  type Lost,
  noRedis,
  type RedisGoes,
  requestCount,
  type TwoInstances,
} from './experiments.ts';

type Values = Record<string, string | number>;

const notHere = 'not judged here';
const sharingOf = (run: RunRecord) => experimentData<TwoInstances>(run, 'two-instances');
const ms = (value: number) =>
  value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** Figures of the experiment with two instances. */
export function sharedValues(run: RunRecord): Values {
  const { sharing, subjects, writer } = sharingOf(run);
  const { memory, file } = sharing;
  if (!memory || !file) throw new Error(`run ${run.id} lacks a backend`);
  return {
    requests: requestCount,
    subjects,
    writer,
    other: writer === 'a' ? 'b' : 'a',
    'memory-calls': memory.calls,
    'memory-after': memory.callsAfterRestart,
    'file-calls': file.calls,
    'file-after': file.callsAfterRestart,
  };
}

/** Figures of the benchmark; those of Redis in sentences, since a machine may lack it. */
export function hitValues(run: RunRecord): Values {
  const values = benchValues(run, 'bench');
  const ratio = timesAsLong(run);
  const cost = ratio === undefined ? notHere : ms(Number(values['redis-p50-ms']));
  return {
    ...values,
    'memory-hit': ms(Number(values['memory-p50-ms'])),
    'file-hit': ms(Number(values['file-p50-ms'])),
    'redis-hit': cost,
    'redis-against-memory':
      ratio === undefined
        ? `${noRedis} What the file shows holds for Redis, too: whatever lies outside the process costs a way there and back, and reading text as JSON.`
        : `A hit in Redis took ${ratio.toFixed(1)} times as long as one in memory. Redis is no slow program: but a question to it leaves the process, crosses a socket, is answered, and comes back as text that has to be read as JSON.`,
  };
}

/** What the requests met while Redis was away, in sentences. */
export function awayValues(run: RunRecord): Values {
  const { kill, freeze } = experimentData<RedisGoes>(run, 'redis-goes');
  if (!kill || !freeze) return { killed: noRedis, frozen: '' };
  return {
    killed: `While Redis was **dead**, ${story(kill)}.`,
    frozen: `While Redis was **frozen**, ${story(freeze)}.`,
  };
}

function story({ status, waitedMs, calls }: Lost): string {
  const origin = calls === 0 ? 'nobody asked the origin' : 'the origin was asked';
  const client =
    status === undefined
      ? `the client had no answer after ${ms(waitedMs)}`
      : `the client was answered ${status} after ${ms(waitedMs)}`;
  return `${client}, and ${origin}`;
}

/** The table of the four backends: hit cost, sharing, survival, failure. */
export function tableValues(run: RunRecord): Values {
  const { sharing, originMs = 0 } = sharingOf(run);
  const { kill } = experimentData<RedisGoes>(run, 'redis-goes');
  const calls = (name: keyof typeof sharing, reach: string) => {
    const seen = sharing[name];
    return seen ? `${seen.calls} calls${reach}` : notHere;
  };
  const after = (name: keyof typeof sharing) => {
    const seen = sharing[name];
    if (!seen) return notHere;
    return seen.callsAfterRestart === 0 ? 'all of it' : 'nothing';
  };
  return {
    ...hitValues(run),
    requests: requestCount,
    origin: ms(originMs),
    'none-calls': calls('none', ''),
    'memory-calls': calls('memory', ', each for itself'),
    'file-calls': calls('file', ', one machine'),
    'redis-calls': calls('redis', ', all machines'),
    'memory-after': after('memory'),
    'file-after': after('file'),
    'redis-after': after('redis'),
    'redis-fails': kill
      ? kill.status === undefined
        ? 'requests wait for it'
        : 'the origin answers'
      : notHere,
  };
}

/**
 * How a hit in Redis compares with one in memory; undefined where Redis was not measured. By medians: with one client a
 * pause of the machine lengthens a few waits by much, and most not at all.
 */
export function redisHit(run: RunRecord): string | undefined {
  const ratio = timesAsLong(run);
  if (ratio === undefined) return undefined;
  if (ratio > 1.2) return 'slower';
  return ratio < 1 / 1.2 ? 'faster' : 'same';
}

/** Median of the hits in Redis by that of the hits in memory. */
function timesAsLong(run: RunRecord): number | undefined {
  const { variants } = benchFigures(run, 'bench');
  const p50 = (name: string) => variants.find(({ variant }) => variant === name)?.latency.p50Ms;
  const [redis, memory] = [p50('redis'), p50('memory')];
  return redis === undefined || memory === undefined ? undefined : redis / memory;
}

/** What a client met while Redis was dead; undefined where there is none. */
export function whileDead(run: RunRecord): string | undefined {
  const { kill } = experimentData<RedisGoes>(run, 'redis-goes');
  if (!kill) return undefined;
  if (kill.status === undefined) return 'waits';
  return kill.status === 200 ? 'origin' : 'error';
}
