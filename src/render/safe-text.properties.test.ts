import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyText } from '../properties.testing.ts';
import { displayWidth, graphemes } from './display-width.ts';
import { headline, labelled, marked, paragraph, screen } from './layout.ts';
import { codeLines, markdownLines } from './markdown.ts';
import { safeFields, safeModel } from './safe-text.ts';
import { tableLines } from './table.ts';
import { pad, truncate, truncateColoured, wrap } from './text.ts';
import { createTheme, type Theme } from './theme.ts';

const esc = String.fromCharCode(27);

const theme: fc.Arbitrary<Theme> = fc
  .record({
    columns: fc.integer({ min: 30, max: 130 }),
    colour: fc.boolean(),
    plain: fc.boolean(),
    unicode: fc.boolean(),
  })
  .map((options) => createTheme(options));

/** The colours of our own apart, nothing is left for a terminal to obey but line ends. */
const withoutColours = (text: string) =>
  stripVTControlCharacters(text) === text
    ? text
    : text.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '');
const ascii = /^[\n -~]*$/;

describe('a text made harmless', () => {
  it('holds no control character but tabs and line ends, and is as wide as its parts', async () => {
    await always([anyText(60), theme], (text, place) => {
      const safe = safeModel(text, place);
      expect(safe.replaceAll(/\r?\n|\t/g, '')).not.toMatch(/\p{Cc}/u);
      if (!place.unicode) expect(safe).toMatch(/^[\r\n\t -~]*$/);
      expect(safeModel(safe, place)).toBe(safe);
      for (const line of safe.split(/\r?\n/)) {
        const sum = graphemes(line).reduce((total, each) => total + displayWidth(each), 0);
        expect(displayWidth(line)).toBe(sum);
        expect(stripVTControlCharacters(line)).toBe(line);
      }
    });
  });

  it('is another where the text is another, and stays in its place in a model', async () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        anyText(8),
        fc.integer(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('any')),
      ),
    })).any;
    const shape = (each: unknown): unknown => {
      if (typeof each === 'string') return 'text';
      if (Array.isArray(each)) return each.map(shape);
      if (typeof each !== 'object' || each === null) return each;
      return Object.entries(each).map(([key, item]) => [key, shape(item)]);
    };
    await always([value, theme], (model, place) => {
      expect(shape(safeModel(model, place))).toEqual(shape(model));
    });
  });

  it('as fields of a record stays on its line: names, and values at any depth, apart from stacks', async () => {
    const fields = fc.dictionary(anyText(8), fc.oneof(anyText(12), fc.jsonValue({ maxDepth: 3 })), {
      maxKeys: 5,
    });
    const texts = (value: unknown): string[] => {
      if (typeof value === 'string') return [value];
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([name, item]) => [name, ...texts(item)]);
    };
    await always([fields, theme], (record, place) => {
      const shown = texts(safeFields(record, place)).join('');
      expect(shown.replaceAll('\t', '')).not.toMatch(/\p{Cc}/u);
    });
  });
});

describe('no line is wider than there is room', () => {
  const width = fc.integer({ min: 4, max: 60 });
  const safe = (text: string, place: Theme) => safeModel(text, place);
  /** A character of two columns stands alone where there is one. */
  const fits = (lines: readonly string[], most: number) => {
    for (const line of lines)
      if (displayWidth(line) > most)
        expect.fail(`${displayWidth(line)} > ${most}: ${JSON.stringify(line)}`);
  };

  it('of wrapped, padded and cut texts', async () => {
    await always([anyText(80), theme, width], (text, place, most) => {
      const one = safe(text, place);
      fits(wrap(one, most), most);
      fits(wrap(place.style.good(one), most), most);
      const ellipsis = place.symbols.ellipsis;
      fits(
        [
          truncate(one, most, ellipsis),
          truncateColoured(place.style.bad(one.replaceAll(/\r?\n/g, ' ')), most, ellipsis),
        ],
        most,
      );
      const [first = ''] = one.split(/\r?\n/);
      expect(displayWidth(pad(first, most))).toBe(Math.max(most, displayWidth(first)));
    });
  });

  it('and no letter is lost', async () => {
    const bare = (text: string) => stripVTControlCharacters(text).replaceAll(/\s/g, '');
    await always([anyText(80), theme, width], (text, place, most) => {
      const one = safe(text, place);
      expect(bare(wrap(one, most).join(''))).toBe(bare(one));
      expect(bare(wrap(place.style.strong(one), most).join(''))).toBe(bare(one));
    });
  });

  it('of tables, lists, headlines and paragraphs', async () => {
    const rows = fc.array(fc.array(anyText(30), { minLength: 3, maxLength: 3 }), { maxLength: 4 });
    await always([rows, anyText(30), theme], (texts, other, place) => {
      const [cells, title] = safeModel([texts, other] as const, place);
      const columns = [
        { heading: title },
        { heading: 'b', align: 'right' as const },
        { wraps: true },
      ];
      fits(tableLines(columns, cells, place), place.room);
      fits(paragraph(title, place), place.measure);
      fits(headline(title, cells[0]?.[0] ?? '', place), place.room);
      fits(marked('x', title, place), place.measure);
      fits(
        labelled(
          cells.map(([, text = '']) => ['a label', text] as const),
          place,
        ),
        place.measure,
      );
    });
  });

  it('of Markdown, apart from code', async () => {
    const block = fc.constantFrom(
      '# ',
      '- ',
      '1. ',
      '> ',
      '    ',
      '| a | b |\n| - | - |\n| ',
      '```\n',
      '***',
      '[a](',
      '<b>',
      '`',
      '\n\n',
      '| ',
    );
    const source = fc
      .array(fc.oneof(block, anyText(20)), { maxLength: 12 })
      .map((parts) => parts.join(''));
    await always([source, theme], (text, place) => {
      const lines = markdownLines(safe(text, place), place).filter((line) => !line.includes('  '));
      fits(lines, place.measure);
    });
  });
});

it('a screen does nothing to a terminal, and is ASCII where it must be', async () => {
  const draw = screen<{ text: string; code: string; cell: string }>(
    ({ text, code, cell }, place) => [
      ...paragraph(text, place),
      ...codeLines(code, place),
      ...tableLines([{ heading: cell }, { wraps: true }], [[cell, text]], place),
    ],
  );
  await always([anyText(60), anyText(60), anyText(20), theme], (text, code, cell, place) => {
    const drawn = draw({ text, code, cell }, place);
    const bare = withoutColours(drawn);
    expect(bare.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    if (!place.unicode) expect(bare).toMatch(ascii);
  });
});
