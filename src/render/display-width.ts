// Not by import, which reads all that node:util has, and with it, on newer Nodes, what terminals need.
const { stripVTControlCharacters } = process.getBuiltinModule('node:util');

const printableAscii = /^[ -~]*$/;
const zeroWidth = /^[\p{Mark}\p{Cf}\p{Cc}]+$/u;
const emoji = /\p{Emoji_Presentation}|\uFE0F/u;

/** Wide and full-width blocks of Unicode Standard Annex #11, East Asian Width. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;

/** Letters of Latin, Greek and Cyrillic, punctuation, arrows, and the marks of our screens: one column each. */
const oneColumnEach =
  /^[ -~\u00A0-\u00AC\u00AE-\u02FF\u0370-\u03FF\u0400-\u0482\u2010-\u2027\u2030-\u205E\u2190-\u2193\u25CB\u25D0\u2714\u2716\u276F]*$/;

/** How wide a tab is depends on the terminal and on where it stands: screens have this in its place. */
export const tab = '  ';

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each: letters with their marks, emoji with their joiners. */
export function graphemes(text: string): readonly string[] {
  if (oneColumnEach.test(text)) return [...text];
  // Made late: it takes 8 ms, longer than everything else that a list needs.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Columns that the text fills in a terminal; colours fill none. The text has no newline. */
export function displayWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  const bare = stripVTControlCharacters(text);
  if (oneColumnEach.test(bare)) return bare.length;
  return graphemes(bare).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

function graphemeWidth(grapheme: string): number {
  if (grapheme === '\t') return tab.length;
  if (zeroWidth.test(grapheme)) return 0;
  return emoji.test(grapheme) || wide.test(grapheme) ? 2 : 1;
}
