import { describe, expect, it } from 'vitest';
import { freshFolder, run, until } from './program.testing.ts';
import { openTerminal } from './terminal.testing.ts';

describe('the menu', () => {
  it('narrows by words of a title, by a number and by a letter, and is left', async () => {
    const terminal = openTerminal(['start'], freshFolder());
    await terminal.see(/^❯ ○ {2}1 {2}Measure a miss/m);
    await terminal.see('course-labs-work');
    terminal.type('incident');
    await terminal.see(/^❯ ○ 12 {2}Capstone/m);
    await terminal.until('the others are gone', () => !terminal.screen().includes('Measure a'));
    for (const _ of 'incident') terminal.press('backspace');
    // "7" is in no title; in 35 minutes or in lab 7 it would be.
    terminal.type('7');
    await terminal.see(/^❯ ○ {2}7 {2}Two users/m);
    terminal.press('backspace');
    terminal.type('q');
    await terminal.see(/^❯ +q {2}Leave/m);
    terminal.press('enter');
    expect(await terminal.exitCode).toBe(0);
  }, 60_000);

  it('leads to progress and to the glossary, and back', async () => {
    const terminal = openTerminal(['start'], freshFolder());
    const menus = () => terminal.screen().match(/0 of 12 labs/g)?.length;
    await terminal.see('Which lab?');
    terminal.type('g');
    await terminal.see(/^❯ +g {2}Glossary/m);
    terminal.press('enter');
    await terminal.see('Which word?');
    terminal.type('dogpile');
    await terminal.see(/^❯ stampede/m);
    terminal.press('enter');
    await terminal.see('Many requests miss the same entry');
    terminal.type('q');
    await terminal.see(/^❯ q {2}Back/m);
    terminal.press('enter');
    await terminal.until('the menu is back', () => menus() === 2);
    terminal.type('p');
    await terminal.see(/^❯ +p {2}Progress/m);
    terminal.press('enter');
    await terminal.see('Enter goes back');
    expect(terminal.screen()).toMatch(/lab +points +answered/);
    terminal.press('enter');
    await terminal.until('the menu is back again', () => menus() === 4);
    terminal.press('ctrl-c');
    expect(await terminal.exitCode).toBe(130);
  }, 60_000);

  it('is ended by Ctrl-C with 130, and at 60 columns no line is broken', async () => {
    const terminal = openTerminal(['start'], freshFolder(), { columns: 60, rows: 30 });
    await terminal.see('Measure a miss');
    const longest = Math.max(
      ...terminal
        .screen()
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(60);
    terminal.press('ctrl-c');
    expect(await terminal.exitCode).toBe(130);
    await terminal.see(/Interrupted\.\s+All that you did is kept/);
    await terminal.see(/course-labs start/);
  }, 60_000);
});

describe('a guided run', () => {
  it('keeps what was done when it is interrupted', async () => {
    const folder = freshFolder();
    const terminal = openTerminal(['run', '1'], folder);
    await terminal.see('Enter goes on');
    terminal.press('enter');
    await terminal.see('2 of 23');
    // The prompt listens once it is drawn.
    await until('it asks again', () => terminal.screen().endsWith('? Enter goes on'));
    terminal.press('ctrl-c');
    expect(await terminal.exitCode).toBe(130);
    await terminal.see(/Your run is kept\. It goes on here, at PREDICT:\s.*course-labs run 1/);
    const progress = await run(['list', '--json'], folder);
    expect(JSON.parse(progress.stdout).labs[0]).toMatchObject({ next: 'continue at PREDICT' });
  }, 60_000);
});
