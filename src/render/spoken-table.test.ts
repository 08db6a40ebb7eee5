import { describe, expect, it } from 'vitest';
import { tableLines } from './table.ts';
import { createTheme } from './theme.ts';

const theme = createTheme({ columns: 60, colour: false, plain: true, unicode: true });

describe('a table that is read aloud', () => {
  it('names each cell, and what has no name by the words that were given for it', () => {
    const columns = [
      {},
      { align: 'right' as const, spoken: 'lab' },
      { heading: 'title', spoken: '', wraps: true },
      { heading: 'hints', align: 'right' as const },
      {},
    ];
    const rows = [
      ['done', '1', 'Measure\na miss', '3', ''],
      ['new', '2', 'Keys', '', 'continue at EDIT'],
    ];
    expect(tableLines(columns, rows, theme)).toEqual([
      'done, lab 1, Measure, a miss; hints: 3.',
      'new, lab 2, Keys; continue at EDIT.',
    ]);
  });

  it('is a word and what it stands for where no column has a name', () => {
    const rows = [
      ['a', 'the number'],
      ['b', ''],
    ];
    expect(tableLines([{}, { wraps: true }], rows, theme)).toEqual(['a: the number', 'b']);
  });

  it('breaks long rows, with their rest a little further in', () => {
    const columns = [{ heading: 'word' }, { heading: 'meaning', wraps: true }];
    const rows = [['stampede', 'many requests miss the same entry at once']];
    expect(tableLines(columns, rows, theme, 40)).toEqual([
      'word stampede, meaning many requests',
      '  miss the same entry at once.',
    ]);
  });
});
