import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What one load came to, by whoever sent it. */
export interface Loaded {
  /** Answers a second. */
  throughput: number;
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
}

/** wrk's own text rounds; its script is told microseconds. */
const script = `done = function(summary, latency)
  io.write(string.format('{"requests":%d,"us":%d,"failed":%d,"p50":%d,"p90":%d,"p99":%d}\\n',
    summary.requests, summary.duration,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout,
    latency:percentile(50), latency:percentile(90), latency:percentile(99)))
end
`;

/** The words that a person is told where something of Debian is missing; undefined where all is there. */
export function missingTools(): string | undefined {
  const missing = Object.entries({ wrk: 'wrk', nginx: 'nginx-light' }).filter(
    ([command]) => toolFile(command) === undefined,
  );
  if (missing.length === 0) return undefined;
  return `Not here: ${missing.map(([command]) => command).join(', ')}. Install: apt-get install ${missing.map(([, name]) => name).join(' ')}`;
}

/** The absolute file of a command; undefined where it is not installed. Debian's nginx is for root's PATH alone. */
export function toolFile(command: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, command)).find((file) => existsSync(file));
}

/** Loads with wrk in one thread, as ours has one. Throws where a request failed: figures of failures say nothing. */
export async function loadWithWrk(
  url: string,
  connections: number,
  seconds: number,
  folder: string,
): Promise<Loaded> {
  const file = join(folder, 'percentiles.lua');
  await writeFile(file, script);
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', file, url];
  const { stdout } = await run(toolFile('wrk') ?? 'wrk', args);
  const told = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>;
  const { requests = 0, us = 0, failed = 0, p50 = 0, p90 = 0, p99 = 0 } = told;
  if (failed > 0) throw new Error(`wrk: ${failed} of ${requests} requests failed`);
  return {
    throughput: requests / (us / 1e6),
    p50Ms: p50 / 1000,
    p90Ms: p90 / 1000,
    p99Ms: p99 / 1000,
  };
}
