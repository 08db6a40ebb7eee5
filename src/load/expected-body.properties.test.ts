import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, cuts, inPieces, wellFormed } from '../properties.testing.ts';
import { matchBody } from './expected-body.ts';

const body = anyText(60).map((text) => wellFormed(text).replaceAll('\uFFFD', ''));

it('is met however the chunks of a body were cut', async () => {
  await always([body, cuts], (text, places) => {
    const came = inPieces(Buffer.from(text), places)
      .map((piece) => Buffer.from(piece).toString())
      .join('');
    expect(matchBody(text)(came)).toBe(true);
  });
});

it('is not met by another body', async () => {
  const ascii = (text: string) => text.replaceAll(/[^\0-\x7f]/g, '');
  await always([body, body, cuts], (text, other, places) => {
    fc.pre(ascii(text) !== ascii(other));
    const came = inPieces(Buffer.from(other), places)
      .map((piece) => Buffer.from(piece).toString())
      .join('');
    expect(matchBody(text)(came)).toBe(false);
    expect(matchBody(text)(other)).toBe(false);
  });
});
