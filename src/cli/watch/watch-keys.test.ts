import { describe, expect, it } from 'vitest';
import { watchWishOf } from './watch-keys.ts';

const typed = (text: string) => ({ name: text.toLowerCase(), text });

describe('the keys of a watch', () => {
  it.each([
    ['h', 'hint'],
    ['f', 'in-full'],
    ['r', 'ask'],
    ['R', 'ask'],
    ['g', 'again'],
    ['q', 'quit'],
    ['x', undefined],
  ])('%s means %s', (text, wish) => {
    expect(watchWishOf(typed(text), false)).toBe(wish);
  });

  it('Enter grades again', () => {
    expect(watchWishOf({ name: 'return' }, false)).toBe('again');
  });

  it('only y puts the starter back', () => {
    expect(watchWishOf(typed('y'), true)).toBe('reset');
    for (const text of ['n', 'q', 'r', ' ']) expect(watchWishOf(typed(text), true)).toBe('keep');
    expect(watchWishOf({ name: 'return' }, true)).toBe('keep');
    expect(watchWishOf({ name: 'escape' }, true)).toBe('keep');
  });
});
