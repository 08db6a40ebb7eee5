import { basename } from 'node:path';
import { usageError } from '../errors.ts';
import { parseAnswer } from '../grading/answer-text.ts';
import type { Option } from '../kit/index.ts';
import type { LessonPrompts } from '../lesson/prompts.ts';
import { answerText } from './answer-file.ts';
import { type Prompts, reasonOf } from './prompts.ts';

/** Answers by step or exercise id, as they were given on the command line. */
export type GivenAnswers = Readonly<Record<string, string>>;

/** Takes the lab's number off: `1.Q1` and `Q1` are the same in lab 1. Files that are named are read, from `cwd`. */
export function answersForLab(
  given: GivenAnswers | undefined,
  lab: number,
  cwd: string,
): GivenAnswers {
  const entries = Object.entries(given ?? {}).map(([name, answer]) => {
    const prefix = `${lab}.`;
    const bare = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    return [bare, answerText(answer, cwd)];
  });
  return Object.fromEntries(entries);
}

/** Asks in the terminal what was not given on the command line. */
export function terminalPrompts(
  prompts: Pick<Prompts, 'select' | 'input'>,
  given: GivenAnswers,
  cwd: string,
): LessonPrompts {
  const fromFlags = flagPrompts(given, 0);
  return {
    predict: async (step, ask) => {
      if (step in given) return fromFlags.predict(step, ask);
      if (ask.kind === 'choice') return prompts.select('Your prediction', choicesOf(ask.options));
      const text = await prompts.input(`Your prediction (${ask.unit})`, (typed) =>
        reasonOf(() => predictedNumber(typed, step)),
      );
      return predictedNumber(text, step);
    },
    choose: async (step, options) =>
      step in given
        ? fromFlags.choose(step, options)
        : prompts.select('Your choice', choicesOf(options)),
    answer: async (exercise, format) => {
      if (exercise in given) return fromFlags.answer(exercise, format);
      if (format.kind === 'choice') return prompts.select('Your answer', choicesOf(format.options));
      const typed = await prompts.input('Your answer', (text) =>
        reasonOf(() => parseAnswer(answerText(text, cwd), format)),
      );
      return answerText(typed, cwd);
    },
    proceed: async (label = 'Enter goes on') => {
      await prompts.input(label, () => undefined);
    },
    edited: (file) =>
      prompts.select(`When ${basename(file)} is saved:`, [
        { name: 'Check my answer', value: 'check' as const },
        { name: 'Leave; the run goes on here next time', value: 'leave' as const },
      ]),
    retry: () =>
      prompts.select('What now?', [
        { name: 'Edit and check again', value: 'edit' as const },
        { name: 'Leave; the run goes on at the edit next time', value: 'leave' as const },
        { name: 'Go on without it', value: 'skip' as const },
      ]),
  };
}

/** Nobody can be asked: what is not given names the flag that gives it, and the run stops at EDIT. */
export function flagPrompts(given: GivenAnswers, lab: number): LessonPrompts {
  const flag = (name: string, example: string): string => {
    const answer = given[name];
    if (answer !== undefined) return answer;
    throw usageError(
      `There is no terminal to ask in, and no answer to ${name}.`,
      `Give it with --answer ${name}=${example}, or see a demonstration: course-labs run ${lab} --yes`,
    );
  };
  return {
    predict: async (step, ask) => {
      if (ask.kind === 'number') return predictedNumber(flag(step, '<number>'), step);
      return oneOf(flag(step, ask.options[0]?.id ?? ''), step, ask.options);
    },
    choose: async (step, options) => oneOf(flag(step, options[0]?.id ?? ''), step, options),
    answer: async (exercise, format) => {
      const text = given[exercise];
      if (text !== undefined) parseAnswer(text, format);
      return text;
    },
    proceed: async () => {},
    edited: async () => 'leave',
    retry: async () => 'leave',
  };
}

/** A word that is its own name stands once; what was chosen is short, since the screen says what it means. */
function choicesOf(options: readonly Option[]) {
  return options.map(({ id, text }) => ({
    name: text === id ? id : `${id}  ${text}`,
    short: id,
    value: id,
  }));
}

function predictedNumber(text: string, step: string): number {
  const parsed = parseAnswer(text, { kind: 'number', expected: 0, tolerance: { absolute: 0 } });
  if (parsed.kind !== 'number') throw new Error(`${step}: not read as a number`);
  return parsed.value;
}

function oneOf(text: string, step: string, options: readonly { id: string }[]): string {
  const wanted = text.trim().toLowerCase();
  if (options.some(({ id }) => id === wanted)) return wanted;
  const ids = options.map(({ id }) => id).join(', ');
  throw usageError(`The answer to ${step} is one of ${ids}, not "${text}".`);
}
