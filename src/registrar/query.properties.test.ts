import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, wellFormed } from '../properties.testing.ts';
import { paged } from './paging.ts';
import { readUrl } from './query.ts';

it('an address is cut at its first question mark, and of equal names the first value counts', async () => {
  const name = fc.oneof(
    fc.constantFrom('page', '__proto__', 'constructor', ''),
    anyText(6).map(wellFormed),
  );
  const path = fc.stringMatching(/^[/a-z%0-9.#&=]{0,12}$/);
  await always(
    [path, fc.array(fc.tuple(name, anyText(6).map(wellFormed)), { maxLength: 5 })],
    (where, pairs) => {
      const query = pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
      const read = readUrl(pairs.length === 0 ? where : `${where}?${query}`);
      expect(read.path).toBe(where);
      const first = new Map(pairs.toReversed());
      expect(new Map(Object.entries(read.query))).toEqual(first);
    },
  );
});

it('the pages of a list hold each row once, in order, and any other page is refused', async () => {
  const page = fc.oneof(
    fc.integer({ min: -3, max: 60 }).map(String),
    anyText(6),
    fc.constantFrom('１', '1.0', '1e1', ' 1', '+1', '0x1', '007', '9'.repeat(400)),
  );
  await always([fc.nat(200), fc.integer({ min: 1, max: 30 }), page], (count, size, asked) => {
    const rows = Array.from({ length: count }, (_, index) => index);
    const list = {
      size,
      count,
      about: {},
      rows: ({ offset, limit }: { offset: number; limit: number }) =>
        rows.slice(offset, offset + limit),
    };
    const seen: unknown[] = [];
    for (let next: number | null = 1; next !== null; ) {
      const body = paged({ ...list, page: String(next) }).json as {
        results: unknown[];
        next: number | null;
      };
      seen.push(...body.results);
      next = body.next;
    }
    expect(seen).toEqual(rows);
    const { status } = paged({ ...list, page: asked });
    const number = asked === '' ? 1 : /^[0-9]+$/.test(asked) ? Number(asked) : 0;
    expect(status).toBe(
      number < 1 ? 400 : number <= Math.max(1, Math.ceil(count / size)) ? 200 : 404,
    );
  });
});
