import { Lexer, lexer, type Token, type Tokens } from 'marked';
import { displayWidth } from './display-width.ts';
import { stack } from './layout.ts';
import { inlineText } from './markdown-inline.ts';
import { tableLines } from './table.ts';
import { indent, pad, wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** The lines of a Markdown text at most `width` columns wide; code stays whole. HTML is shown as it is written. */
export function markdownLines(text: string, theme: Theme, width = theme.measure): string[] {
  return blocks(lexer(text), theme, width);
}

/** A Markdown text without blocks as one string, for a cell or a label. */
export function markdownInline(text: string, theme: Theme): string {
  return inlineText(Lexer.lexInline(text), theme);
}

function blocks(tokens: readonly Token[], theme: Theme, width: number, tight = false): string[] {
  const parts = tokens.map((token) => block(token as Tokens.Generic, theme, width));
  return tight ? parts.flat() : stack(...parts);
}

function block(token: Tokens.Generic, theme: Theme, width: number): string[] {
  const inline = () => inlineText(token.tokens ?? [], theme);
  switch (token.type) {
    case 'heading':
      return wrap(theme.style.heading(inline()), width);
    case 'paragraph':
      return wrap(inline(), width);
    case 'text':
      return wrap(token.tokens === undefined ? String(token.text) : inline(), width);
    case 'code':
      return codeLines(String(token.text), theme, token.lang);
    case 'list':
      return listLines(token as Tokens.List, theme, width);
    case 'blockquote':
      return indent(blocks(token.tokens ?? [], theme, width - 2), '| ');
    case 'table':
      return markdownTable(token as Tokens.Table, theme, width);
    case 'hr':
      return ['-'.repeat(Math.min(width, 20))];
    case 'html':
      return /^\s*<!--/.test(token.raw) ? [] : wrap(token.raw.trim(), width);
    default:
      return [];
  }
}

/** Code, indented and never broken, so that it can be copied. Of a diff, added and removed lines have a colour. */
export function codeLines(text: string, theme: Theme, language?: string): string[] {
  return text.split(/\r?\n/).map((line) => {
    if (line.trim() === '') return '';
    if (language !== 'diff') return `  ${theme.style.code(line)}`;
    if (line.startsWith('+')) return `  ${theme.style.good(line)}`;
    return `  ${line.startsWith('-') ? theme.style.bad(line) : line}`;
  });
}

function listLines(list: Tokens.List, theme: Theme, width: number): string[] {
  const start = list.start === '' ? 1 : list.start;
  const marks = list.items.map((item, index) => {
    if (item.task) return item.checked ? '[x]' : '[ ]';
    return list.ordered ? `${start + index}.` : theme.symbols.bullet;
  });
  const columns = Math.max(...marks.map(displayWidth)) + 1;
  const items = list.items.map((item, index) => {
    const content = item.tokens.filter(({ type }) => type !== 'checkbox');
    const [first = '', ...rest] = blocks(content, theme, width - columns, !list.loose);
    return [pad(marks[index] ?? '', columns) + first, ...indent(rest, ' '.repeat(columns))];
  });
  return list.loose ? stack(...items) : items.flat();
}

function markdownTable(table: Tokens.Table, theme: Theme, width: number): string[] {
  const columns = table.header.map((cell) => ({
    heading: inlineText(cell.tokens, theme),
    align: cell.align === 'right' ? ('right' as const) : ('left' as const),
    wraps: true,
  }));
  const rows = table.rows.map((row) => row.map((cell) => inlineText(cell.tokens, theme)));
  return tableLines(columns, rows, theme, width);
}
