import { describe, expect, it } from 'vitest';
import { jsonDifference, sameJson } from './same-json.ts';

describe('sameJson', () => {
  it('ignores the order of keys and nothing else', () => {
    expect(sameJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
    expect(sameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson([1], [1, 2])).toBe(false);
    expect(sameJson([], {})).toBe(false);
    expect(sameJson('1', 1)).toBe(false);
    expect(sameJson(null, undefined)).toBe(false);
  });

  it('is not misled by keys that every object inherits', () => {
    expect(sameJson({}, JSON.parse('{"constructor": 1}'))).toBe(false);
    expect(sameJson({}, JSON.parse('{"__proto__": {"a": 1}}'))).toBe(false);
    expect(sameJson(JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 1}'))).toBe(true);
  });
});

describe('jsonDifference', () => {
  it('names the first place and both values', () => {
    expect(jsonDifference({ a: 1, b: { c: [1, 2] } }, { a: 1, b: { c: [1, 3] } })).toEqual({
      path: 'b.c.1',
      expected: 'b.c.1: 2',
      actual: 'b.c.1: 3',
    });
  });

  it('tells what is absent, and what is there too much', () => {
    expect(jsonDifference({ mean: 1.5 }, {})).toMatchObject({ actual: 'mean: nothing' });
    expect(jsonDifference({}, { cached: true })).toMatchObject({
      expected: 'cached: nothing',
      actual: 'cached: true',
    });
  });

  it('tells whole values that are of another kind, shortened', () => {
    const difference = jsonDifference({ a: 1 }, 'x'.repeat(200));
    expect(difference).toMatchObject({ path: '', expected: '{"a":1}' });
    expect(difference?.actual).toHaveLength(81);
  });
});
