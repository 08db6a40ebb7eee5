import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeptRecord } from './kept-record.ts';
import { createRecordRing } from './record-ring.ts';

const entry = (sequence: number, line: string) => ({ sequence, line }) as KeptRecord;

describe('a ring of records', () => {
  it('keeps the newest, in order, within both bounds, whatever comes', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 });
    const bounds = fc.record({
      records: fc.integer({ min: 1, max: 12 }),
      characters: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(lengths, bounds, fc.integer({ min: 0, max: 15 }), (all, limit, few) => {
        const ring = createRecordRing(limit);
        const pushed = all.map((length, index) => entry(index, 'x'.repeat(length)));
        for (const each of pushed) ring.push(each);
        const kept = ring.all();
        // The newest ones, without a gap.
        expect(kept).toEqual(pushed.slice(pushed.length - kept.length));
        expect(ring.size()).toBe(kept.length);
        expect(kept.length).toBeLessThanOrEqual(limit.records);
        const characters = kept.reduce((sum, { line }) => sum + line.length, 0);
        if (kept.length > 1) expect(characters).toBeLessThanOrEqual(limit.characters);
        // No fewer than there is room for.
        const next = pushed[pushed.length - kept.length - 1];
        if (next && kept.length < limit.records) {
          expect(characters + next.line.length).toBeGreaterThan(limit.characters);
        }
        expect(ring.last(few)).toEqual(few === 0 ? [] : kept.slice(-few));
        expect(ring.findLast(({ sequence }) => sequence % 2 === 0)).toEqual(
          kept.findLast(({ sequence }) => sequence % 2 === 0),
        );
        ring.clear();
        expect(ring.all()).toEqual([]);
      }),
    );
  });

  it('keeps the newest record, however long it is', () => {
    const ring = createRecordRing({ records: 5, characters: 10 });
    ring.push(entry(1, 'short'));
    ring.push(entry(2, 'x'.repeat(1000)));
    expect(ring.all().map(({ sequence }) => sequence)).toEqual([2]);
  });
});
