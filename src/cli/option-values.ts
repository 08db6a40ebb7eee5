import { InvalidArgumentError } from 'commander';
import { type LogLevel, logLevels } from '../kit/log-record.ts';

/** Makes a parser for an option that takes a whole number from `low` to `high`, both included. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(
        `A whole number from ${low} to ${high.toLocaleString('en')}, please.`,
      );
    }
    return value;
  };
}

/** Makes a parser for an option that takes a number from `low` to `high`, both included. */
export function decimalNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+(\.\d+)?$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`A number from ${low} to ${high}, please.`);
    }
    return value;
  };
}

/** Reads an option that takes a level. */
export function levelName(text: string): LogLevel {
  const level = logLevels.find((each) => each === text.toLowerCase());
  if (level === undefined)
    throw new InvalidArgumentError(`One of ${logLevels.join(', ')}, please.`);
  return level;
}

/** Reads a title: one line that fits a heading. */
export function labTitle(text: string): string {
  const title = text.trim();
  if (title === '' || title.length > 60 || /\p{C}/u.test(title)) {
    throw new InvalidArgumentError('One line of at most 60 characters, please.');
  }
  return title;
}

/** Collects `--answer name=value`, which may be given many times. */
export function namedAnswer(
  text: string,
  previous: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1) {
    throw new InvalidArgumentError('Write it as name=answer, for example --answer 1.Q1=0.98');
  }
  return { ...previous, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** Collects the numbers of runs, which may be given many times. */
export function runNumbers(
  text: string,
  previous: readonly number[] | undefined,
): readonly number[] {
  return [...(previous ?? []), wholeNumber(1, 1_000_000)(text)];
}
