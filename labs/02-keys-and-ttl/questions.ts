import type { Option, PosedQuestion, Random, School, SeedQuestion } from 'course-labs/kit';
import {
  accessLog,
  countEntries,
  countHits,
  type LoggedRequest,
  logLength,
  logTtls,
} from './access-log.ts';

const byAddress = ({ address }: LoggedRequest) => address;
const byMeaning = ({ meaning }: LoggedRequest) => meaning;

/** Numbers to choose from: the right ones, what mistakes lead to, and neighbours of both; ascending. */
function choices(right: readonly number[], mistakes: readonly number[], step: number): number[] {
  const wanted = 8;
  const neighbours = [...right, ...mistakes].flatMap((each) => [each + step, each - step]);
  const all = [...right, ...mistakes, ...neighbours].filter((each) => each > 0);
  return [...new Set(all)].slice(0, wanted).sort((one, other) => one - other);
}

function placesOf(numbers: readonly number[], unit: string): Option[] {
  return numbers.map((number) => ({ id: String(number), text: `${number} ${unit}` }));
}

/** The log as a table that can be read line by line. */
function shown(log: readonly LoggedRequest[]): string {
  const rows = log.map(
    ({ atSeconds, language, address }, index) =>
      `| ${index + 1} | ${atSeconds.toFixed(1)} | ${language || '-'} | \`${address}\` |`,
  );
  return ['| no | at | lang | address |', '| --: | --: | --- | --- |', ...rows].join('\n');
}

const aboutTheLog =
  'An access log: `at` is in seconds, `lang` is Accept-Language (`-` where it was not sent), and the addresses are without `/api/v1`.';

function poseEntries({ seed }: School): PosedQuestion {
  const log = accessLog(seed);
  const [a, b] = [countEntries(log, byAddress), countEntries(log, byMeaning)];
  const mistakes = [
    countEntries(log, ({ address, language }) => `${address} ${language}`),
    countEntries(log, ({ meaning }) => meaning.replace(/ in (de|en)$/, '')),
    logLength,
  ];
  const lines = [...new Set(log.map(byMeaning))].map((meaning) => {
    const of = log.flatMap((each, index) => (each.meaning === meaning ? [index + 1] : []));
    return `${meaning} (${of.join(', ')})`;
  });
  return {
    text: `${aboutTheLog}\n\n${shown(log)}\n\nThe cache is empty at the start and forgets nothing. How many entries does it hold in the end under each rule?\n\n- **a**: the key is the address as it came.\n- **b**: the key is canonical. Name in any case, search as it is, an absent or empty page is 1, an absent search is empty, no language is \`en\`, and \`ref\` changes nothing.`,
    format: {
      kind: 'match',
      items: [
        { id: 'a', text: 'the address as it came' },
        { id: 'b', text: 'the canonical key' },
      ],
      places: placesOf(choices([a, b], mistakes, 1), 'entries'),
      expected: { a: String(a), b: String(b) },
      partialCredit: true,
    },
    why: `${a} addresses differ in at least one character. They ask for ${b} things, by their lines: ${lines.join('; ')}. Rule a is not only wasteful: where one address was asked for in both languages, it gives one of them to both.`,
  };
}

function poseHitRates({ seed }: School): PosedQuestion {
  const log = accessLog(seed);
  const rate = (hits: number) => (hits * 100) / logLength;
  const rates = logTtls.map((ttlSeconds) => rate(countHits(log, { ttlSeconds, keyOf: byMeaning })));
  const mistakes = logTtls.flatMap((ttlSeconds) => [
    rate(countHits(log, { ttlSeconds, keyOf: byMeaning, sliding: true })),
    rate(countHits(log, { ttlSeconds, keyOf: byAddress })),
  ]);
  const told = logTtls.map(
    (ttl, index) => `${ttl} s: ${((rates[index] ?? 0) * logLength) / 100} of ${logLength}`,
  );
  return {
    text: `The same log, and the canonical key of rule **b**: name in any case, search as it is, page 1 and the language \`en\` where none is given.\n\n${shown(log)}\n\nThe cache is empty at the start. A miss fills at once, an entry is used until its TTL is over, and use does not prolong it. What is the hit rate at each TTL? Each of the ${logLength} requests counts ${100 / logLength} %.`,
    format: {
      kind: 'match',
      items: logTtls.map((ttl) => ({ id: `${ttl}s`, text: `a TTL of ${ttl} s` })),
      places: placesOf(choices(rates, mistakes, 4), '%'),
      expected: Object.fromEntries(logTtls.map((ttl, index) => [`${ttl}s`, `${rates[index]}`])),
      partialCredit: true,
    },
    why: `Hits at ${told.join(', at ')}. Six times the TTL brings nothing like six times the hits: the first request for each thing misses at any TTL, and what is asked for seldom has expired anyway. How old an answer can be does grow with the TTL.`,
  };
}

function poseCollision(_school: School, random: Random): PosedQuestion {
  const digits = random.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9]) as [number, number, number];
  const [first, second, third] = digits;
  const one = { id: first * 10 + second, page: third };
  const other = { id: first, page: second * 10 + third };
  // The same three digits, in the five orders that the pair does not have: alike to look at, and all different.
  const others = [
    { id: first * 10 + third, page: second },
    { id: second, page: first * 10 + third },
    { id: second * 10 + third, page: first },
    { id: third, page: first * 10 + second },
    { id: third * 10 + second, page: first },
  ];
  const requests = random.shuffle([one, other, ...others]);
  const items = requests.map(({ id, page }, index) => ({
    id: 'abcdefg'.charAt(index),
    text: `student ${id}, page ${page}`,
  }));
  const letterOf = (request: (typeof requests)[0]) => 'abcdefg'.charAt(requests.indexOf(request));
  return {
    text: `Students read their own grades, page by page, and a cache keeps each answer under the key \`\${id}\${page}\`: the student's number, then the page. Which two of these requests collide?`,
    format: { kind: 'set', items, expected: [one, other].map(letterOf).sort() },
    why: `Student ${one.id}, page ${one.page} and student ${other.id}, page ${other.page} both have the key ${one.id}${one.page}: whoever comes second is shown the grades of the other. One delimiter that no number can hold is enough here: ${one.id}:${one.page} is not ${other.id}:${other.page}.`,
  };
}

/** The graded questions of lab 2, all from the workspace's seed. */
export const questions: readonly SeedQuestion[] = [
  {
    kind: 'question',
    id: 'Q1',
    title: 'How many entries does a key make?',
    objectives: ['E1', 'E3'],
    points: 12,
    hints: [
      'For rule a, a single different character is a different key. For rule b, ask of each line what must be answered.',
      'Under rule a, look for addresses that stand there twice, to the letter. Under rule b, write down what each line asks for: which subject or which list, which page, which language.',
      'Under rule a the language plays no part. Under rule b it does; `ref` does not, nor does the order, and for names the case does not.',
    ],
    basis: 'seed',
    pose: poseEntries,
  },
  {
    kind: 'question',
    id: 'Q2',
    title: 'The hit rate at three TTLs',
    objectives: ['T1', 'E1'],
    points: 16,
    hints: [
      'Take one thing that is asked for, and go through its lines only. The first is a miss.',
      'After a miss at time t, every line before t + TTL is a hit. The first line after that is a miss, and the next t.',
      'Hits of all things together, times 4 %. Count from the last miss, and not from the last line: a hit prolongs nothing.',
    ],
    basis: 'seed',
    pose: poseHitRates,
  },
  {
    kind: 'question',
    id: 'Q3',
    title: 'Two requests, one key',
    objectives: ['T2', 'E3'],
    points: 12,
    hints: [
      'Write down the key of each request, without a space.',
      'A two-digit number and a one-digit page can look like a one-digit number and a two-digit page.',
      'Exactly two of the keys are the same three digits in the same order.',
    ],
    basis: 'seed',
    pose: poseCollision,
  },
];
