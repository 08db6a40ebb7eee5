import { describe, expect, it } from 'vitest';
import { createLineStore } from './line-store.ts';

const push = (store: ReturnType<typeof createLineStore>, text: string) =>
  store.push(Buffer.from(text));

describe('a store of lines', () => {
  it('puts together what comes in parts, also within a character', () => {
    const seen: string[] = [];
    const store = createLineStore(10_000, (line) => seen.push(line));
    const bytes = Buffer.from('grüße\r\nzweite\nrest');
    for (const byte of bytes) store.push(Buffer.from([byte]));
    expect(store.lines(false)).toEqual(['grüße', 'zweite']);
    expect(store.lines(true)).toEqual(['grüße', 'zweite', 'rest']);
    expect(seen).toEqual(['grüße', 'zweite']);
  });

  it('keeps the last lines, and counts what fell off', () => {
    const store = createLineStore(10_000);
    for (let line = 0; line < 1000; line += 1) push(store, `line ${line}\n`);
    const kept = store.lines(false);
    expect(kept.at(-1)).toBe('line 999');
    expect(kept.length).toBeLessThan(200);
    expect(kept.length).toBeGreaterThan(100);
    expect(store.dropped() + kept.length).toBe(1000);
  });

  it('gives a list that later lines do not change', () => {
    const store = createLineStore(10_000);
    push(store, 'a\n');
    const before = store.lines(false);
    push(store, 'b\n');
    expect(before).toEqual(['a']);
  });

  it('drops a line without end', () => {
    const store = createLineStore(10_000);
    for (let part = 0; part < 5; part += 1) store.push(Buffer.alloc(1024 * 1024, 'x'));
    expect(store.dropped()).toBe(1);
    push(store, '\nnext\n');
    expect(store.lines(false).at(-1)).toBe('next');
  });
});
