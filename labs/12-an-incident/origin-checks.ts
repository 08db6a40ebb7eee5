import type { Check, Probe, ProbeRequest } from 'course-labs/kit';
import { apiPath, demand } from 'course-labs/kit';
import { freshStudent, gradesPath, statsPath } from '../07-two-users-one-cache/observing.ts';
import { failureChecks } from '../08-stampede-and-negative-caching/failure-checks.ts';
import { flightChecks } from '../08-stampede-and-negative-caching/flight-checks.ts';
import {
  demandNegativeTtl,
  notFoundChecks,
} from '../08-stampede-and-negative-caching/not-found-checks.ts';
import { freshName } from '../08-stampede-and-negative-caching/requirement.ts';
import { take } from './earlier.ts';
import { atDebug, check, inMemory, keeps } from './requirement.ts';

const flights = ['fifty-make-one-call'];

/** What reaches the origin. */
export const originChecks: readonly Check[] = [
  ...take(flightChecks, { ...inMemory, needs: [], points: { 'fifty-make-one-call': 3 } }),
  ...take(failureChecks, {
    ...inMemory,
    needs: flights,
    points: { 'failure-is-told-and-over': 2 },
  }),
  ...take(notFoundChecks, { ...inMemory, needs: [], points: { 'not-found-is-kept': 2 } }),
  ...take(flightChecks, {
    group: 'none',
    settings: { cacheBackend: 'none' },
    needs: flights,
    points: { 'none-shares-nothing': 1 },
  }),
  check({
    ...atDebug,
    id: 'not-found-ends',
    needs: ['not-found-is-kept'],
    title: 'a 404 is kept for CACHE_NEGATIVE_TTL_S, and no longer',
    points: 1,
    asked: 'a subject that is not there, and then is, with CACHE_NEGATIVE_TTL_S=1',
    rationale: 'What is missing now may be there soon: a 404 that lives long hides it from all.',
    help: 'A 404 has a TTL of its own.',
    judge: demandNegativeTtl,
  }),
  check({
    ...inMemory,
    id: 'within-the-budget-of-calls',
    needs: [keeps, 'owners-are-right', ...flights],
    title: 'a busy minute costs one call for each answer that is different',
    points: 3,
    asked: 'five students with two devices each, and the statistics of four subjects: 110 requests',
    rationale:
      'The origin has room for so many calls a second. What is wasted here is missing on the day of the results.',
    help: 'Equal questions make calls of their own. What else is in the key than what changes the answer?',
    judge: async (probe, words) => {
      const { students, subjects, requests } = busyMinute(probe);
      const calls = async () => {
        const about = [...students.map(({ id }) => `${id}`), ...subjects];
        const counts = about.map((key) => probe.origin.count({ key, method: 'GET' }));
        return (await Promise.all(counts)).reduce((sum, each) => sum + each, 0);
      };
      const before = await calls();
      for (const request of probe.random.shuffle(requests)) {
        const { status } = await probe.server.request(request);
        demand('status', 200, status, { ...words, request });
      }
      const made = (await calls()) - before;
      const budget = 3 * students.length + subjects.length;
      const most = `at most ${budget}`;
      demand('calls to the origin', most, made <= budget ? most : made, words);
    },
  }),
];

function busyMinute(probe: Probe) {
  const students = Array.from({ length: 5 }, () => freshStudent(probe));
  const subjects = Array.from({ length: 4 }, () => freshName(probe));
  const own = students.flatMap(({ tokens }) =>
    tokens.flatMap((token) =>
      [gradesPath(1), gradesPath(2), statsPath].map((path): ProbeRequest => ({ path, token })),
    ),
  );
  const shared = subjects.map(
    (name): ProbeRequest => ({ path: apiPath('subjects', name, 'stats') }),
  );
  const requests = [...own, ...own, own.slice(0, 10), ...Array.from({ length: 10 }, () => shared)];
  return { students, subjects, requests: requests.flat() };
}
