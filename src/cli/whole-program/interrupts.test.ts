import { describe, expect, it } from 'vitest';
import { readProgress } from '../../workspace/index.ts';
import { descendantsOf, run, stillRunning, until } from './program.testing.ts';
import { openTerminal } from './terminal.testing.ts';
import { standingAt } from './walk.testing.ts';

/** Waits for the text, interrupts there, and makes sure that nothing goes on running. Gives what was on the screen. */
async function interruptAt(args: readonly string[], folder: string, text: RegExp) {
  const terminal = openTerminal(args, folder);
  await terminal.see(text, 90_000);
  const processes = descendantsOf(terminal.pid);
  expect(processes).not.toEqual([]);
  terminal.press('ctrl-c');
  expect(await terminal.exitCode).toBe(130);
  await until('nothing is left', () => stillRunning(processes).length === 0);
  await terminal.see('Interrupted.');
  expect(terminal.isRestored()).toBe(true);
  const screen = terminal.screen();
  // Not behind the line that said what was going on.
  expect(screen).toMatch(/^\W*Interrupted\./m);
  return screen;
}

describe('Ctrl-C says what is kept, and leaves nothing running', () => {
  it('while a guided run measures', async () => {
    const { folder } = await standingAt('bench');
    const screen = await interruptAt(['run', '1'], folder, /round 1 of 5/);
    expect(screen).toMatch(/Your run is kept; what was being measured is measured anew/);
    expect(screen).toMatch(/course-labs run 1$/m);
    const list = JSON.parse((await run(['list', '--json'], folder)).stdout);
    expect(list.labs[0]).toMatchObject({ next: 'continue at RUN' });
  }, 120_000);

  it('while a guided run grades', async () => {
    const { folder, workspace } = await standingAt('check');
    const screen = await interruptAt(['run', '1'], folder, /Checking: /);
    expect(screen).toMatch(/grading that was under way does not\s+count/);
    expect((await readProgress(workspace)).labs[1]?.attempts).toEqual([]);
  }, 120_000);

  it('while check-answer grades', async () => {
    const { folder, workspace } = await standingAt('edit');
    const screen = await interruptAt(['check-answer', '1'], folder, /Checking: /);
    expect(screen).toMatch(/This grading does not count; your file is as you saved it/);
    expect((await readProgress(workspace)).labs[1]?.attempts).toEqual([]);
  }, 120_000);

  it('while bench measures: rounds that were complete are kept', async () => {
    const { folder } = await standingAt('edit');
    const args = ['bench', '1', '--rounds', '3', '--duration', '1'];
    const screen = await interruptAt(args, folder, /round 2 of 3/);
    expect(screen).toMatch(/complete are kept as run 2/);
    const results = await run(['results', '1', '--json'], folder);
    expect(JSON.parse(results.stdout).labs[0].results[0].report.options.rounds).toBe(1);
  }, 120_000);
});
