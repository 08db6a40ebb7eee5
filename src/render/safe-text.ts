import type { Theme } from './theme.ts';

const twins: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
  '×': 'x',
  '·': '-',
  '•': '*',
  '←': '<-',
  '→': '->',
  '↔': '<->',
  '↑': 'up',
  '↓': 'down',
  '✔': 'ok',
  '✖': 'x',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '≈': 'about',
  '±': '+/-',
  µ: 'u',
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '\u00A0': ' ',
};

/**
 * Control characters, and those that turn the direction of a text around or begin a line where no other does. Written with
 * \p so that no control character stands in this file.
 */
const control = /(?!\r?\n|\t)[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
const notAscii = /[^\p{ASCII}]/gu;

/**
 * A copy of a model whose texts cannot do anything to a terminal: what a server wrote may hold escape sequences, and
 * they are shown instead of obeyed. Without UTF-8 every text becomes ASCII: by its twin, or as `\u00dc`, so that two
 * different texts stay different.
 */
export function safeModel<Model>(model: Model, theme: Theme): Model {
  return mapTexts(model, (text) => {
    const harmless = text.replace(control, spelledControl);
    if (theme.unicode) return harmless;
    return harmless.replace(notAscii, (letter) => twins[letter] ?? spelled(letter));
  }) as Model;
}

/**
 * The fields of a log record, to be shown on a screen: names are made harmless too, and a line break is shown instead of
 * made, since it could forge a record. Stacks keep theirs.
 */
export function safeFields(
  fields: Readonly<Record<string, unknown>>,
  theme: Theme,
): Record<string, unknown> {
  const change = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      return safeModel(name === 'stack' ? value : value.replace(/\r?\n/g, '\\n'), theme);
    }
    if (Array.isArray(value)) return value.map((item) => change(item, name));
    return typeof value === 'object' && value !== null ? safeFields({ ...value }, theme) : value;
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      safeModel(name.replace(/\r?\n/g, '\\n'), theme),
      change(value, name),
    ]),
  );
}

function spelledControl(character: string): string {
  return character > '\u00FF' ? spelled(character) : escaped(character, 2, '\\x');
}

function spelled(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : escaped(letter, 4, '\\u');
}

function escaped(letter: string, digits: number, prefix: string): string {
  return prefix + (letter.codePointAt(0) ?? 0).toString(16).padStart(digits, '0');
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]),
  );
}
