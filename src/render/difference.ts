import { displayWidth, graphemes } from './display-width.ts';
import type { Theme } from './theme.ts';

/** Two texts made so that a reader sees where they differ. */
export interface Difference {
  expected: string;
  actual: string;
  /** Says how to read them; undefined where they need no key. */
  key: string | undefined;
}

/** How much of what is equal is left before the first difference. */
const context = 12;

/**
 * Prepares what was expected and what came for lines of `width` columns under each other. Texts that differ only in
 * white space get it made visible; of long texts that are equal at the beginning, that beginning is cut.
 */
export function showDifference(
  expected: string,
  actual: string,
  width: number,
  theme: Theme,
): Difference {
  if (expected !== actual && withoutSpace(expected) === withoutSpace(actual)) {
    const { space, tab, newline, carriageReturn } = theme.symbols;
    const windows = [expected, actual].some((text) => text.includes('\r'));
    return {
      expected: visible(expected, theme),
      actual: visible(actual, theme),
      key: `Only white space differs: ${space} is a space, ${tab} a tab, ${newline} a new line${
        windows ? `, ${carriageReturn} a carriage return` : ''
      }.`,
    };
  }
  const start = firstDifference(expected, actual);
  const equal = graphemes(expected).slice(0, start).join('');
  if (displayWidth(equal) < width || equal.includes('\n')) {
    return { expected, actual, key: undefined };
  }
  const from = (text: string) =>
    theme.symbols.ellipsis +
    graphemes(text)
      .slice(start - context)
      .join('');
  return {
    expected: from(expected),
    actual: from(actual),
    key: `The first ${start - context} characters are equal and left out.`,
  };
}

/** White space as marks; a newline also stays one. */
function visible(text: string, { symbols }: Theme): string {
  return text
    .replaceAll('\u00A0', '\\u00a0')
    .replaceAll(' ', symbols.space)
    .replaceAll('\t', symbols.tab)
    .replaceAll('\r', symbols.carriageReturn)
    .replaceAll('\n', `${symbols.newline}\n`);
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** Counted in graphemes. */
function firstDifference(one: string, other: string): number {
  const others = graphemes(other);
  const first = graphemes(one).findIndex((grapheme, index) => grapheme !== others[index]);
  return first === -1 ? Math.min(graphemes(one).length, others.length) : first;
}
