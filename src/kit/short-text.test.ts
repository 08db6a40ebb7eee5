import { expect, it } from 'vitest';
import { shortText, shortToken } from './short-text.ts';

it('shortens a token so that two can be told apart', () => {
  expect(shortToken('a1b2c3d4e5f60718299c')).toBe('a1…9c');
  expect(shortToken('short')).toBe('short');
});

it.each([
  ['a short text', '', 'a short text'],
  ['on one\n  line', '', 'on one line'],
  ['x'.repeat(40), '', 'x'.repeat(40)],
  ['x'.repeat(41), '', `${'x'.repeat(39)}…`],
  [`${'x'.repeat(50)} k3f9-mark`, 'k3f9-mark', `…${'x'.repeat(29)} k3f9-mark`],
  [`${'x'.repeat(50)} k3f9-mark${'y'.repeat(9)}`, 'k3f9-mark', `…${'x'.repeat(28)} k3f9-mark…`],
  [`k3f9-mark ${'x'.repeat(50)}`, 'k3f9-mark', `k3f9-mark ${'x'.repeat(29)}…`],
  ['👩‍🔬'.repeat(20), '', `${'👩‍🔬'.repeat(13)}…`],
  ['x'.repeat(50), 'not there', `${'x'.repeat(39)}…`],
])('shortens %j', (text, seen, short) => {
  expect(shortText(text, 40, seen)).toBe(short);
  expect([...shortText(text, 40, seen)].length).toBeLessThanOrEqual(40);
});
