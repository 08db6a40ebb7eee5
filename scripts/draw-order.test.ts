import { describe, expect, it } from 'vitest';
import { drawOrder, take } from './draw-order.ts';

const right = ['a', 'b', 'c'];
const wrong = ['1', '2', '3', '4', '5', '6', '7'];

describe('drawOrder', () => {
  it('takes of each deck in turn, and all of a deck before anything again', () => {
    const drawn = take(drawOrder([right, wrong], 1), 42);
    expect(drawn.every((card, index) => right.includes(card) === (index % 2 === 0))).toBe(true);
    const letters = drawn.filter((card) => right.includes(card));
    const digits = drawn.filter((card) => wrong.includes(card));
    for (let start = 0; start < 21; start += 3) {
      expect(letters.slice(start, start + 3).toSorted()).toEqual(right);
    }
    for (let start = 0; start < 21; start += 7) {
      expect(digits.slice(start, start + 7).toSorted()).toEqual(wrong);
    }
  });

  it('is the seed’s: the same again, and another one with another', () => {
    const of = (seed: number) => take(drawOrder([wrong], seed), 70).join('');
    expect(of(3)).toBe(of(3));
    expect(of(3)).not.toBe(of(4));
    expect(of(3).slice(0, 7)).not.toBe(of(3).slice(7, 14));
  });

  it('leaves out empty decks, and ends where all are', () => {
    expect(take(drawOrder([[], right], 1), 3).toSorted()).toEqual(right);
    expect(take(drawOrder([[]], 1), 3)).toEqual([]);
    expect(take(right, 0)).toEqual([]);
  });
});
