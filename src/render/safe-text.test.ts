import { describe, expect, it } from 'vitest';
import { renderExhibit } from './exhibit.ts';
import { safeModel } from './safe-text.ts';
import { createTheme } from './theme.ts';

const theme = createTheme({ columns: 80, colour: false, plain: false, unicode: true });
const plain = createTheme({ columns: 80, colour: true, plain: true, unicode: true });

describe('safeModel', () => {
  it('shows what would command a terminal', () => {
    const wild = '\u001b[2Jgone\u001b]0;title\u0007 \u009b31m\rover\u0000';
    expect(safeModel({ text: wild }, theme).text).toBe(
      '\\x1b[2Jgone\\x1b]0;title\\x07 \\x9b31m\\x0dover\\x00',
    );
  });

  it('leaves line ends and tabs alone', () => {
    expect(safeModel(['a\r\nb\tc\n'], theme)).toEqual(['a\r\nb\tc\n']);
  });

  it('makes ASCII of what has a twin, and spells the rest, so that different texts stay different', () => {
    expect(safeModel('“a” – 3 × 4 … → ü 👩', plain)).toBe('"a" - 3 x 4 ... -> \\u00fc \\u{1f469}');
    expect(safeModel('Ü', plain)).not.toBe(safeModel('U', plain));
  });

  it('leaves figures, flags and gaps as they are', () => {
    const model = { a: 1, b: true, c: undefined, d: null, e: [{ f: 'x' }] };
    expect(safeModel(model, theme)).toEqual(model);
  });

  it('stands before every screen', () => {
    const exhibit = { kind: 'table' as const, columns: ['a'], rows: [['\u001b[31mred']] };
    expect(renderExhibit(exhibit, theme)).toBe(' a\n \\x1b[31mred');
  });
});
