import type { ExperimentResult, Option, Probe, RunRecord } from 'course-labs/kit';
import {
  apiPath,
  askCounted,
  benchFigures,
  defineLab,
  experimentData,
  plainSubjects,
  variantFigures,
} from 'course-labs/kit';

const connections = 20;
const origin = { roundTripMs: 25 };
const statsPath = (name: string) => apiPath('subjects', name, 'stats');
const options = (texts: Record<string, string>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

/** What the experiment by hand leaves: milliseconds of each request, and the fields of four log lines as JSON. */
interface ByHand {
  ms: Record<'off' | 'first' | 'second' | 'third', number>;
  key: string;
  ttlSeconds: number;
  lines: Record<'backend' | 'miss' | 'hit' | 'fill', string>;
}

/** One request without a cache, then three with it: the first, at once again, and after the TTL. */
async function byHand(probe: Probe): Promise<ExperimentResult> {
  const ttlSeconds = probe.server.settings.cacheTtlSeconds ?? 0;
  const offServer = await probe.launch({ cacheBackend: 'none' });
  const [warmUp, ...subjects] = plainSubjects(probe.school).slice(0, 6);
  // The first request of any process is slow, with or without a cache: it would blur the comparison.
  for (const server of [offServer, probe.server]) await server.get(statsPath(warmUp?.name ?? ''));
  for (const [index, { name }] of subjects.entries()) {
    const ask = (id: string, server = probe.server) =>
      askCounted(
        probe.origin,
        server,
        { path: statsPath(name), headers: { 'x-request-id': `by-hand-${index}-${id}` } },
        { route: 'subject-stats', key: name },
      );
    const off = await ask('off', offServer);
    const first = await ask('first');
    const second = await ask('second');
    await probe.waitUntil(first.answer.receivedAtMs + ttlSeconds * 1000 + 20);
    const third = await ask('third');
    // Where a busy machine was too slow for the TTL, another subject tells the story better.
    if (first.calls !== 1 || second.calls !== 0 || third.calls !== 1) continue;
    /** The fields of the record that has this one, as JSON. */
    const line = async (field: string, id?: string) => {
      const reqId = id && `by-hand-${index}-${id}`;
      const find = () =>
        probe.server.logs().find((r) => r.reqId === reqId && r.fields?.[field] !== undefined)
          ?.fields;
      await probe.poll(() => find() !== undefined, probe.clock.nowMs() + 2_000);
      const own = Object.entries(find() ?? {}).filter(
        ([key]) => !/^(level|time|pid|hostname|reqId|msg)$/.test(key),
      );
      return JSON.stringify(Object.fromEntries(own));
    };
    const data: ByHand = {
      ms: {
        off: off.latencyMs,
        first: first.latencyMs,
        second: second.latencyMs,
        third: third.latencyMs,
      },
      key: `subject-stats:${name}`,
      ttlSeconds,
      lines: {
        backend: await line('answersAreIn'),
        miss: await line('lookedFor', 'first'),
        fill: await line('keptAs', 'first'),
        hit: await line('lookedFor', 'second'),
      },
    };
    const row = (what: string, { latencyMs, calls }: typeof off) => [
      what,
      { value: latencyMs, unit: 'ms', digits: 1 },
      { value: calls },
    ];
    return {
      data: { ...data },
      exhibit: {
        kind: 'table',
        title: `GET ${statsPath(name)}`,
        columns: ['request', 'answered after', 'calls to the origin'],
        rows: [
          row('cache off', off),
          row('cache on, first', first),
          row('cache on, at once again', second),
          row(`cache on, after ${ttlSeconds} s`, third),
        ],
        notes: [
          `The log at the start: ${data.lines.backend}`,
          `In the first request: ${data.lines.miss}, then ${data.lines.fill}`,
          `In the second: ${data.lines.hit}`,
        ],
      },
    };
  }
  throw new Error(
    `asking twice took longer than ${ttlSeconds} s, ${subjects.length} times in a row`,
  );
}

/** Figures for the texts after the measurements. */
function figures(run: RunRecord) {
  const { ms, ttlSeconds } = experimentData<ByHand>(run, 'by-hand');
  const off = variantFigures(run, 'bench', 'off');
  const on = variantFigures(run, 'bench', 'on');
  const { options } = benchFigures(run, 'bench');
  return {
    'ttl-by-hand': ttlSeconds,
    'ms-off': ms.off,
    'ms-first': ms.first,
    'ms-second': ms.second,
    connections: options.connections,
    'round-trip': origin.roundTripMs,
    'off-mean': off.latency.meanMs,
    'off-throughput': Math.round(off.throughput),
    'off-calls': off.originCalls,
    'off-answers': off.answered,
    'off-ceiling': Math.round(ceilingOf(run)),
    'on-throughput': Math.round(on.throughput),
    'on-calls': on.originCalls,
    'on-sent': on.sent,
    'on-per-call': Math.round(on.sent / on.originCalls),
    'on-mean': on.latency.meanMs,
    'on-p50': on.latency.p50Ms,
    'on-p99': on.latency.p99Ms,
    'on-max': on.latency.maxMs,
    'max-to-p50': Math.round(on.latency.maxMs / on.latency.p50Ms),
  };
}

/** Little's law: with so many requests under way, this many are answered a second (J. D. C. Little, 1961). */
function ceilingOf(run: RunRecord): number {
  const { meanMs } = variantFigures(run, 'bench', 'off').latency;
  return benchFigures(run, 'bench').options.connections / (meanMs / 1000);
}
