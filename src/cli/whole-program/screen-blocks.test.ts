import { describe, expect, it } from 'vitest';
import { cutScreen, screenBlocks, withTexts, wordsOf } from './screen-blocks.testing.ts';

const document = [
  '<!-- screen: list',
  '     cost: quick -->',
  '```text',
  '$ npx course-labs list',
  '```',
  'Words.',
  '<!-- screen: run 1',
  '     answer: 1 mutants/x',
  '     columns: 100',
  '     until: the end',
  '     type: 600, 20',
  '     show: one | two',
  '     show: three | four',
  '     mask: alice|bob -->',
  '```text',
  'old',
  '```',
].join('\n');

describe('a screen in a document', () => {
  it('is told by a comment', () => {
    const [list, run] = screenBlocks(document);
    expect(list).toEqual({
      command: 'list',
      columns: 90,
      cost: 'quick',
      type: [],
      show: [],
      text: '$ npx course-labs list',
    });
    expect(run).toMatchObject({
      command: 'run 1',
      answer: '1 mutants/x',
      columns: 100,
      cost: 'load',
      until: 'the end',
      type: ['600', '20'],
      show: [
        ['one', 'two'],
        ['three', 'four'],
      ],
      mask: 'alice|bob',
      text: 'old',
    });
  });

  it.each([
    ['a line that nobody knows', '<!-- screen: list\n  kost: quick -->\n```text\n\n```', 'kost'],
    ['a comment without a block', '<!-- screen: list -->\nWords.', 'no ```text block'],
  ])('is refused with %s', (_, text, problem) => {
    expect(() => screenBlocks(text)).toThrow(problem);
  });

  it('is replaced in its place, and all else stays', () => {
    const replaced = withTexts(document, ['a $1 $& b', 'new\nlines']);
    expect(replaced).toBe(
      document.replace('$ npx course-labs list', () => 'a $1 $& b').replace('old', 'new\nlines'),
    );
  });
});

describe('a long screen', () => {
  const screen = ['one', '', 'two', 'three', '', 'four', 'five'].join('\n');

  it('is cut at the lines that are named, and says how much is gone', () => {
    const shown = cutScreen(screen, [
      ['two', 'two'],
      ['four', 'four'],
    ]);
    expect(shown.split('\n')).toEqual([
      ' … 1 line is left out here',
      '',
      'two',
      ' … 1 line is left out here',
      '',
      'four',
      ' … 1 line is left out here',
    ]);
  });

  it('is not cut at lines that are not there', () => {
    expect(() => cutScreen(screen, [['six', 'six']])).toThrow('no "six"');
    expect(() => cutScreen(screen, [['four', 'one']])).toThrow('no "four" to "one"');
  });
});

describe('the words of a screen', () => {
  it('stay the same when figures and the width of columns change', () => {
    expect(wordsOf('req/s    579   33,693\n p50  0.43 ms')).toBe(
      wordsOf('req/s 1,579 2\np50 12 ms'),
    );
    expect(wordsOf('all bob’s', 'alice’s|bob’s')).toBe(wordsOf('all alice’s', 'alice’s|bob’s'));
  });

  it('differ when a word does', () => {
    expect(wordsOf('Graded in 3.9 s')).not.toBe(wordsOf('Judged in 3.9 s'));
  });
});
