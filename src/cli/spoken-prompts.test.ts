import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { interrupted } from '../errors.ts';
import type { Context } from './context.ts';
import { createSpokenPrompts } from './spoken-prompts.ts';

/** Prompts at which the lines are typed one after the other, each when something was said. */
function prompting(...lines: string[]) {
  const stdin = new PassThrough();
  const abort = new AbortController();
  let said = '';
  const stdout = {
    write: (text: string) => {
      said += text;
      if (/Enter alone|:\n$|none of|not a|y or n/.test(text) && lines.length > 0) {
        const line = lines.shift();
        setImmediate(() => stdin.write(`${line}\n`));
      }
    },
  };
  const context = { stdin, stdout, env: { COLUMNS: '60' }, signal: abort.signal };
  const prompts = createSpokenPrompts(context as unknown as Context);
  return { prompts, said: () => said, abort, stdin };
}

const choices = [
  { name: 'a  the origin', value: 'a' },
  { name: 'b  the server', value: 'b' },
];

describe('spoken prompts', () => {
  it('number what there is to choose, and ask again', async () => {
    const { prompts, said } = prompting('3', '2');
    expect(await prompts.select('Your choice', choices)).toBe('b');
    expect(said()).toBe(
      [
        'Your choice',
        '1: a the origin',
        '2: b the server',
        'Type a number from 1 to 2; Enter alone takes 1.',
        '"3" is none of 1 to 2.',
        '',
      ].join('\n'),
    );
  });

  it('take what is offered with Enter alone', async () => {
    expect(await prompting('').prompts.select('Choose', choices, 'b')).toBe('b');
    expect(await prompting('').prompts.confirm('Sure?', false)).toBe(false);
    expect(await prompting('perhaps', 'y').prompts.confirm('Sure?', false)).toBe(true);
  });

  it('say why a text will not do', async () => {
    const check = (text: string) => (text === '600' ? undefined : `${text} is not a number.`);
    const { prompts, said } = prompting('many', ' 600 ');
    expect(await prompts.input('Your prediction (req/s)', check)).toBe('600');
    expect(said()).toBe('Your prediction (req/s):\nmany is not a number.\n');
  });

  it('end when the command is interrupted, and when nobody can type any more', async () => {
    const stopped = prompting();
    const asked = stopped.prompts.input('Enter goes on', () => undefined);
    stopped.abort.abort(interrupted());
    await expect(asked).rejects.toMatchObject({ exitCode: 130 });
    const closed = prompting();
    const other = closed.prompts.input('Enter goes on', () => undefined);
    closed.stdin.end();
    await expect(other).rejects.toMatchObject({ exitCode: 130 });
  });
});
