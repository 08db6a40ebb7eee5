import type { AnswerFormat } from '../kit/index.ts';
import { type GivenAnswer, parseAnswer } from './answer-text.ts';
import { messageShare } from './judge-message.ts';

export interface Judgement {
  outcome: 'right' | 'partly' | 'wrong';
  /** Whole points, from 0 to those of the question. */
  points: number;
}

/** Judges an answer as it was typed. Throws a usage error where it cannot be read. */
export function judgeAnswer(text: string, format: AnswerFormat, possible: number): Judgement {
  const share = rightShare(parseAnswer(text, format), format);
  if (share === 1) return { outcome: 'right', points: possible };
  // A share that rounds up to everything is still not everything.
  const points = Math.min(Math.round(share * possible), possible - 1);
  return points > 0 ? { outcome: 'partly', points } : { outcome: 'wrong', points: 0 };
}

/** From 0 (wrong) to 1 (right); between them only where the format gives partial credit. */
function rightShare(given: GivenAnswer, format: AnswerFormat): number {
  if (given.kind === 'number' && format.kind === 'number') {
    return isWithin(given.value, format) ? 1 : 0;
  }
  if (given.kind === 'match' && format.kind === 'match') {
    const items = format.items.map(({ id }) => id);
    const right = items.filter((id) => placesOf(id, format).includes(given.places.get(id))).length;
    return right === items.length ? 1 : format.partialCredit ? right / items.length : 0;
  }
  if (given.kind === 'message' && format.kind === 'message') {
    return messageShare(given.text, format);
  }
  return isRight(given, format) ? 1 : 0;
}

/** Where an item may be placed. */
function placesOf(
  id: string,
  { expected, alsoRight = {} }: Extract<AnswerFormat, { kind: 'match' }>,
): readonly (string | undefined)[] {
  return [expected[id], ...(alsoRight[id] ?? [])];
}

function isRight(given: GivenAnswer, format: AnswerFormat): boolean {
  if (given.kind === 'choice' && format.kind === 'choice') return given.id === format.expected;
  if (given.kind === 'text' && format.kind === 'text') {
    return plain(given.text) === plain(format.expected);
  }
  if (given.kind === 'order' && format.kind === 'order') {
    return given.ids.every((id, index) => id === format.expected[index]);
  }
  if (given.kind === 'set' && format.kind === 'set') {
    const sameSize = given.ids.length === new Set(format.expected).size;
    return sameSize && given.ids.every((id) => format.expected.includes(id));
  }
  return false;
}

/** The limits are within; a billionth more allows for how fractions are stored (0.985 - 0.98 > 0.005). */
function isWithin(value: number, format: Extract<AnswerFormat, { kind: 'number' }>): boolean {
  const { expected, tolerance } = format;
  const allowed =
    'absolute' in tolerance ? tolerance.absolute : tolerance.relative * Math.abs(expected);
  return Math.abs(value - expected) <= allowed + 1e-9 * Math.max(1, Math.abs(expected));
}

/** Case, spaces and the way of writing an accent are no part of a text answer. */
function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
