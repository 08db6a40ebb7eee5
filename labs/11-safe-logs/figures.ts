/*
 * The figures of a run that questions and texts are made of.
 */
import type { RunRecord } from 'course-labs/kit';
import { experimentData, variantFigures } from 'course-labs/kit';
import { debugLines } from './debug-lines.ts';
import type { ForgedData, SecretsData } from './experiments.ts';

export const atInfoOf = (run: RunRecord) => experimentData<SecretsData>(run, 'nine-secrets');
export const atDebugOf = (run: RunRecord) => experimentData<SecretsData>(run, 'one-hour');
export const forgedOf = (run: RunRecord) => experimentData<ForgedData>(run, 'three-logins');

/** Answers a second of one variant. */
export const throughputOf = (run: RunRecord, variant: string) =>
  variantFigures(run, 'bench', variant).throughput;

/** Bytes of log for each request at info. Throws where a run of an earlier version lacks them. */
export function bytesAtInfo(run: RunRecord): number {
  const bytes = variantFigures(run, 'bench', 'info').logBytesPerRequest;
  if (bytes === undefined) throw new Error(`run ${run.id} has no bytes of log`);
  return bytes;
}

/** How many requests are answered at info in the time of one at debug. */
export const slowdown = (run: RunRecord) => throughputOf(run, 'info') / throughputOf(run, 'debug');

/** What one eager call at debug costs at info, in microseconds. */
export const eagerMicroseconds = (run: RunRecord) =>
  (1e6 / throughputOf(run, 'eager') - 1e6 / throughputOf(run, 'info')) / debugLines;

const secondsADay = 86_400;

/** What a day at info comes to. */
export const gigabytesADay = (run: RunRecord) =>
  (bytesAtInfo(run) * throughputOf(run, 'info') * secondsADay) / 1e9;

/** What is left of the answers a second when each request makes texts for lines that are not written. */
export const eagerShare = (run: RunRecord) =>
  throughputOf(run, 'eager') / throughputOf(run, 'info');

/** How many of the secrets stand in the log. */
export const foundIn = ({ secrets }: SecretsData) => secrets.filter(({ found }) => found).length;
