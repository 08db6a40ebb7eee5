import { expect, it } from 'vitest';
import type { StoredRun } from '../workspace/index.ts';
import { measuredOn, otherMachines } from './measured-on.ts';

const run = (benches: object, experiments: object): StoredRun =>
  ({ id: 1, record: { benches, experiments } }) as StoredRun;

it('notes the machine beside what was measured since the run was stored last', () => {
  const [bench, again, byHand] = [{}, {}, {}];
  const first = measuredOn('here', run({}, {}), run({ bench }, {}));
  expect(first.measuredOn).toEqual({ bench: 'here' });
  const second = measuredOn('there', first, run({ bench }, { byHand }));
  expect(second.measuredOn).toEqual({ bench: 'here', byHand: 'there' });
  const third = measuredOn('there', second, run({ bench: again }, { byHand }));
  expect(third.measuredOn).toEqual({ bench: 'there', byHand: 'there' });
  expect(otherMachines(second, 'there')).toEqual(['here']);
  expect(otherMachines(run({ bench }, {}), 'there')).toEqual([]);
});
