import type { Check } from 'course-labs/kit';
import { dataChecks } from '../07-two-users-one-cache/data-checks.ts';
import { doorChecks } from '../07-two-users-one-cache/door-checks.ts';
import { keyChecks } from '../07-two-users-one-cache/key-checks.ts';
import { stormCheck } from '../07-two-users-one-cache/storm-check.ts';
import { take } from './earlier.ts';
import { atDebug, check, inMemory, keeps, onServer } from './requirement.ts';

const owners = [keeps, 'owners-are-right'];

/** Whose data an answer holds. */
export const ownDataChecks: readonly Check[] = [
  ...take(keyChecks, {
    ...inMemory,
    needs: [keeps],
    points: { [keeps]: 2, 'owners-are-right': 3 },
  }),
  ...take([stormCheck], { needs: owners, points: { 'no-leak-between-users': 4 } }),
  check({
    id: 'both-instances-are-right',
    needs: owners,
    title: 'a second instance keeps users apart as the first one does',
    points: 2,
    asked: 'two students in turn, of instance b',
    rationale: 'Half of the requests go to the other instance, and half a repair is a leak.',
    help: 'Something asks for the name of the instance, or was repaired where only one of them sees it.',
    judge: async (probe) => {
      const b = onServer(probe, await probe.launch({ instance: 'b' }));
      for (const id of [keeps, 'owners-are-right']) {
        await keyChecks.find((each) => each.id === id)?.run(b);
      }
    },
  }),
  ...take(doorChecks, {
    ...inMemory,
    needs: owners,
    points: { 'no-token-is-401': 2, 'logout-ends-it': 1 },
  }),
  ...take(dataChecks, {
    ...inMemory,
    needs: owners,
    points: { 'fresh-after-write': 2, 'write-leaves-others-cached': 1, 'locker-never-cached': 1 },
  }),
  ...take(dataChecks, { ...atDebug, needs: owners, points: { 'expires-after-ttl': 1 } }),
];
