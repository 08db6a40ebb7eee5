import type { Option, Random, RunQuestion, RunRecord } from 'course-labs/kit';
import { experimentData, variantFigures } from 'course-labs/kit';
import type { Outage, Repaired, Scene } from './experiments.ts';

const grouped = (count: number) => count.toLocaleString('en');
export const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

export const burstOf = (run: RunRecord) => experimentData<Scene>(run, 'burst');
export const stormOf = (run: RunRecord) => experimentData<Scene & { names: number }>(run, 'storm');
export const outageOf = (run: RunRecord) => experimentData<Outage>(run, 'outage');
export const repairedOf = (run: RunRecord) => experimentData<Repaired>(run, 'after');

/** Texts by their names, numbered in an order of the seed; `ids` tells the number of each name. */
function numbered(texts: Readonly<Record<string, string>>, random: Random) {
  const order = random.shuffle(Object.keys(texts));
  const ids = Object.fromEntries(order.map((name, index) => [name, `${index + 1}`]));
  return {
    ids,
    items: order.map((name, index) => ({ id: `${index + 1}`, text: texts[name] ?? '' })),
  };
}

const question = { kind: 'question', basis: 'run' } as const;

export const questions: readonly RunQuestion[] = [
  {
    ...question,
    id: 'Q1',
    title: 'Calls at an expiry',
    points: 10,
    objectives: ['T1'],
    hints: [
      'Ask of each case: who can see that a call is under way already?',
      'What is under way stands in the memory of one process. Another process cannot see it.',
      'Plain: a call for each client, wherever it is served. Single flight: a call for each process. Before the end: none.',
    ],
    pose: (run, _school, random) => {
      const { calls, requests } = burstOf(run);
      const processes = random.integer(3, 8);
      const each = `${processes} processes behind a load balancer, each with a cache of its own`;
      const { ids, items } = numbered(
        {
          plain: `${each}, and plain cache-aside`,
          flights: `${each}, and single flight`,
          one: 'one process with single flight',
          fresh: 'one process with plain cache-aside, while the entry is still good',
        },
        random,
      );
      const places = [0, 1, processes, calls, processes * requests];
      return {
        text: `In your run **${requests} clients** asked at the same moment, right after the expiry, and **${calls} calls** reached the origin. How many are there at most in these cases, with the same clients, spread over all processes?`,
        format: {
          kind: 'match',
          items,
          places: places.map((count) => ({ id: `${count}`, text: `${grouped(count)} calls` })),
          expected: Object.fromEntries(
            Object.entries({ plain: calls, flights: processes, one: 1, fresh: 0 }).map(
              ([name, count]) => [ids[name] ?? '', `${count}`],
            ),
          ),
          partialCredit: true,
        },
        why: `Plain cache-aside lets every client call: ${calls}, however many processes share them. Single flight makes one call in each process, here ${processes}, since none of them sees what the others have under way. That is mostly enough: ${processes} do no harm where ${calls} do. While an entry is good nobody calls.`,
      };
    },
  },
  {
    ...question,
    id: 'Q2',
    title: 'What single flight saved',
    points: 8,
    objectives: ['T1', 'E10'],
    hints: [
      'The two servers ran for the same time, with the same TTL. Compare their calls to the origin.',
      'What share of the calls of the first one did the second one not make?',
      '100 x (1 - calls with single flight / calls without), in per cent.',
    ],
    pose: (run) => {
      const plain = variantFigures(run, 'bench', 'plain').originCalls;
      const single = variantFigures(run, 'bench', 'single-flight').originCalls;
      const expected = 100 * (1 - single / plain);
      return {
        text: `In your load test plain cache-aside made **${grouped(plain)} calls** to the origin, and single flight **${grouped(single)}** in the same time. How many per cent of the calls did it save?`,
        format: { kind: 'number', expected, unit: '%', tolerance: { absolute: 1 } },
        why: `100 x (1 - ${single} / ${plain}) = ${expected.toFixed(1)} %. The number of expiries is about the same; what each of them costs is not.`,
      };
    },
  },
  {
    ...question,
    id: 'Q3',
    title: 'The storm of 404s',
    points: 10,
    objectives: ['T1', 'T2'],
    hints: [
      'With kept 404s it does not matter how many requests there are. What does matter?',
      'How often can one name be asked for at the origin, if its 404 is kept for that long?',
      'Names times the number of negative TTLs in that time.',
    ],
    pose: (run, _school, random) => {
      const { requests, calls, names } = stormOf(run);
      const after = repairedOf(run).storm.calls;
      const minutes = random.integer(3, 9);
      const ttl = random.pick([10, 15, 20, 30]);
      const each = (minutes * 60) / ttl;
      return {
        text: `Your storm asked **${requests} times** for **${names} made-up names**. Before: **${calls} calls** to the origin. After: **${after}**. Suppose it goes on like that, with the same names, for **${minutes} minutes**, and 404s are kept for **${ttl} s**. How many calls can reach the origin in that time at most, with kept 404s and single flight?`,
        format: {
          kind: 'number',
          expected: names * each,
          unit: 'calls',
          tolerance: { absolute: 0 },
        },
        why: `${names} x ${minutes * 60} / ${ttl} = ${names * each}: one call for each name in each negative TTL, whether there are ten requests a second or ten thousand. Against names that are new each time it does nothing: those never come twice.`,
      };
    },
  },
  {
    ...question,
    id: 'Q4',
    title: 'Why old answers help',
    points: 12,
    objectives: ['E10'],
    hints: [
      'Look at it from the origin: what does it get to do, in the moment when it could answer again?',
      'Three of them are reasons. Compare the calls in your two tables, and think of what a client does with an error.',
      'Fewer calls at once, fewer repeated calls, and no further misses that the failure itself makes.',
    ],
    pose: (run, _school, random) => {
      const [before, after] = [outageOf(run), repairedOf(run)];
      const calls = ({ first, again }: Outage) => first.calls + again.calls;
      const { ids, items } = numbered(
        {
          one: 'Of all who find the entry expired, one asks at a time: what comes back is not met by everybody at once.',
          retries: 'Who gets an answer does not ask again: there are no repeated requests on top.',
          misses: 'A failure takes no entry away, so failing does not make more misses.',
          fresh: 'An old answer that was served counts as fresh for another TTL.',
          slower: 'Old answers take longer, so clients ask less often.',
          copy: 'The origin can copy its lost rows back from the cache.',
        },
        random,
      );
      const reasons = ['one', 'retries', 'misses'];
      return {
        text: `While the origin failed, ${before.first.requests} clients asked and tried again. Before, that made **${calls(before)} calls** and ${before.first.failed + before.again.failed} errors; after, **${calls(after)} calls** and ${after.first.failed + after.again.failed} errors. Which of these are reasons why the second server lets its origin recover? Choose all that are.`,
        format: { kind: 'set', items, expected: reasons.map((name) => ids[name] ?? '').sort() },
        why: `An origin that is overloaded recovers when less is asked of it: ${calls(after)} calls in place of ${calls(before)}, no repeated requests, and entries that stay. An old answer is not made fresh by being served: the next request asks again, or the recovery would go unnoticed.`,
      };
    },
  },
];
