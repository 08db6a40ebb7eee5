import { expect, test } from 'vitest';
import type { Check } from '../kit/index.ts';
import { orderChecks } from './check-order.ts';

function check(id: string, more: Partial<Check> = {}): Check {
  return { id, title: id, points: 1, run: async () => {}, ...more };
}
const ids = (checks: readonly Check[]) => checks.map(({ id }) => id);

test('keeps the order of the list, but for needs', () => {
  const checks = [
    check('a', { needs: ['c'] }),
    check('b'),
    check('c'),
    check('d', { needs: ['a', 'b'] }),
  ];
  expect(ids(orderChecks(checks))).toEqual(['b', 'c', 'a', 'd']);
});

test('puts a group together where needs allow it', () => {
  const checks = [
    check('a', { group: 'g' }),
    check('b'),
    check('c', { group: 'g' }),
    check('d', { group: 'g', needs: ['b'] }),
  ];
  expect(ids(orderChecks(checks))).toEqual(['a', 'c', 'b', 'd']);
});

test('some checks bring what they need, through several steps', () => {
  const checks = [
    check('a'),
    check('b', { needs: ['a'] }),
    check('c', { needs: ['b'] }),
    check('d'),
  ];
  expect(ids(orderChecks(checks, ['c']))).toEqual(['a', 'b', 'c']);
});

test.each([
  [
    'a circle',
    [check('a', { needs: ['b'] }), check('b', { needs: ['a'] }), check('c')],
    undefined,
    'need each other: a, b',
  ],
  ['an id that stands twice', [check('a'), check('a')], undefined, 'share an id: a'],
  ['a need that is no check', [check('a', { needs: ['x'] })], undefined, 'no check "x"'],
  ['a name that is no check', [check('a')], ['x'], 'no check "x"; there are: a'],
])('refuses %s', (_, checks, only, message) => {
  expect(() => orderChecks(checks, only)).toThrow(message);
});
