import type { Token, Tokens } from 'marked';
import { asTyped } from './layout.ts';
import type { Theme } from './theme.ts';

/** Inline code up to this length is kept on one line. */
const longestWholeCode = 32;

/** One string of what stands inside a paragraph, a heading or a cell. */
export function inlineText(tokens: readonly Token[], theme: Theme): string {
  return tokens.map((token) => inline(token as Tokens.Generic, theme)).join('');
}

function inline(token: Tokens.Generic, theme: Theme): string {
  const inner = () => inlineText(token.tokens ?? [], theme);
  const { style } = theme;
  switch (token.type) {
    case 'strong':
      return style.strong(inner());
    case 'em':
      return style.emphasis(inner());
    case 'codespan':
      return style.code(wholeCode(`\`${asTyped(token.text, theme)}\``));
    case 'link':
      return linkText(inner(), String(token.href));
    case 'image':
      return linkText(String(token.text), String(token.href));
    case 'br':
      return '\n';
    case 'del':
      return `~${inner()}~`;
    case 'text':
    case 'escape':
      // A newline in the source is a space; `wrap` decides where lines end.
      return (token.tokens === undefined ? String(token.text) : inner()).replaceAll('\n', ' ');
    default:
      return token.raw;
  }
}

function wholeCode(text: string): string {
  return text.length <= longestWholeCode ? text.replaceAll(' ', '\u00A0') : text;
}

function linkText(text: string, href: string): string {
  return text === href || text === '' ? href : `${text} (${href})`;
}
