import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  descendantsOf,
  freshFolder,
  layOver,
  run,
  solutionNames,
  stillRunning,
  until,
} from './program.testing.ts';
import { openTerminal, type Terminal } from './terminal.testing.ts';

/** Goes on from screen to screen, answering what each asks, until the text is there. */
async function walkTo(terminal: Terminal, goal: string): Promise<void> {
  const reached = () => terminal.screen().includes(goal);
  // Each prompt is answered once: how many of them the screen has held so far tells a new one from an old one.
  let answered = 0;
  const promptsSeen = () => terminal.screen().match(/^(\?|✔) /gm)?.length ?? 0;
  const isOpen = () => /^\? /m.test(terminal.screen());
  while (!reached()) {
    await terminal.until(
      `the next prompt or ${goal}`,
      () => reached() || (isOpen() && promptsSeen() > answered),
      90_000,
    );
    if (reached()) return;
    answered = promptsSeen();
    const prompt =
      terminal
        .screen()
        .split('\n')
        .findLast((line) => line.startsWith('? ')) ?? '';
    if (prompt.includes('Your prediction (')) terminal.type('600');
    else if (prompt.includes('Your answer')) terminal.type(answerFor(terminal.screen()));
    terminal.press('enter');
  }
}

/** An answer that can be read, right or not: a place for each item, or a number. */
function answerFor(screen: string): string {
  const items = [...screen.matchAll(/place for each \?: ([\w=?,]+)/g)].at(-1)?.[1];
  const places = ['hit', 'miss', 'fill', 'key', 'ttl', 'backend'];
  return items?.replace(/\?/g, () => places.shift() ?? 'hit') ?? '0.5';
}

describe('the menu', () => {
  it('opens, narrows by typing, shows progress and is left', async () => {
    const terminal = openTerminal(['start'], freshFolder());
    await terminal.see('Measure a miss');
    await terminal.see('course-labs-work');
    terminal.type('leave');
    await until('it is narrowed', () => !/❯.*Measure/.test(terminal.screen()));
    terminal.press('enter');
    expect(await terminal.exitCode).toBe(0);
  }, 60_000);

  it('is ended by Ctrl-C with 130, and at 60 columns no line is broken', async () => {
    const terminal = openTerminal(['start'], freshFolder(), { columns: 60, rows: 30 });
    await terminal.see('Measure a miss');
    expect(
      Math.max(
        ...terminal
          .screen()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(60);
    terminal.press('ctrl-c');
    expect(await terminal.exitCode).toBe(130);
    expect(terminal.screen()).toMatch(/Interrupted/);
  }, 60_000);
});

describe('a guided run', () => {
  it('asks, measures, compares, and can be left at EDIT and gone on with', async () => {
    const folder = freshFolder();
    const first = openTerminal(['run', '1'], folder);
    await walkTo(first, 'Check my answer');
    expect(first.screen()).toMatch(/You said 600/);
    expect(first.screen()).toMatch(/cache off\s+cache on/);
    const processes = descendantsOf(first.pid);
    first.press('down');
    first.press('enter');
    expect(await first.exitCode).toBe(0);
    expect(first.screen()).toMatch(/course-labs run 1/);
    await until('nothing is left', () => stillRunning(processes).length === 0);

    const progress = await run(['list', '--json'], folder);
    expect(JSON.parse(progress.stdout).labs[0]).toMatchObject({
      state: 'started',
      next: 'continue at EDIT',
    });
    layOver(
      join(folder, 'course-labs-work', '01-measure-a-miss'),
      `solutions/${solutionNames()[0]}`,
    );

    const second = openTerminal(['run', '1'], folder);
    await second.see('Check my answer');
    expect(second.screen()).not.toMatch(/PREDICT/);
    second.press('enter');
    await walkTo(second, 'the end of the run');
    expect(await second.exitCode).toBe(0);
    expect(second.screen()).toMatch(/60 of 60 points/);
    expect(second.screen()).toMatch(/your server/);
    const after = await run(['list', '--json'], folder);
    expect(JSON.parse(after.stdout).labs[0]).toMatchObject({ state: 'done' });
  }, 240_000);

  it('keeps what was done when it is interrupted', async () => {
    const folder = freshFolder();
    const terminal = openTerminal(['run', '1'], folder);
    await terminal.see('Enter goes on');
    terminal.press('enter');
    await terminal.see('2 of 23');
    terminal.press('ctrl-c');
    expect(await terminal.exitCode).toBe(130);
    expect(terminal.screen()).toMatch(/Your run is kept/);
    const progress = await run(['list', '--json'], folder);
    expect(JSON.parse(progress.stdout).labs[0]).toMatchObject({ next: 'continue at PREDICT' });
  }, 60_000);
});
