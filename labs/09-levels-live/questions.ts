import type { LogLevel, Option, Question, RunRecord } from 'course-labs/kit';
import { experimentData, logLevels } from 'course-labs/kit';
import { drawEvents } from './events.ts';
import type { Waves } from './experiments.ts';
import { type Lines, linesFrom, type Wave } from './waves.ts';
import { drawWords } from './words.ts';

export const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

export const wavesOf = (run: RunRecord) => experimentData<Waves>(run, 'six-levels');
export const gatesOf = (run: RunRecord) => experimentData<Waves>(run, 'two-gates');

/** The wave at a level of the logger. */
export function waveAt({ waves }: Waves, level: LogLevel): Wave {
  const found = waves.find((wave) => wave.level === level);
  if (!found) throw new Error(`the run has no wave at ${level}`);
  return found;
}

const grouped = (count: number) => count.toLocaleString('en');
const told = (lines: Lines) =>
  logLevels.map((level) => `${grouped(lines[level])} at ${level}`).join(', ');

/** Cases of Q2 beside the one that was measured: the level of the logger, and that of the destination. */
const pairs: readonly (readonly [LogLevel, LogLevel])[] = [
  ['info', 'debug'],
  ['error', 'warn'],
  ['trace', 'info'],
  ['warn', 'trace'],
  ['debug', 'error'],
  ['fatal', 'debug'],
];

export const questions: readonly Question[] = [
  {
    kind: 'question',
    basis: 'run',
    id: 'Q1',
    title: 'Lines at level warn',
    points: 8,
    objectives: ['T7', 'E6'],
    hints: [
      'Which of the six counts are left when the logger is at warn? And which when it is at debug?',
      'Add up the counts from warn to fatal for the first part of the hour, and those from debug to fatal for the rest.',
      'lines at warn x times served at warn + lines at debug x times served at debug.',
    ],
    pose: (run, _school, random) => {
      const data = wavesOf(run);
      const [warn, debug] = (['warn', 'debug'] as const).map((level) =>
        linesFrom(waveAt(data, level).lines, 'trace'),
      ) as [number, number];
      const everyMinute = random.integer(2, 9);
      const loud = random.pick([5, 10, 15, 20]);
      const [quietly, loudly] = [(60 - loud) * everyMinute, loud * everyMinute];
      const expected = quietly * warn + loudly * debug;
      return {
        text: `At level trace, the ${data.requests} requests of your run wrote ${told(waveAt(data, 'trace').lines)}. A server gets these same requests **${everyMinute} times a minute**. For an hour its logger is at **warn**, except for **${loud} minutes** of it, in which somebody has set it to **debug**. How many lines does the log of that hour have?`,
        format: { kind: 'number', expected, unit: 'lines', tolerance: { absolute: 0 } },
        why: `At warn your traffic wrote ${warn} lines, those at warn, error and fatal; at debug ${debug}, all but trace. ${quietly} x ${warn} + ${loudly} x ${debug} = ${grouped(expected)}, of which the ${loud} minutes made ${Math.round((100 * loudly * debug) / expected)} %.`,
      };
    },
  },
  {
    kind: 'question',
    basis: 'run',
    id: 'Q2',
    title: 'What reaches the second file',
    points: 10,
    objectives: ['T7', 'E5', 'E6'],
    hints: [
      'A record passes two thresholds, one after the other. Which of the two decides?',
      'The higher one: what the logger lets go never gets to the destination, and what the destination lets go is not in its file.',
      'Take the higher one of the two levels, and add up the counts from there to fatal.',
    ],
    pose: (run, _school, random) => {
      const measured = waveAt(gatesOf(run), 'debug').secondFile;
      const { lines } = waveAt(wavesOf(run), 'trace');
      const count = (logger: LogLevel, destination: LogLevel) =>
        Math.min(linesFrom(lines, logger), linesFrom(lines, destination));
      const cases = [
        { pair: ['debug', 'warn'] as const, lines: linesFrom(measured, 'trace') },
        ...random
          .shuffle(pairs)
          .slice(0, 4)
          .map((pair) => ({ pair, lines: count(...pair) })),
      ];
      const shuffled = random.shuffle(cases);
      const items = shuffled.map(({ pair: [logger, destination] }, index) => ({
        id: 'abcde'.charAt(index),
        text: `logger at ${logger}, destination at ${destination}`,
      }));
      return {
        text: `A second file has a destination, and a level, of its own. Your traffic writes, when nothing is held back, ${told(lines)}. How many lines of it reach the second file in these cases?`,
        format: {
          kind: 'match',
          items,
          places: logLevels.map((level) => {
            const sum = linesFrom(lines, level);
            return { id: `${sum}`, text: `${grouped(sum)} lines` };
          }),
          expected: Object.fromEntries(
            shuffled.map((each, index) => ['abcde'.charAt(index), `${each.lines}`]),
          ),
          partialCredit: true,
        },
        why: `The higher of the two levels decides. With the logger at debug and the destination at warn your second file had ${linesFrom(measured, 'trace')} lines, those from warn on. A destination at debug behind a logger at info gets what is at info and above: nobody makes a record for it that the logger has let go.`,
      };
    },
  },
  {
    kind: 'question',
    basis: 'seed',
    id: 'Q3',
    title: 'The words of Python and the parts of pino',
    points: 12,
    objectives: ['E5'],
    hints: [
      'Begin with what code calls, and with where lines go. One of the parts belongs to none of the words.',
      'A formatter makes a line of a record. A filter decides by more than the level. A level is a threshold in two places.',
      'propagate hands a record up to the handlers of the parent. Where children have no handlers of their own, there is nothing to hand up.',
    ],
    pose: (_school, random) => {
      const { items, places, expected } = drawWords(random);
      return {
        text: "Django configures Python's logging, and its six words name parts that every such library has. Which part of pino does the work of each? One part is left over.",
        format: { kind: 'match', items, places, expected, partialCredit: true },
        why: 'Code calls a logger; a level decides whether there is a record at all; a filter may decide by more; a formatter makes a line of it; a handler takes the line somewhere, if its own level lets it. In Python a record is then handed up to the handlers of the loggers above, unless propagate is False. A child of pino writes where its parent writes, so that question does not come up.',
      };
    },
  },
  {
    kind: 'question',
    basis: 'seed',
    id: 'Q4',
    title: 'Ten events and their levels',
    points: 10,
    objectives: ['E6', 'T6'],
    hints: [
      'Ask of each: must somebody do something, and when? Did a user fail to be served, by our fault?',
      'Nobody, and only who looks for a fault wants it: debug or less. Nobody, and it is the history of the system: info. Soon: warn. It failed: error. All of it is down: fatal.',
      'A user got a 5xx: error. Served all the same, with something wrong: warn. What clients do wrong is no error of the server.',
    ],
    pose: (_school, random) => {
      const drawn = drawEvents(random);
      const ids = drawn.map((_, index) => `${index + 1}`);
      return {
        text: 'Which level belongs to each of these? Where opinions differ among those who run servers, both answers count.',
        format: {
          kind: 'match',
          items: drawn.map(({ text }, index) => ({ id: ids[index] ?? '', text })),
          places: logLevels.map((level) => ({ id: level, text: level })),
          expected: Object.fromEntries(drawn.map(({ levels }, index) => [ids[index], levels[0]])),
          alsoRight: Object.fromEntries(
            drawn.flatMap(({ levels: [, ...others] }, index) =>
              others.length > 0 ? [[ids[index], others]] : [],
            ),
          ),
          partialCredit: true,
        },
        why: drawn
          .map(({ levels, because }, index) => `${ids[index]} ${levels.join(' or ')}: ${because}`)
          .join('. '),
      };
    },
  },
];
