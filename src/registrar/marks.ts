import type { Random } from '../kit/index.ts';

/** Random texts of which no two are equal. */
export interface Marks {
  /** `k3f9-x2m7-q8z1`: short enough to be typed, long enough never to turn up by chance. */
  canary(): string;
  /** A password or a token: `length` characters of a-z and 0-9. */
  secret(length: number): string;
}

/** Draws the marks of one school from its randomness. */
export function createMarks(random: Random): Marks {
  const drawn = new Set<string>();
  const unique = (draw: () => string): string => {
    let text = draw();
    while (drawn.has(text)) text = draw();
    drawn.add(text);
    return text;
  };
  return {
    canary: () => unique(() => (text(random, 12).match(/.{4}/g) ?? []).join('-')),
    secret: (length) => unique(() => text(random, length)),
  };
}

/** `Random.text`, six characters a draw: a school has 250,000 of them, and every command makes a school. */
function text(random: Random, length: number): string {
  let drawn = '';
  while (drawn.length < length) {
    const six = random.integer(0, 36 ** 6 - 1);
    drawn += six.toString(36).padStart(6, '0');
  }
  return drawn.slice(0, length);
}
