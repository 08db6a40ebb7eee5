import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../../render/display-width.ts';
import { run, workspaceWithLab1 } from './program.testing.ts';
import { openTerminal } from './terminal.testing.ts';

const esc = String.fromCharCode(27);

/** Commands that start no server, and two that fail: their sentence goes to stderr. */
const commands = [
  'list',
  'list --objectives',
  'progress',
  'report',
  'results 1',
  'hint 1',
  'solution 1',
  'check-answer 1 Q3',
  'glossary',
  'glossary TTL',
  'doctor',
  'reset 1 --yes',
  'run 13',
  'glossary kubernetes',
].map((words) => words.split(' '));

let folder = '';
beforeAll(async () => {
  ({ folder } = await workspaceWithLab1());
});

/** All that a command wrote, at 60 columns. */
async function written(args: readonly string[], env: Record<string, string>): Promise<string> {
  const ended = await run(args, folder, { COLUMNS: '60', ...env });
  expect([0, 1, 2], ended.stderr).toContain(ended.code);
  return ended.stdout + ended.stderr;
}

/** Commands, addresses and paths stay whole: they are there to be copied. */
function isToBeCopied(line: string): boolean {
  return /course-labs |curl |https?:\/\/|\/course-labs/.test(line);
}

describe.each(commands)('%s %s', { timeout: 120_000 }, (...args) => {
  it('is ASCII in lines of 60 columns when plain, whatever colour is forced', async () => {
    const text = await written([...args, '--plain'], { FORCE_COLOR: '1' });
    expect(text).toMatch(/^[\n -~]+$/);
    expect(text.split('\n').filter((line) => /\S {3,}\S/.test(line))).toEqual([]);
    const wide = text.split('\n').filter((line) => line.length > 60 && !isToBeCopied(line));
    expect(wide).toEqual([]);
  });

  it('says the same with colour as with NO_COLOR, in 60 columns', async () => {
    // A hint is another one each time.
    if (args[0] === 'hint') return;
    const bare = await written(args, { NO_COLOR: '1', FORCE_COLOR: '1' });
    expect(bare).not.toContain(esc);
    const coloured = await written(args, { FORCE_COLOR: '1' });
    expect(stripVTControlCharacters(coloured)).toBe(bare);
    const wide = bare.split('\n').filter((line) => displayWidth(line) > 60 && !isToBeCopied(line));
    expect(wide).toEqual([]);
  });
});

describe('in a terminal', { timeout: 120_000 }, () => {
  it.each([
    ['colours by itself, and none of them dim, grey, yellow or white', {}, true],
    ['not with NO_COLOR', { NO_COLOR: '1' }, false],
  ])('it %s', async (_, env, colours) => {
    const terminal = openTerminal(['list'], folder, { columns: 60, rows: 40 }, env);
    await terminal.see('course-labs run 1');
    const codes = [...terminal.written().matchAll(new RegExp(`${esc}\\[([\\d;]*)m`, 'g'))];
    expect(codes.length > 0).toBe(colours);
    const dull = ['2', '30', '33', '34', '37', '90', '93', '97'];
    expect(codes.filter(([, code]) => dull.includes(code ?? ''))).toEqual([]);
  });

  it('moves nothing when plain', async () => {
    const terminal = openTerminal(['list', '--plain'], folder, { columns: 60, rows: 40 });
    await terminal.see('course-labs run 1');
    expect(terminal.written()).not.toContain(esc);
    expect(terminal.written()).toContain('lab 1, Measure a miss');
  });

  it('asks in a guided run without drawing anything again, and is interrupted with 130', async () => {
    const terminal = openTerminal(['run', '1', '--plain'], folder, { columns: 60, rows: 40 });
    const prompts = () => terminal.screen().split('Enter goes on:').length - 1;
    for (const times of [1, 2]) {
      await terminal.until(`${times} prompts`, () => prompts() === times);
      terminal.press('enter');
    }
    await terminal.see(/Your prediction \([^)]+\):/);
    terminal.type('many\r');
    await terminal.see(/many[\s\S]*"many"/);
    terminal.type('600\r');
    await terminal.see('4 of 23');
    terminal.press('ctrl-c');
    expect(await terminal.exitCode).toBe(130);
    expect(terminal.written()).not.toContain(esc);
    expect(terminal.written()).toMatch(/^[\r\n -~]*$/);
  });

  it('says what there is to choose where there would be a menu', async () => {
    const terminal = openTerminal(['start', '--plain'], folder, { columns: 60, rows: 40 });
    await terminal.see(/Go on: .*course-labs run 1/);
    expect(await terminal.exitCode).toBe(0);
    expect(terminal.written()).not.toContain(esc);
  });
});
