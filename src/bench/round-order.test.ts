import { describe, expect, it } from 'vitest';
import { roundOrder } from './round-order.ts';

const rounds = (count: number) => Array.from({ length: count }, (_, round) => round);

describe('roundOrder', () => {
  it('alternates two variants', () => {
    expect(rounds(4).map((round) => roundOrder(['off', 'on'], round).join(' '))).toEqual([
      'off on',
      'on off',
      'off on',
      'on off',
    ]);
  });

  it.each([2, 3, 4, 5])('puts each of %i variants at every place equally often', (count) => {
    const variants = rounds(count);
    const orders = rounds(2 * count).map((round) => roundOrder(variants, round));
    for (const variant of variants) {
      const places = orders.map((order) => order.indexOf(variant));
      expect(places.toSorted((a, b) => a - b)).toEqual(
        variants.flatMap((place) => Array(orders.length / count).fill(place)),
      );
    }
  });

  it('is fair on average after every two rounds', () => {
    const variants = ['none', 'info', 'debug', 'eager'];
    for (const round of [0, 2, 4, 6]) {
      const [there, back] = [roundOrder(variants, round), roundOrder(variants, round + 1)];
      expect(back).toEqual(there.toReversed());
    }
  });
});
