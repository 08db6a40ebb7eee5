import { Chalk } from 'chalk';
import { asciiSymbols, plainSymbols, type Symbols, unicodeSymbols } from './symbols.ts';

/** What is known of the place where the text will be shown. */
export interface ThemeOptions {
  /** Of the terminal; undefined where there is none, then 100. */
  columns: number | undefined;
  /** False or 0 for none; true means the 16 basic colours, and no screen uses more. */
  colour: boolean | 0 | 1 | 2 | 3;
  /** For screen readers and logs: ASCII, no colour, charts as sentences. */
  plain: boolean;
  /** The terminal shows UTF-8. */
  unicode: boolean;
  /** How the learner starts the program from where they stand; default `course-labs`. */
  program?: string;
}

type Style = (text: string) => string;

/** Colours by what they are for. Each carries only what a word or a mark beside it carries too. */
export interface Styles {
  heading: Style;
  good: Style;
  bad: Style;
  warn: Style;
  /** Of less weight: in the terminal's own colour, as running text is. */
  muted: Style;
  accent: Style;
  code: Style;
  strong: Style;
  emphasis: Style;
}

/** All that a renderer needs to know beside its model. */
export interface Theme {
  /** Columns, from 40 to 120: no line is wider, apart from commands and code, which stay whole. */
  width: number;
  /** Columns without the margin: what renderers fill. */
  room: number;
  /** Columns of running text, at most 100: longer lines are hard to read. */
  measure: number;
  margin: string;
  /** Colours are used. */
  colour: boolean;
  plain: boolean;
  unicode: boolean;
  program: string;
  symbols: Symbols;
  style: Styles;
}

const narrowest = 40;
const widest = 120;
const unknownColumns = 100;
const longestProse = 100;

/**
 * Makes the theme of one place. Its colours are those that a terminal's owner has chosen; yellow, blue, white and black
 * are left out, since each is unreadable on a light or on a dark background, and so are grey and dim text, which lose half
 * of their contrast on either.
 */
export function createTheme(options: ThemeOptions): Theme {
  const { plain } = options;
  const unicode = options.unicode && !plain;
  const width = Math.min(
    widest,
    Math.max(narrowest, Math.floor(options.columns || unknownColumns)),
  );
  const margin = plain ? '' : ' ';
  const room = width - margin.length;
  return {
    width,
    room,
    measure: Math.min(room, longestProse),
    margin,
    colour: !plain && Boolean(options.colour),
    plain,
    unicode,
    program: options.program ?? 'course-labs',
    symbols: plain ? plainSymbols : unicode ? unicodeSymbols : asciiSymbols,
    style: createStyles(plain ? 0 : (Number(options.colour) as 0 | 1 | 2 | 3)),
  };
}

function createStyles(level: 0 | 1 | 2 | 3): Styles {
  const chalk = new Chalk({ level });
  return {
    heading: (text) => chalk.bold(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.magenta(text),
    muted: (text) => text,
    accent: (text) => chalk.cyan(text),
    code: (text) => chalk.cyan(text),
    strong: (text) => chalk.bold(text),
    emphasis: (text) => chalk.italic(text),
  };
}
