import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { screens } from '../../fixtures/models/screens.ts';
import { displayWidth } from './display-width.ts';
import { createTheme, type ThemeOptions } from './theme.ts';

const esc = String.fromCharCode(27);
const names = Object.keys(screens);

const base: ThemeOptions = { columns: 100, colour: true, plain: false, unicode: true };

function draw(name: string, options: Partial<ThemeOptions> = {}): string {
  const screen = screens[name];
  if (screen === undefined) throw new Error(`no screen ${name}`);
  return screen(createTheme({ ...base, ...options }));
}

/** Lines that must stay whole to be copied: commands and code. */
const whole =
  /^(course-labs |npx |curl |cd |at |TypeError: |stats = |\d+ \||> \d+ \||\|)|course-labs |curl /;

/** What `logs` draws over and over; plain, it says sentences instead: the screens live-plain and live-report. */
function isFullScreen(name: string): boolean {
  return name.startsWith('live-') && !/^live-(plain|report)/.test(name);
}

/** Code and lines of a log keep their own spaces. */
function isCode(line: string): boolean {
  return /^\| | {2}(?:stats = |\d+ \||> \d+ \|| +\| )|^ *at |"msg":/.test(line);
}

describe.each(names)('the screen %s', (name) => {
  it('looks as it was recorded: in colour, plain, and at 60 columns', async () => {
    const shown = [
      '=== 100 columns, colour',
      draw(name).replaceAll(esc, '\\e'),
      '=== 100 columns, plain',
      draw(name, { plain: true }),
      '=== 60 columns',
      draw(name, { columns: 60, colour: false }),
      '',
    ].join('\n');
    await expect(shown).toMatchFileSnapshot(`./snapshots/${name}.txt`);
  });

  it('has no line wider than the place, apart from commands and code', () => {
    for (const columns of [40, 60, 80, 100, 120]) {
      for (const plain of [false, true]) {
        const lines = draw(name, { columns, plain }).split('\n');
        const wide = lines
          .filter((line) => displayWidth(line) > columns)
          .map((line) => stripVTControlCharacters(line).trim())
          .filter((line) => !whole.test(line));
        expect(wide, `${columns} columns, plain ${plain}`).toEqual([]);
      }
    }
  });

  it('is ASCII without escape codes when plain, or without UTF-8', () => {
    for (const columns of [40, 60, 100]) {
      expect(draw(name, { columns, plain: true })).toMatch(/^[\n -~]*$/);
      expect(draw(name, { columns, unicode: false, colour: false })).toMatch(/^[\n -~]*$/);
    }
  });

  it('has no columns and no arrows when plain: what is meant by a place is said in words', () => {
    if (isFullScreen(name)) return;
    for (const columns of [60, 100]) {
      const lines = draw(name, { columns, plain: true })
        .split('\n')
        .filter((line) => !isCode(line));
      expect(lines.filter((line) => /\S {3,}\S/.test(line))).toEqual([]);
      expect(lines.filter((line) => /<-|->|>>|<<|[#=_]{4,}/.test(line))).toEqual([]);
    }
  });

  it('says the same without colour', () => {
    for (const columns of [60, 100]) {
      const coloured = draw(name, { columns });
      expect(stripVTControlCharacters(coloured)).toBe(draw(name, { columns, colour: false }));
    }
  });

  it('closes every colour on the line where it opened it', () => {
    for (const line of draw(name, { columns: 60 }).split('\n')) {
      const codes = [...line.matchAll(new RegExp(`${esc}\\[(\\d+)m`, 'g'))].map(([, code]) =>
        Number(code),
      );
      const opened = codes.filter((code) => code < 20 || (code >= 30 && code < 38)).length;
      const closed = codes.filter((code) => code === 39 || (code >= 22 && code < 30)).length;
      expect(closed, line).toBe(opened);
    }
  });

  it('has no space at the end of a line, and no two empty lines', () => {
    const lines = draw(name, { colour: false }).split('\n');
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    expect(lines.join('\n')).not.toContain('\n\n\n');
  });
});

describe('the screens together', () => {
  it('use colour at all', () => {
    const coloured = names.filter((name) => draw(name).includes(esc));
    expect(coloured.length).toBeGreaterThan(names.length / 2);
  });

  it('never print undefined, NaN or an object', () => {
    for (const name of names) {
      const text = draw(name, { colour: false }).replaceAll(/properties of\s+undefined/g, '');
      expect(text, name).not.toMatch(/\bundefined\b|NaN|\[object|Infinity/);
    }
  });

  it('never tell the right answer of a question that is posed', () => {
    for (const name of names.filter((one) => one.startsWith('question-'))) {
      expect(draw(name)).not.toContain('the-right-one');
    }
    expect(draw('question-number')).not.toContain('631');
    expect(draw('question-match')).not.toMatch(/hit=[ab]/);
  });
});
