import { describe, expect, it } from 'vitest';
import { fittingTable, tableLines } from './table.ts';
import { createTheme } from './theme.ts';

const theme = createTheme({ columns: 80, colour: false, plain: false, unicode: true });
const columns = [
  { heading: 'name', wraps: true },
  { heading: 'hits', align: 'right' as const },
];

describe('a table', () => {
  it('aligns texts left and figures right', () => {
    expect(
      tableLines(
        columns,
        [
          ['C#', '1,204'],
          ['数学', '7'],
        ],
        theme,
      ),
    ).toEqual(['name    hits', 'C#     1,204', '数学       7']);
  });

  it('narrows the columns that wrap', () => {
    const rows = [['a subject with a long name', '7']];
    expect(tableLines(columns, rows, theme, 24)).toEqual([
      'name                hits',
      'a subject with a       7',
      'long name',
    ]);
  });

  it('closes ranks before it breaks texts', () => {
    const rows = [['seventeen letters', '7']];
    expect(tableLines(columns, rows, theme, 23)).toEqual([
      'name               hits',
      'seventeen letters     7',
    ]);
  });

  it('does not fit where figures would have to be broken', () => {
    expect(fittingTable(columns, [['abcdefghijkl', '1,000,000']], theme, 20)).toBeUndefined();
  });

  it('becomes a list where it does not fit', () => {
    expect(tableLines(columns, [['abcdefghijkl', '1,000,000']], theme, 20)).toEqual([
      'abcdefghijkl',
      '  hits: 1,000,000',
    ]);
  });

  it('leaves out columns in which nothing stands', () => {
    expect(tableLines([{}, {}, {}], [['a', '', 'b']], theme)).toEqual(['a   b']);
  });
});
