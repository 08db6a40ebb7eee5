import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, isWellFormed } from '../properties.testing.ts';
import { percentDecoded } from './percent-decoded.ts';
import { findPieces } from './pieces.ts';
import { createRandom } from './random.ts';

const encoded = (bytes: Uint8Array) =>
  [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const rawBytes = fc.uint8Array({ maxLength: 6 });

it('decodes what was encoded, with any bytes around it that are no UTF-8', async () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }).filter(isWellFormed);
  // A byte that begins a character would take the next ones with it.
  const broken = fc
    .array(fc.constantFrom(0x80, 0xbf, 0xc0, 0xc1, 0xf5, 0xff), { maxLength: 4 })
    .map((bytes) => Uint8Array.from(bytes));
  await always([word, broken, broken], (text, before, after) => {
    const source = encoded(before) + encoded(Buffer.from(text)) + encoded(after);
    expect(percentDecoded(source)?.text).toBe(encoded(before) + text + encoded(after));
  });
});

it('says where each character stood', async () => {
  const parts = fc.array(
    fc.oneof(
      anyText(6),
      rawBytes.map(encoded),
      fc
        .string({ unit: 'grapheme', maxLength: 4 })
        .filter(isWellFormed)
        .map((text) => encoded(Buffer.from(text))),
    ),
    { maxLength: 8 },
  );
  await always([parts], (all) => {
    const source = all.join('');
    const decoded = percentDecoded(source);
    if (decoded === undefined) return;
    const { text, sourceOf } = decoded;
    let last = -1;
    let at = 0;
    for (const character of text) {
      const from = sourceOf(at);
      const to = sourceOf(at + character.length);
      const stood = source.slice(from, to);
      const isMeant =
        stood === character || stood.toLowerCase() === encoded(Buffer.from(character));
      if (from <= last || !isMeant) expect.fail(`${character} stood at ${from} to ${to}: ${stood}`);
      last = from;
      at += character.length;
    }
    expect(sourceOf(text.length)).toBe(source.length);
  });
});

it('hides no secret behind bytes that are no UTF-8', async () => {
  await always(
    [fc.integer(), rawBytes, rawBytes, anyText(8)],
    (seed, before, after, around) => {
      const secret = createRandom(seed).text(16);
      // The bytes before may begin a character that the secret's first byte does not go on with.
      const text = around + encoded(before) + encoded(Buffer.from(secret)) + encoded(after);
      const found = findPieces(text, { owner: [secret] });
      expect(found.some(({ piece, as }) => as === 'url-encoded' && piece.length >= 8)).toBe(true);
    },
    0.5,
  );
});
