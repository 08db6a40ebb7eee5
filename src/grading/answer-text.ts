import { type CourseError, usageError } from '../errors.ts';
import type { AnswerFormat, Option } from '../kit/index.ts';

/** An answer as it was meant, in the shape of its format. */
export type GivenAnswer =
  | { kind: 'number'; value: number }
  | { kind: 'choice'; id: string }
  | { kind: 'match'; places: ReadonlyMap<string, string> }
  | { kind: 'order'; ids: readonly string[] }
  | { kind: 'set'; ids: readonly string[] }
  | { kind: 'text'; text: string }
  | { kind: 'message'; text: string };

/** Reads an answer as it was typed. Throws a usage error that says how to write it, and never tells what is right. */
export function parseAnswer(text: string, format: AnswerFormat): GivenAnswer {
  const given = text.trim();
  const refuse = (why: string): CourseError =>
    usageError(
      `"${shortened(given)}" cannot be read: ${why}.`,
      `Write it like this: ${howToWrite(format)}`,
    );
  if (given === '') throw refuse('it is empty');
  switch (format.kind) {
    case 'number':
      return { kind: 'number', value: parseNumber(given, format.unit, refuse) };
    case 'choice':
      return { kind: 'choice', id: knownId(given, format.options, refuse) };
    case 'match':
      return { kind: 'match', places: parseMatch(given, format, refuse) };
    case 'order':
      return { kind: 'order', ids: parseOrder(given, format, refuse) };
    case 'set':
      return { kind: 'set', ids: parseSet(given, format.items, refuse) };
    case 'text':
      return { kind: 'text', text: given };
    case 'message':
      if (given.length > format.longest) {
        throw refuse(`it has ${given.length} characters, and may have ${format.longest}`);
      }
      return { kind: 'message', text: given };
  }
}

/** A message may be long; its beginning tells which it was. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

type Refuse = (why: string) => CourseError;

/** An example of the format, for prompts and errors; of numbers it tells nothing of the right one. */
export function howToWrite(format: AnswerFormat): string {
  switch (format.kind) {
    case 'number':
      return format.unit === '%' ? '98 or 98%' : '0.98, 98% or 1,234';
    case 'choice':
      return idsOf(format.options).join(' or ');
    case 'match': {
      const place = format.places[0]?.id ?? '';
      return format.items.map(({ id }) => `${id}=${place}`).join(',');
    }
    case 'order':
      return idsOf(format.items).join('>');
    case 'set':
      return `${idsOf(format.items).slice(0, 2).join(',')} (or none)`;
    case 'text':
      return 'a word or a few';
    case 'message':
      return 'a few sentences, or @status.md for the text of that file';
  }
}

/** Commas stand between thousands; a comma that could be a decimal point (`0,985`) is refused, not guessed. */
function parseNumber(given: string, unit: string | undefined, refuse: Refuse): number {
  const bare = unit && given.endsWith(unit) ? given.slice(0, -unit.length).trim() : given;
  const percent = bare.endsWith('%') && unit !== '%';
  const digits = percent ? bare.slice(0, -1).trim() : bare;
  if (!/^[+-]?([1-9]\d{0,2}(,\d{3})+(\.\d+)?|\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(digits)) {
    throw refuse('it is no number');
  }
  const value = Number(digits.replaceAll(',', ''));
  if (!Number.isFinite(value)) throw refuse('it is too large');
  return percent ? value / 100 : value;
}

function parseMatch(
  given: string,
  { items, places }: Extract<AnswerFormat, { kind: 'match' }>,
  refuse: Refuse,
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const part of given.split(',')) {
    const [left, right, more] = part.split('=');
    if (left === undefined || right === undefined || more !== undefined) {
      throw refuse(`"${part.trim()}" is no pair with one "="`);
    }
    const item = knownId(left, items, refuse);
    if (pairs.has(item)) throw refuse(`"${item}" stands twice`);
    pairs.set(item, knownId(right, places, refuse));
  }
  const missing = idsOf(items).filter((id) => !pairs.has(id));
  if (missing.length > 0) throw refuse(`${missing.join(', ')} is missing`);
  return pairs;
}

function parseOrder(
  given: string,
  { items, expected }: Extract<AnswerFormat, { kind: 'order' }>,
  refuse: Refuse,
): readonly string[] {
  const ids = distinctIds(given.split('>'), items, refuse);
  if (ids.length !== expected.length) throw refuse(`it names ${ids.length} of ${expected.length}`);
  return ids;
}

function parseSet(given: string, items: readonly Option[], refuse: Refuse): readonly string[] {
  if (given.toLowerCase() === 'none' && !idsOf(items).includes('none')) return [];
  return distinctIds(given.split(','), items, refuse);
}

function distinctIds(parts: readonly string[], items: readonly Option[], refuse: Refuse): string[] {
  const ids = parts.map((part) => knownId(part, items, refuse));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw refuse(`"${twice}" stands twice`);
  return ids;
}

/** The option's own spelling of an id that was typed in any case. */
function knownId(typed: string, options: readonly Option[], refuse: Refuse): string {
  const wanted = typed.trim();
  const ids = idsOf(options);
  const id =
    ids.find((each) => each === wanted) ??
    ids.find((each) => each.toLowerCase() === wanted.toLowerCase());
  if (id === undefined) throw refuse(`"${wanted}" is none of ${ids.join(', ')}`);
  return id;
}

function idsOf(options: readonly Option[]): string[] {
  return options.map(({ id }) => id);
}
