import type { Cell, ExperimentResult, LogLevel, Probe } from 'course-labs/kit';
import { logLevels } from 'course-labs/kit';
import { type Kind, kinds, makeTrouble, type TrafficRequest, trafficOf } from './traffic.ts';
import { type Lines, linesFrom, playWave, type Wave } from './waves.ts';

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
  const totals = data.waves.map(
    ({ level, lines, bytes }) =>
      `${linesFrom(lines, 'trace')} at ${level} (${(bytes / 1000).toFixed(1)} kB)`,
  );
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `The same ${data.requests} requests, at six levels of the logger: lines in the log`,
      columns: ['logger', ...logLevels],
      rows: data.waves.map(({ level, lines }) => [level, ...cellsOf(lines)]),
      notes: [
        `Lines in all: ${totals.join(', ')}.`,
        `Of the ${data.requests} requests: ${mixOf(trafficOf(probe.school))}.`,
      ],
    },
  };
}

/** A second destination at warn, under a logger at three levels. */
export async function twoGates(probe: Probe): Promise<ExperimentResult> {
  const data = await playWaves(probe, ['debug', 'warn', 'error']);
  const rows = data.waves.map(({ level, lines, secondFile }): Cell[] => [
    level,
    { value: linesFrom(lines, 'trace') },
    { value: linesFrom(secondFile, 'trace') - linesFrom(secondFile, 'warn') },
    ...logLevels.slice(logLevels.indexOf('warn')).map((each) => ({ value: secondFile[each] })),
  ]);
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: 'The same traffic, with a second destination whose own level is warn',
      columns: ['logger', 'stdout', 'below warn', 'warn', 'error', 'fatal'],
      rows,
      notes: ['Under stdout all its lines; to the right of it the lines of the second file.'],
    },
  };
}

/** The learner's own server, turned up and down. */
export async function yourLevels(probe: Probe): Promise<ExperimentResult> {
  const data = await playWaves(probe, logLevels);
  const rows = data.waves.map(({ level, lines, secondFile }): Cell[] => [
    level,
    ...cellsOf(lines),
    { value: linesFrom(secondFile, 'trace') },
  ]);
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `The same ${data.requests} requests on your server: lines on stdout, and in the file of ERROR_LOG`,
      columns: ['logger', ...logLevels, 'file'],
      rows,
    },
  };
}

/** Lines by level; a level of which there are none shows as a dash. */
function cellsOf(lines: Lines): Cell[] {
  return logLevels.map((level) => (lines[level] === 0 ? '-' : { value: lines[level] }));
}

function mixOf(traffic: readonly TrafficRequest[]): string {
  return (Object.entries(kinds) as [Kind, string][])
    .map(([kind, text]) => `${traffic.filter((request) => request.kind === kind).length} ${text}`)
    .join(', ');
}
