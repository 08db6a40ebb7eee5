import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from './display-width.ts';
import { pad, truncate, truncateColoured, wrap } from './text.ts';

const chalk = new Chalk({ level: 1 });

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['Überblick', 9],
    ['U\u0308ber', 4],
    ['数学', 4],
    ['👩‍🔬', 2],
    ['✔ ✖ – ❯ ◐ ○ ← … × ·', 19],
    ['\u200B', 0],
    [chalk.red('abc'), 3],
  ])('of %j is %d', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('wrap', () => {
  it('breaks at spaces and cuts only what is longer than a line', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    expect(wrap('数学数学 x', 5)).toEqual(['数学', '数学', 'x']);
  });

  it('keeps newlines, and inner spaces of a line that fits', () => {
    expect(wrap('a\n\n  b   c', 10)).toEqual(['a', '', '  b   c']);
  });

  it('keeps a number and its unit together', () => {
    expect(wrap('in about 30 ms each', 11)).toEqual(['in about', '30 ms each']);
  });

  it('closes a colour at the end of a line and opens it again on the next', () => {
    const lines = wrap(`x ${chalk.red('one two')} y`, 5);
    expect(lines).toEqual([`x ${chalk.red('one')}`, `${chalk.red('two')} y`]);
  });

  it('opens a weight inside a colour again', () => {
    const lines = wrap(chalk.red(`a ${chalk.bold('bb cc')} d`), 4);
    expect(lines.map(stripVTControlCharacters)).toEqual(['a bb', 'cc d']);
    expect(lines[1]?.startsWith('\u001b[31m\u001b[1mcc')).toBe(true);
  });

  it('loses no letter and keeps to its width, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 12 }),
        fc.integer({ min: 2, max: 30 }),
        (words, width) => {
          const text = words.join(' ');
          const lines = wrap(text, width);
          const letters = (value: string) => value.replaceAll(/\s/g, '');
          expect(letters(lines.join(''))).toBe(letters(text));
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('truncateColoured', () => {
  const esc = String.fromCharCode(27);

  it('cuts by columns, and ends the colours that it cuts off', () => {
    const red = `${esc}[31mERROR failed${esc}[39m`;
    expect(truncateColoured(red, 12, '…')).toBe(red);
    expect(truncateColoured(red, 8, '…')).toBe(`${esc}[31mERROR f${esc}[39m…`);
    expect(truncateColoured(`${esc}[31mERR${esc}[39m failed`, 6, '...')).toBe(
      `${esc}[31mERR${esc}[39m...`,
    );
    expect(truncateColoured('数学数学', 6, '…')).toBe('数学…');
  });
});

describe('pad and truncate', () => {
  it('count columns, not characters', () => {
    expect(pad('数学', 6)).toBe('数学  ');
    expect(pad(chalk.red('ab'), 4, 'right')).toBe(`  ${chalk.red('ab')}`);
    expect(truncate('数学数学', 6, '…')).toBe('数学…');
    expect(truncate('one\n  two', 20, '…')).toBe('one two');
  });
});
