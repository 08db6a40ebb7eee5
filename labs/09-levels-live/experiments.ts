import type { Cell, ExperimentResult, LogLevel, Probe } from 'course-labs/kit';
import { logLevels } from 'course-labs/kit';
import { type Kind, kinds, makeTrouble, type TrafficRequest, trafficOf } from './traffic.ts';
import { linesFrom, playWave, type Wave } from './waves.ts';

/** Nothing is cached, so that the same traffic writes the same lines each time. */
export const uncached = { cacheBackend: 'none' } as const;

/** The same traffic at several levels. */
export interface Waves {
  requests: number;
  waves: readonly Wave[];
}

/** The same traffic, at one level after the other, on one server. */
async function playWaves(probe: Probe, levels: readonly LogLevel[]): Promise<Waves> {
  const traffic = trafficOf(probe.school);
  await makeTrouble(probe.origin, probe.school);
  const waves: Wave[] = [];
  for (const level of levels) waves.push(await playWave(probe, level, traffic));
  return { requests: traffic.length, waves };
}

/** Six levels at the source: what the log holds of each. */
export async function sixLevels(probe: Probe): Promise<ExperimentResult> {
  const data = await playWaves(probe, logLevels);
  const rows = data.waves.map(({ level, lines, bytes }): Cell[] => [
    level,
    ...logLevels.map((each) => cellOf(lines[each])),
    { value: linesFrom(lines, 'trace') },
    { value: bytes / 1000, digits: 1 },
  ]);
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `The same ${data.requests} requests, at six levels of the logger; lines in the log`,
      columns: ['logger at', ...logLevels, 'lines', 'kB'],
      rows,
      notes: [`Of the ${data.requests} requests: ${mixOf(trafficOf(probe.school))}.`],
    },
  };
}

/** A second destination at warn, under a logger at three levels. */
export async function twoGates(probe: Probe): Promise<ExperimentResult> {
  const data = await playWaves(probe, ['debug', 'warn', 'error']);
  const rows = data.waves.map(({ level, lines, secondFile }): Cell[] => [
    level,
    { value: linesFrom(lines, 'trace') },
    ...logLevels.map((each) => cellOf(secondFile[each])),
  ]);
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: 'The same traffic, with a second destination whose own level is warn',
      columns: ['logger at', 'stdout', ...logLevels],
      rows,
      notes: ['Under stdout all its lines; to the right of it the lines of the second file.'],
    },
  };
}

/** A level that let nothing pass shows as a dash. */
function cellOf(lines: number): Cell {
  return lines === 0 ? '-' : { value: lines };
}

function mixOf(traffic: readonly TrafficRequest[]): string {
  return (Object.entries(kinds) as [Kind, string][])
    .map(([kind, text]) => `${traffic.filter((request) => request.kind === kind).length} ${text}`)
    .join(', ');
}
