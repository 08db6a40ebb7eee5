import { describe, expect, it } from 'vitest';
import {
  bytes,
  compact,
  count,
  duration,
  enumerate,
  figure,
  megabytes,
  milliseconds,
  moment,
  notAvailable,
  number,
  percent,
  ratio,
  shortPercent,
} from './format.ts';
import { asciiSymbols, unicodeSymbols } from './symbols.ts';

describe('figures', () => {
  it.each([
    [0, 0, '0'],
    [999, 0, '999'],
    [1234, 0, '1,234'],
    [1234567.891, 2, '1,234,567.89'],
    [-1234, 0, '-1,234'],
    [-0.004, 2, '0.00'],
    [999.6, 0, '1,000'],
  ])('number(%d, %d) is %s', (value, digits, text) => {
    expect(number(value, digits)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999.4, '999 B'],
    [999.6, '1.0 kB'],
    [9949, '9.9 kB'],
    [9951, '10 kB'],
    [214_320, '214 kB'],
    [999_600, '1.0 MB'],
    [27_412_000, '27 MB'],
  ])('bytes(%d) is %s', (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  it.each([
    [0, '0'],
    [15.6, '16'],
    [99_999, '99,999'],
    [99_999.7, '100k'],
    [152_992, '153k'],
    [999_499, '999k'],
    [999_500, '1.00M'],
    [9_994_000, '9.99M'],
    [9_996_000, '10.0M'],
    [99_960_000, '100M'],
  ])('compact(%d) is %s', (value, text) => {
    expect(compact(value)).toBe(text);
    expect(text.length).toBeLessThanOrEqual(6);
  });

  it.each([
    [2000, '2,000'],
    [631.2, '631'],
    [31.25, '31.3'],
    [0.614, '0.61'],
    [0.0451, '0.045'],
    [0.000_02, '2.0e-5'],
    [-12.34, '-12.3'],
  ])('figure(%d) is %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it.each([
    [0.004, '0.004 ms'],
    [0.614, '0.61 ms'],
    [31.2, '31.20 ms'],
    [123.456, '123.5 ms'],
    [2345.6, '2,346 ms'],
    [0, '0 ms'],
  ])('milliseconds(%d) is %s', (value, text) => {
    expect(milliseconds(value)).toBe(text);
  });

  it.each([
    [350, '350 ms'],
    [3210, '3.2 s'],
    [59_990, '1 min'],
    [125_000, '2 min 5 s'],
  ])('duration(%d) is %s', (value, text) => {
    expect(duration(value)).toBe(text);
  });
});

describe('shares', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.99979, '99.98 %'],
    [0.999_999, '> 99.99 %'],
    [0.000_01, '< 0.01 %'],
    [0.5, '50.00 %'],
  ])('percent(%d) is %s: never a round figure that it is not', (value, text) => {
    expect(percent(value)).toBe(text);
  });

  it('leaves digits that say nothing out of tolerances', () => {
    expect([shortPercent(0.15), shortPercent(0.005)]).toEqual(['15 %', '0.50 %']);
  });
});

describe('what is not available', () => {
  it('is said, and never 0', () => {
    expect(megabytes(undefined)).toBe(notAvailable);
    expect(megabytes(0)).toBe('0.0 MB');
    expect(megabytes(71_300_000)).toBe('71 MB');
  });
});

describe('words', () => {
  it('counts one and many', () => {
    expect([count(1, 'check'), count(0, 'check'), count(1200, 'entry', 'entries')]).toEqual([
      '1 check',
      '0 checks',
      '1,200 entries',
    ]);
  });

  it('enumerates', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(enumerate)).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });

  it('has a ratio with a sign that the place can show', () => {
    expect(ratio(45.81, unicodeSymbols)).toBe('45.8 ×');
    expect(ratio(0.1218, asciiSymbols)).toBe('0.122 x');
    expect(ratio(1234.5, asciiSymbols)).toBe('1,235 x');
  });

  it('tells a moment by the clock of the place', () => {
    const now = new Date(2026, 10, 2, 18, 0);
    const at = (...parts: [number, number, number, number, number]) =>
      new Date(...parts).toISOString();
    expect(moment(at(2026, 10, 2, 9, 5), now)).toBe('today 09:05');
    expect(moment(at(2026, 10, 1, 14, 3), now)).toBe('1 Nov 2026 14:03');
  });
});
