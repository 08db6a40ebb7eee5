import { expect, it } from 'vitest';
import { demand, demandJson } from './demand.ts';
import { isFailure } from './failure.ts';

const context = { asked: 'C#, twice', rationale: 'It costs.', request: { path: '/' } };

function failureOf(act: () => void): unknown {
  try {
    act();
  } catch (thrown) {
    return isFailure(thrown) ? thrown : expect.unreachable();
  }
  return undefined;
}

it('lets equal values pass', () => {
  expect(failureOf(() => demand('status', 200, 200, context))).toBeUndefined();
  expect(failureOf(() => demandJson('body', { a: [1] }, { a: [1] }, context))).toBeUndefined();
});

it('tells both values after the same words', () => {
  expect(failureOf(() => demand('calls', 0, 1, context))).toEqual({
    kind: 'failure',
    ...context,
    expected: 'calls: 0',
    actual: 'calls: 1',
  });
});

it('tells where JSON differs', () => {
  const failure = failureOf(() => demandJson('body', { mean: 1, count: 2 }, { mean: 1 }, context));
  expect(failure).toMatchObject({ expected: 'body: count: 2', actual: 'body: count: nothing' });
});
