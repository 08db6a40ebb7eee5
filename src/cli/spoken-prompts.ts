import { createInterface } from 'node:readline';
import { interrupted } from '../errors.ts';
import { paragraph } from '../render/layout.ts';
import { safeModel } from '../render/safe-text.ts';
import type { Context } from './context.ts';
import type { Prompts } from './prompts.ts';
import { themeFor } from './theme-for.ts';

/**
 * Prompts for `--plain`: each is said once, line by line, and nothing on the screen is drawn again. What there is to choose has
 * numbers.
 */
export function createSpokenPrompts(
  context: Context,
): Pick<Prompts, 'select' | 'input' | 'confirm'> {
  const theme = themeFor(context, context.stdout, { plain: true });
  const say = (text: string) => {
    context.stdout.write(`${paragraph(safeModel(text, theme), theme).join('\n')}\n`);
  };

  /** Asks until `read` gives a value; otherwise it gives the reason why not. */
  const ask = async <T>(read: (typed: string) => { value: T } | string): Promise<T> => {
    for (;;) {
      const answer = read((await readLine(context)).trim());
      if (typeof answer === 'object') return answer.value;
      say(answer);
    }
  };

  return {
    async select(message, choices, initial) {
      const first = Math.max(
        0,
        choices.findIndex(({ value }) => value === initial),
      );
      say(message);
      for (const [index, { name }] of choices.entries()) {
        say(`${index + 1}: ${name.replaceAll(/ +/g, ' ')}`);
      }
      say(`Type a number from 1 to ${choices.length}; Enter alone takes ${first + 1}.`);
      return ask((typed) => {
        const choice = choices[typed === '' ? first : Number(typed) - 1];
        return choice ?? `"${typed}" is none of 1 to ${choices.length}.`;
      });
    },
    async input(message, check) {
      say(`${message}:`);
      return ask((typed) => check(typed) ?? { value: typed });
    },
    async confirm(message, initial) {
      say(`${message} Type y or n; Enter alone means ${initial ? 'yes' : 'no'}.`);
      return ask((typed) => {
        if (typed === '') return { value: initial };
        if (/^y(es)?$/i.test(typed)) return { value: true };
        return /^no?$/i.test(typed) ? { value: false } : 'Type y or n.';
      });
    },
  };
}

/** One line, as the terminal hands it over. Rejects when the command is interrupted, or nobody can type any more. */
function readLine({ stdin, signal }: Pick<Context, 'stdin' | 'signal'>): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const lines = createInterface({ input: stdin, terminal: false });
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort);
      lines.removeAllListeners();
      lines.close();
      settle();
    };
    const onAbort = () => end(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort);
    lines.once('line', (line) => end(() => resolve(line)));
    lines.once('close', () => end(() => reject(interrupted())));
  });
}
