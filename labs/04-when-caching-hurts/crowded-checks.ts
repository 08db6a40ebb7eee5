import { demand } from 'course-labs/kit';
import { oneOffs, searchCalls, searchPath } from './requests.ts';
import { callsFor, check, newSearch, repeats, search } from './requirement.ts';

const flooded = 'flood-is-answered';
const mostEntries = 50;
// Some two thousand requests: their log lines would cost more than they do.
const settings = { cacheMaxEntries: mostEntries, logLevel: 'warn' } as const;
const crowded = { group: 'crowded', settings } as const;

/** What becomes of a cache with little room when more is asked for than it can hold. */
export const crowdedChecks = [
  check({
    id: flooded,
    ...crowded,
    title: 'a flood of searches that never come again is answered, however full the cache is',
    points: 6,
    asked: `80 searches that differ, with CACHE_MAX_ENTRIES=${mostEntries}`,
    rationale:
      'The origin had given a good answer. That it cannot be kept is no reason to keep it from the client: a full cache must never be an outage.',
    help: 'Look at what your cache does with one entry more than it may hold.',
    judge: (probe, context) => search(probe, oneOffs(probe, 80), context),
  }),
  check({
    id: 'entries-are-bounded',
    ...crowded,
    needs: [flooded],
    title: 'no more than CACHE_MAX_ENTRIES searches are kept',
    points: 8,
    asked: `200 searches that differ, then the same in reverse, with CACHE_MAX_ENTRIES=${mostEntries}`,
    rationale:
      'What was found again was in memory. Searches are as many as people can type: without a bound the process grows until the system ends it.',
    help: 'Count the entries that are left when one more has been put in.',
    judge: async (probe, context) => {
      const texts = oneOffs(probe, 200);
      await search(probe, texts, context);
      const before = await searchCalls(probe.origin, texts);
      await search(probe, texts.toReversed(), context);
      const after = await searchCalls(probe.origin, texts);
      const kept = texts.filter((text) => after.get(text) === before.get(text)).length;
      const most = `${mostEntries} at most`;
      const found = kept <= mostEntries ? most : kept;
      demand('searches found again without a call', most, found, context);
    },
  }),
  check({
    id: 'favourites-stay',
    ...crowded,
    needs: [flooded, repeats],
    title: 'what is asked for all the time is kept through a flood of what is not',
    points: 7,
    asked: `three searches after every five others that come twice, with CACHE_MAX_ENTRIES=${mostEntries}`,
    rationale:
      'These three are what the cache is for. Each time they are thrown out, everybody who wants them waits for the origin again.',
    help: 'Mind what has to go when the cache is full: what is old, or what nobody uses?',
    judge: async (probe, context) => {
      const favourites = [1, 2, 3].map(() => newSearch(probe));
      const rounds = async (count: number) => {
        for (let round = 0; round < count; round += 1) {
          const others = oneOffs(probe, 5);
          // Twice: an answer may keep only what comes again, and it is these that must give way.
          await search(probe, others, context);
          await search(probe, others, context);
          await search(probe, favourites, context);
        }
      };
      // By the third time they are kept.
      await rounds(3);
      const before = await callsFor(probe, favourites);
      await rounds(80);
      const hits = 80 * 3 - ((await callsFor(probe, favourites)) - before);
      // Throwing out by age, at random, or all at once gives 90 % at most; by use, all of them.
      const wanted = '233 or more';
      demand('hits of 240', wanted, hits >= 233 ? wanted : hits, context);
    },
  }),
  check({
    id: 'newcomers-get-in',
    ...crowded,
    needs: [flooded, repeats],
    title: 'a new favourite gets into a full cache, and stays',
    points: 4,
    asked: `80 searches that differ, then a new one after every five more, with CACHE_MAX_ENTRIES=${mostEntries}`,
    rationale: 'What is popular changes. This cache knows the favourites of its first minute only.',
    help: 'When the cache is full, something must go, and it must not be the newcomer.',
    judge: async (probe, context) => {
      await search(probe, oneOffs(probe, 80), context);
      const text = newSearch(probe);
      const rounds = async (count: number) => {
        for (let round = 0; round < count; round += 1) {
          await search(probe, oneOffs(probe, 5), context);
          await search(probe, [text], context);
        }
      };
      await rounds(2);
      const before = await callsFor(probe, [text]);
      await rounds(3);
      const calls = (await callsFor(probe, [text])) - before;
      const request = { path: searchPath(text) };
      demand('calls for its third to fifth time', 0, calls, { ...context, request });
    },
  }),
];
