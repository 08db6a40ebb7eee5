import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { always, anyText } from '../properties.testing.ts';
import { csvLine } from './csv.ts';
import { escapeHtml } from './html/page.ts';
import { element, escapeXml } from './xml.ts';

/** RFC 4180, as a spreadsheet reads it. */
function cellsOf(text: string): string[] {
  const cells: string[] = [];
  let at = 0;
  do {
    if (text[at] === '"') {
      const end = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
      if (end === null) throw new Error('an open quote');
      cells.push((end[1] ?? '').replaceAll('""', '"'));
      at += end[0].length;
    } else {
      const cell = /^[^,"\r\n]*/.exec(text.slice(at))?.[0] ?? '';
      cells.push(cell);
      at += cell.length;
    }
    if (at < text.length && text[at] !== ',') throw new Error(`no comma at ${at}`);
    at += 1;
  } while (at <= text.length);
  return cells;
}

it('a line of CSV is read as it was written, and no cell is a formula', async () => {
  const cell = fc.oneof(
    anyText(),
    fc.stringMatching(/^[=+@,"\r\n -]{0,6}$/),
    fc.double(),
    fc.boolean(),
    fc.constant(undefined),
  );
  await always([fc.array(cell, { minLength: 1, maxLength: 6 })], (cells) => {
    const read = cellsOf(csvLine(cells));
    const meant = cells.map((each) => {
      const isFormula = typeof each === 'string' && /^[=+\-@\t\r]/.test(each);
      return `${isFormula ? "'" : ''}${each ?? ''}`;
    });
    expect(read).toEqual(meant);
    for (const [index, text] of read.entries()) {
      if (typeof cells[index] === 'string') expect(text).not.toMatch(/^[=+\-@\t\r]/);
    }
  });
});

it('a text in XML is read as it was written, but for characters that XML has no place for', async () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    trimValues: false,
    parseAttributeValue: false,
    parseTagValue: false,
    htmlEntities: true,
  });
  await always([anyText(30)], (text) => {
    const xml = element('root', { name: text }, [element('leaf', {}, [escapeXml(`.${text}`)])]);
    expect(XMLValidator.validate(xml)).toBe(true);
    const meant = text.replace(
      /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu,
      '\uFFFD',
    );
    const { root } = parser.parse(xml);
    expect(root.name).toBe(meant);
    expect(root.leaf).toBe(`.${meant}`);
  });
});

it('a text in HTML opens no element, ends no attribute, and is read as it was written', async () => {
  const named: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
    apos: "'",
  };
  await always([anyText(30)], (text) => {
    const html = escapeHtml(text);
    expect(html).not.toMatch(/[<>"']/);
    expect(html.replaceAll(/&([a-z]+|#\d+);/g, (_, name: string) => named[name] ?? '?')).toBe(text);
  });
});
