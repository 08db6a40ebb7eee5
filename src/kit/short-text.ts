/** A token as it is shown: `a1…9c`. Enough to tell two apart, too little to use. */
export function shortToken(token: string): string {
  return token.length < 8 ? token : `${token.slice(0, 2)}…${token.slice(-2)}`;
}

/** Makes a text fit to be shown. */
export type Shorten = typeof shortText;

/** A text on one line of at most `longest` characters; `seen` stays in it where there is room. */
export function shortText(text: string, longest: number, seen = ''): string {
  const line = text.replaceAll(/\s+/g, ' ');
  const letters = [...line];
  if (letters.length <= longest) return line;
  const at = line.indexOf(seen);
  const end = at < 0 ? 0 : [...line.slice(0, at + seen.length)].length;
  if (end < longest) return `${letters.slice(0, longest - 1).join('')}…`;
  if (end === letters.length) return `…${letters.slice(end - longest + 1).join('')}`;
  return `…${letters.slice(end - longest + 2, end).join('')}…`;
}
