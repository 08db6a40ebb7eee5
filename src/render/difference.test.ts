import { describe, expect, it } from 'vitest';
import { showDifference } from './difference.ts';
import { createTheme } from './theme.ts';

const theme = createTheme({ columns: 80, colour: false, plain: false, unicode: true });
const plain = createTheme({ columns: 80, colour: false, plain: true, unicode: true });

describe('showDifference', () => {
  it('leaves texts alone whose difference can be seen', () => {
    const texts = { expected: 'owner 11', actual: 'owner 1' };
    expect(showDifference('owner 11', 'owner 1', 40, theme)).toEqual({ ...texts, key: undefined });
  });

  it.each([
    ['a b', 'a  b', 'a·b', 'a··b'],
    ['a', 'a\n', 'a', 'a↵\n'],
    ['a\tb', 'a b', 'a→b', 'a·b'],
    ['a\r\nb', 'a\nb', 'a␍↵\nb', 'a↵\nb'],
    ['1\u00A0234', '1 234', '1\\u00a0234', '1·234'],
  ])('makes white space visible in %j and %j', (expected, actual, one, other) => {
    const shown = showDifference(expected, actual, 40, theme);
    expect([shown.expected, shown.actual]).toEqual([one, other]);
    expect(shown.key).toContain('· is a space');
  });

  it('has ASCII marks, and explains them', () => {
    const shown = showDifference('a b', 'a\tb', 40, plain);
    expect([shown.expected, shown.actual]).toEqual(['a_b', 'a\\tb']);
    expect(shown.key).toContain('_ is a space');
  });

  it('cuts a long equal beginning, and counts what it cut', () => {
    const same = 'x'.repeat(90);
    const shown = showDifference(`${same}autumn`, `${same}spring`, 40, theme);
    expect(shown.expected).toBe(`…${'x'.repeat(12)}autumn`);
    expect(shown.actual).toBe(`…${'x'.repeat(12)}spring`);
    expect(shown.key).toBe('The first 78 characters are equal and left out.');
  });

  it('shows where the shorter of two texts ends', () => {
    const same = 'y'.repeat(60);
    const shown = showDifference(`${same}!`, same, 40, theme);
    expect([shown.expected, shown.actual]).toEqual([`…${'y'.repeat(12)}!`, `…${'y'.repeat(12)}`]);
  });
});
