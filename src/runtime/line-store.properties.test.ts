import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, cuts, inPieces } from '../properties.testing.ts';
import { createLineStore } from './line-store.ts';

const text = fc.array(fc.oneof(anyText(12), fc.constantFrom('\n', '\r\n', '\n\n')), {
  maxLength: 12,
});

it('gives the same lines however the bytes are cut, also where they are no UTF-8', async () => {
  const parts = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      text.map((each) => Buffer.from(each.join(''))),
    ),
    { maxLength: 6 },
  );
  await always([parts, cuts], (all, places) => {
    const bytes = Buffer.concat(all);
    const told: string[] = [];
    const store = createLineStore(1_000_000, (line) => told.push(line));
    for (const piece of inPieces(bytes, places)) store.push(Buffer.from(piece));
    const expected = bytes
      .toString('utf8')
      .split('\n')
      .map((line) => line.replace(/\r$/, ''));
    expect(store.lines(false)).toEqual(expected.slice(0, -1));
    expect(store.lines(true)).toEqual(
      bytes.length === 0 || bytes.at(-1) === 10 ? expected.slice(0, -1) : expected,
    );
    expect(told).toEqual(expected.slice(0, -1));
  });
});

it('keeps the last lines within its bound, and counts those that fell off', async () => {
  await always(
    [fc.array(fc.nat(60), { maxLength: 60 }), fc.integer({ min: 100, max: 2000 })],
    (lengths, most) => {
      const store = createLineStore(most);
      const lines = lengths.map((length, index) => `${index}:${'x'.repeat(length)}`);
      for (const line of lines) store.push(Buffer.from(`${line}\n`));
      const kept = store.lines(false);
      expect(kept).toEqual(lines.slice(store.dropped()));
      expect(kept.reduce((sum, line) => sum + line.length, 0)).toBeLessThanOrEqual(most);
    },
  );
});
