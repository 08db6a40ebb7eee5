import { expect, it } from 'vitest';
import { lostSince } from './fault-state.ts';

const recorded = (...facts: string[]) => ({ facts: new Set(facts), unreadable: [] });

it('takes a refusal for what it is, and all else that is gone for lost', () => {
  const before = recorded(
    'run 2, bench',
    'run 2, bench, {"round":0}',
    'run 20, bench, {"round":0}',
    'lab 1, answer Q1=20',
  );
  const refused = recorded('run 2, bench', 'run 2, bench refused', 'lab 1, answer Q1=20');
  expect(lostSince(before, refused)).toEqual(['run 20, bench, {"round":0}']);
  expect(lostSince(before, recorded('run 2, bench'))).toEqual([...before.facts].slice(1));
  expect(lostSince(before, recorded('run 2, bench refused'))).toContain('run 2, bench');
  expect(lostSince(before, before)).toEqual([]);
});
