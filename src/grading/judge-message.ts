import { type AnswerFormat, findMarks, type MessageFact } from '../kit/index.ts';

type MessageFormat = Extract<AnswerFormat, { kind: 'message' }>;

/** What is to be said of a message that was judged. */
export interface MessageFinding {
  /** What it does not tell, or tells wrongly, in the words of the question. */
  missing: readonly string[];
  /** How many of the secrets stand in it. */
  secrets: number;
}

/** What a message lacks, and what it should not hold. */
export function examineMessage(text: string, format: MessageFormat): MessageFinding {
  const found = findMarks(text, { secrets: format.secrets });
  return {
    missing: format.facts.filter((fact) => !tells(text, fact)).map((fact) => fact.text),
    secrets: found.length,
  };
}

/** From 0 to 1: the share of facts that it tells; 0 where it gives a secret away. */
export function messageShare(text: string, format: MessageFormat): number {
  const { missing, secrets } = examineMessage(text, format);
  return secrets > 0 ? 0 : (format.facts.length - missing.length) / format.facts.length;
}

function tells(text: string, { anyOf, noneOf = [] }: MessageFact): boolean {
  const plain = text.normalize('NFC').replace(/\s+/g, ' ');
  const holds = (pattern: string) => new RegExp(pattern, 'iu').test(plain);
  return anyOf.some(holds) && !noneOf.some(holds);
}
