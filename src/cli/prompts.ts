import { CourseError, interrupted } from '../errors.ts';

/** One of several things to choose. */
export interface Choice<T> {
  name: string;
  value: T;
  /** What stands behind the question once this was chosen; otherwise the name. */
  short?: string;
}

/** A choice in a list that typing narrows. */
export interface FoundChoice<T> extends Choice<T> {
  /** What is searched. */
  words: string;
  /** Typed whole, it puts this choice first: a lab's number, for instance. */
  key: string;
  /** Said under the list while the pointer is here. */
  description?: string;
}

/** A list that typing narrows. */
export interface SearchQuestion<T> {
  message: string;
  choices: readonly FoundChoice<T>[];
  /** Under a line of their own. */
  others: readonly FoundChoice<T>[];
  /** The value at which the pointer begins. */
  initial: T | undefined;
  /** The last line: what can be pressed. */
  keys: string;
}

/** What people can be asked in a terminal; the only place that knows inquirer. */
export interface Prompts {
  select<T>(message: string, choices: readonly Choice<T>[], initial?: T): Promise<T>;
  search<T>(question: SearchQuestion<T>): Promise<T>;
  /** `check` gives the reason why the text will not do, or undefined. */
  input(message: string, check: (text: string) => string | undefined): Promise<string>;
  confirm(message: string, initial: boolean): Promise<boolean>;
}

/** Lines of a list's question, of its last lines, and of what may be said under it. */
const linesAroundList = 6;
/** More lines of a list than this are not looked through by eye. */
const longestList = 16;

/**
 * inquirer takes about as long to load as the rest of the program: it is loaded when somebody is asked. `rows` of the
 * terminal: a list that is higher than that would be drawn over itself.
 */
export async function createPrompts(rows = 24): Promise<Prompts> {
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
    search: ({ message, choices, others, initial, keys }) =>
      ask({
        type: 'search',
        message,
        default: initial,
        source: (typed: string | undefined) => {
          const all = [...choices, ...others];
          if (typed !== undefined) return narrow(all, typed);
          return [...choices, new inquirer.Separator(' '), ...others];
        },
        pageSize: Math.max(3, Math.min(longestList, rows - linesAroundList)),
        theme: {
          style: {
            keysHelpTip: () => keys,
            // What was chosen says enough.
            message: (text: string, status: string) => (status === 'done' ? '' : text),
          },
        },
      }),
    input: (message, check) =>
      ask({ type: 'input', message, validate: (text: string) => check(text.trim()) ?? true }),
    confirm: (message, initial) => ask({ type: 'confirm', message, default: initial }),
  };
}

/** The choice of which the key was typed, then those whose words hold every typed word; case does not matter. */
export function narrow<Found extends Pick<FoundChoice<unknown>, 'name' | 'words' | 'key'>>(
  choices: readonly Found[],
  typed: string,
): Found[] {
  const text = typed.trim().toLowerCase();
  const words = text.split(/\s+/);
  // Tab types the whole name.
  const meant = choices.filter(({ key, name }) => key === text || name === typed);
  const found = choices.filter(
    (choice) =>
      !meant.includes(choice) && words.every((word) => choice.words.toLowerCase().includes(word)),
  );
  return [...meant, ...found];
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
