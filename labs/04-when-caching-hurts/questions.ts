import type { Question, Random, RunRecord } from 'course-labs/kit';
import { experimentData } from 'course-labs/kit';
import { decide, describe, drawEndpoints, type Place } from './endpoints.ts';
import type { LettersData } from './letters.ts';

const lettersOf = (run: RunRecord) => experimentData<LettersData>(run, 'letters');

const places: Record<Place, string> = {
  cache: 'cache it, for longer than 5 s',
  short: 'cache it, with a TTL of 5 s at most',
  'never-old': 'never: an old answer does harm',
  'never-cheap': 'never: looking costs as much as answering',
  'never-reuse': 'never: it is hardly ever found again',
};

/** One minute of a log of searches, some of which come twice or more. */
function drawMinute(random: Random): { lines: string[]; distinct: number } {
  const distinct = random.integer(7, 11);
  const readers = Array.from({ length: distinct }, () => random.text(4));
  const repeated = Array.from({ length: random.integer(3, 5) }, () => random.pick(readers));
  const lines = random
    .shuffle([...readers, ...repeated])
    .map((reader) => `GET /api/v1/announcements/?reader=${reader}`);
  return { lines, distinct };
}

export const questions: readonly Question[] = [
  {
    kind: 'question',
    basis: 'run',
    id: 'Q1',
    title: 'The hit rate at which your cache breaks even',
    objectives: ['T2'],
    points: 12,
    hints: [
      'With hit rate h, what does a request cost on average? A share h costs what a hit does, the rest what a miss does.',
      'The cache breaks even when that average is what a request costs without a cache.',
      'h = (miss - off) / (miss - hit): what a miss loses, divided by all that lies between a miss and a hit.',
    ],
    pose: (run) => {
      const { ms, isCpu } = lettersOf(run);
      const { off, hit, miss } = ms;
      // On a machine where copying costs nothing that shows, any hit at all pays.
      const expected = Math.max(0, (miss - off) / (miss - hit));
      const took = isCpu ? 'cost the server' : 'took';
      const what = isCpu ? 'CPU time' : 'time';
      return {
        text: `In your run, the announcements ${took} **${off} ms** without a cache, **${hit} ms** on a hit and **${miss} ms** on a miss. Which share of the requests must be hits, as a number from 0 to 1, so that this cache takes no more ${what} than none?`,
        format: {
          kind: 'number',
          expected,
          tolerance: expected < 0.05 ? { absolute: 0.02 } : { relative: 0.2 },
        },
        why: `(${miss} - ${off}) / (${miss} - ${hit}) = ${expected.toFixed(2)}. A miss loses ${(miss - off).toFixed(1)} ms and a hit saves ${(off - hit).toFixed(1)} ms; below this share there are too few hits to pay for the misses.`,
      };
    },
  },
  {
    kind: 'question',
    basis: 'run',
    id: 'Q2',
    title: 'The memory of one day',
    objectives: ['T2', 'E10'],
    points: 12,
    hints: [
      'An address that comes again finds its entry. How many entries does this minute make?',
      'A day has 1,440 minutes, and nothing expires before it is over.',
      'Different addresses x 1,440 x kilobytes of an entry, divided by 1,000,000, gives gigabytes.',
    ],
    pose: (run, _school, random) => {
      const { entryKB } = lettersOf(run);
      const { lines, distinct } = drawMinute(random);
      const expected = (distinct * 1440 * entryKB) / 1_000_000;
      return {
        text: `This is one minute of a server like this lab's:\n\n    ${lines.join('\n    ')}\n\nEvery minute of the day is like it, with other readers each time. The TTL is a day, an entry takes **${entryKB} kB** as in your run, and there is no bound. How many gigabytes do the entries take at the end of the day? (1 GB is 1,000,000 kB.)`,
        format: { kind: 'number', expected, unit: 'GB', tolerance: { relative: 0.05 } },
        why: `${distinct} different addresses x 1,440 minutes x ${entryKB} kB = ${expected.toFixed(1)} GB, for one list that is the same for everybody.`,
      };
    },
  },
  {
    kind: 'question',
    basis: 'seed',
    id: 'Q3',
    title: 'Cache, short TTL, or never',
    objectives: ['T2', 'E10'],
    points: 16,
    hints: [
      'Ask the four questions in their order, for each line, and stop at the first "never".',
      'Requests for each fill: reads a second, divided by the number of answers, times the seconds that an answer may be kept.',
      'First place those that may be 0 s old, then the one that costs less than 0.1 ms. Of the others, those with fewer than 2 requests for each fill are never; what is left goes by its TTL.',
    ],
    pose: (_school, random) => {
      const endpoints = drawEndpoints(random);
      const decisions = endpoints.map(decide);
      return {
        text: 'Eight endpoints of a school, and five ways to treat them. Nobody tells a cache when something changes: an entry ends by its TTL alone. A look into the cache costs 0.1 ms, and below 2 requests for each fill it does not pay. Which way is right for each?',
        format: {
          kind: 'match',
          items: endpoints.map((each, index) => ({ id: `${index + 1}`, text: describe(each) })),
          places: Object.entries(places).map(([id, text]) => ({ id, text })),
          expected: Object.fromEntries(
            decisions.map(({ place }, index) => [`${index + 1}`, place]),
          ),
          partialCredit: true,
        },
        why: decisions
          .map(({ place, because }, index) => `${index + 1} = ${place}: ${because}.`)
          .join(' '),
      };
    },
  },
];
