/*
 * Investigates an incident from the texts of its files alone, as a learner has to: it knows nothing of how they are made.
 */

interface AccessRecord {
  time: string;
  reqId: string;
  path: string;
  status: number;
  userId?: number;
  cache: 'hit' | 'miss' | 'pass';
  etag?: string;
}

interface CounterRecord {
  time: string;
  originCalls: number;
  hits: number;
  misses: number;
}

type Files = Readonly<Record<string, string>>;

/** The records of all files whose name begins so, in order of time. */
export function readRecords<Shape extends { time: string }>(files: Files, name: string): Shape[] {
  return Object.entries(files)
    .filter(([file]) => file.startsWith(name))
    .flatMap(([, text]) => text.trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Shape)
    .sort((one, two) => one.time.localeCompare(two.time));
}

/** Private answers that were sent to somebody other than the one for whom the handler had made them. */
export function findLeaks(files: Files) {
  const own = readRecords<AccessRecord>(files, 'access').filter(
    ({ path, status, etag }) => path.startsWith('/api/v1/me/') && status === 200 && etag,
  );
  const owners = new Map(
    own.flatMap(({ cache, etag, userId }) => (cache === 'hit' ? [] : [[etag, userId] as const])),
  );
  return own
    .filter(({ etag, userId }) => owners.get(etag) !== userId)
    .map((record) => ({ ...record, owner: owners.get(record.etag) }));
}

/** The five seconds in which most calls reached the origin: the minute in which they began. */
export function busiestMinute(files: Files): string {
  const calls = new Map<string, number>();
  for (const { time, originCalls } of readRecords<CounterRecord>(files, 'counters')) {
    calls.set(time, (calls.get(time) ?? 0) + originCalls);
  }
  const [end = ''] = [...calls].reduce((most, each) => (each[1] > most[1] ? each : most));
  return new Date(Date.parse(end) - 5_000).toISOString().slice(11, 16);
}
