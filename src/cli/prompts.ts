import { CourseError, interrupted } from '../errors.ts';

/** One of several things to choose. */
export interface Choice<T> {
  name: string;
  value: T;
  description?: string;
}

/** What people can be asked in a terminal; the only place that knows inquirer. */
export interface Prompts {
  select<T>(message: string, choices: readonly Choice<T>[], initial?: T): Promise<T>;
  /** A list that typing narrows; the pointer begins at `initial`. */
  search<T>(message: string, choices: readonly Choice<T>[], initial?: T): Promise<T>;
  /** `check` gives the reason why the text will not do, or undefined. */
  input(message: string, check: (text: string) => string | undefined): Promise<string>;
  confirm(message: string, initial: boolean): Promise<boolean>;
}

/** inquirer takes about as long to load as the rest of the program: it is loaded when somebody is asked. */
export async function createPrompts(): Promise<Prompts> {
  const { default: inquirer } = await import('inquirer');
  const ask = async <T>(question: object): Promise<T> => {
    try {
      const { value } = await inquirer.prompt([{ ...question, name: 'value' } as never]);
      return value as T;
    } catch (thrown) {
      // Ctrl-C at a prompt arrives as this error, not as a signal.
      if (thrown instanceof Error && thrown.name === 'ExitPromptError') throw interrupted();
      throw thrown;
    }
  };
  return {
    select: (message, choices, initial) =>
      ask({ type: 'select', message, choices, default: initial, loop: false }),
    search: (message, choices, initial) =>
      ask({
        type: 'search',
        message,
        default: initial,
        source: (typed: string | undefined) => narrow(choices, typed ?? ''),
        pageSize: 16,
      }),
    input: (message, check) =>
      ask({ type: 'input', message, validate: (text: string) => check(text.trim()) ?? true }),
    confirm: (message, initial) => ask({ type: 'confirm', message, default: initial }),
  };
}

/** Choices that hold every typed word; case does not matter. */
export function narrow<T>(choices: readonly Choice<T>[], typed: string): Choice<T>[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter((choice) =>
    words.every((word) => choice.name.toLowerCase().includes(word)),
  );
}

/** The message of a foreseen error, for showing beside a prompt; throws anything else. */
export function reasonOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof CourseError) return thrown.message;
    throw thrown;
  }
}
