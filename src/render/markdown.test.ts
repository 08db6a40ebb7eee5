import { describe, expect, it } from 'vitest';
import { markdownLines } from './markdown.ts';
import { createTheme } from './theme.ts';

const theme = createTheme({ columns: 60, colour: false, plain: false, unicode: true });
const show = (...lines: string[]) => markdownLines(lines.join('\n'), theme, 40).join('\n');

describe('Markdown', () => {
  it('joins the lines of a paragraph, and keeps paragraphs apart', () => {
    expect(show('one', 'two', '', 'three')).toBe('one two\n\nthree');
  });

  it('shows bold, italic and inline code, and what only looks like markup', () => {
    expect(show('**a** *b* `c < d` 2 * 3 & <key> \\*')).toBe('a b `c < d` 2 * 3 & <key> *');
  });

  it('keeps short inline code on one line', () => {
    expect(show('The command that you want here is `npm run check`.')).toBe(
      'The command that you want here is\n`npm run check`.',
    );
  });

  it('never breaks code', () => {
    const long = `const value = ${'x'.repeat(50)};`;
    expect(show('```ts', long, '', 'next();', '```')).toBe(`  ${long}\n\n  next();`);
  });

  it('shows a link with its address, and an address once', () => {
    expect(show('[the docs](https://example.org) <https://a.example>')).toBe(
      'the docs (https://example.org)\nhttps://a.example',
    );
  });

  it('indents lists in lists, and what follows the first line', () => {
    expect(
      show(
        '- one that is longer than a line of forty columns',
        '  - two',
        '- three',
        '',
        '9. nine',
        '10. ten',
      ),
    ).toBe(
      [
        '• one that is longer than a line of',
        '  forty columns',
        '  • two',
        '• three',
        '',
        '9.  nine',
        '10. ten',
      ].join('\n'),
    );
  });

  it('keeps the paragraphs of a loose list apart', () => {
    expect(show('1. one', '', '   more', '', '2. two')).toBe('1. one\n\n   more\n\n2. two');
  });

  it('shows boxes, quotes, tables and rules', () => {
    expect(show('- [x] done', '- [ ] open')).toBe('[x] done\n[ ] open');
    expect(show('> quoted', '>', '> twice')).toBe('| quoted\n\n| twice');
    expect(show('| a | n |', '|---|--:|', '| x | 10 |', '| y | 2 |')).toBe(
      'a    n\nx   10\ny    2',
    );
    expect(show('a', '', '---', '', 'b')).toBe(`a\n\n${'-'.repeat(20)}\n\nb`);
  });

  it('leaves comments out', () => {
    expect(show('<!-- for authors -->', '', 'text')).toBe('text');
  });

  it('gives the lines of a diff a colour', () => {
    const coloured = createTheme({ columns: 60, colour: 1, plain: false, unicode: true });
    const lines = markdownLines('```diff\n-old\n+new\n same\n```', coloured);
    expect(lines).toEqual(['  \u001b[31m-old\u001b[39m', '  \u001b[32m+new\u001b[39m', '   same']);
  });
});
