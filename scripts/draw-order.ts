import { createRandom } from '../src/kit/random.ts';

/**
 * Draws for ever: one of each deck in turn, each deck in an order of the seed, shuffled anew when it is used up. So
 * whatever begins the series is balanced: as much of each deck, and everything of a deck before anything comes again.
 */
export function* drawOrder<Card>(
  decks: readonly (readonly Card[])[],
  seed: number,
): Generator<Card, void> {
  const piles = decks
    .filter((deck) => deck.length > 0)
    .map((deck, index) => ({
      deck,
      left: [] as Card[],
      random: createRandom(seed, `deck ${index}`),
    }));
  if (piles.length === 0) return;
  for (;;) {
    for (const pile of piles) {
      if (pile.left.length === 0) pile.left = pile.random.shuffle(pile.deck);
      yield pile.left.pop() as Card;
    }
  }
}

/** The first `count`. */
export function take<Card>(cards: Iterable<Card>, count: number): Card[] {
  const taken: Card[] = [];
  if (count < 1) return taken;
  for (const card of cards) {
    taken.push(card);
    if (taken.length >= count) break;
  }
  return taken;
}
