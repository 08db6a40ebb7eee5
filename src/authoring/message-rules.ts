import { messageShare } from '../grading/judge-message.ts';
import type { AnswerFormat } from '../kit/index.ts';

type MessageFormat = Extract<AnswerFormat, { kind: 'message' }>;

/** What is wrong with a question that asks for a message: facts that anything tells, secrets that nobody misses. */
export function messageProblems(format: MessageFormat): string[] {
  const { facts, secrets, example } = format;
  const broken = facts.flatMap(({ id, anyOf, noneOf = [] }) =>
    [...anyOf, ...noneOf].flatMap((pattern) =>
      compiles(pattern) ? [] : [`the fact ${id} has a pattern that cannot be read: ${pattern}`],
    ),
  );
  if (broken.length > 0) return broken;
  const given = facts
    .filter((fact) => messageShare('Something happened.', { ...format, facts: [fact] }) > 0)
    .map(({ id }) => `the fact ${id} is told by a message that tells nothing`);
  const harmless = secrets
    .filter((secret) => messageShare(`${example} ${secret}`, format) > 0)
    .map((secret) => `a message with the secret ${secret} earns points`);
  return [
    ...(facts.length === 0 ? ['the message has nothing to tell'] : []),
    ...(secrets.length === 0 ? ['the message has no secrets to keep'] : []),
    ...given,
    ...harmless,
  ];
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'iu');
    return true;
  } catch {
    return false;
  }
}
