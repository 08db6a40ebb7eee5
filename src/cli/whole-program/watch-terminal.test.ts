import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { descendantsOf, run, stillRunning, until, workspaceWithLab1 } from './program.testing.ts';
import { openTerminal, type Terminal } from './terminal.testing.ts';
import { saveAnswer, saveByRename, serverOf } from './watch.testing.ts';

const waiting = 'Enter again · q quit';

/** The line at the foot is back: nothing is graded any more. */
const isWaiting = (terminal: Terminal) =>
  terminal.screen().split('\n').at(-1)?.includes(waiting) ?? false;

const seeWaiting = (terminal: Terminal) =>
  terminal.until('it waits', () => isWaiting(terminal), 90_000);

const gradings = (terminal: Terminal) => terminal.screen().match(/Graded in/g)?.length ?? 0;

async function progressOf(folder: string) {
  const { stdout } = await run(['progress', '--json'], folder);
  return JSON.parse(stdout).labs[0] as { attempts: number; hints: number; points: number };
}

describe('watch, in a terminal', () => {
  it('grades each save, tells what changed, gives hints by key, and leaves nothing behind', async () => {
    const { folder, lab } = await workspaceWithLab1();
    saveAnswer(lab, 'mutants/hit-loses-content-type');
    const terminal = openTerminal(['watch', '1'], folder);
    await terminal.see('Keys: h gives a hint');
    await terminal.see(/✖ hit-is-json {3}\d+ points/, 90_000);
    await seeWaiting(terminal);

    saveAnswer(lab, 'mutants/one-constant-key');
    await terminal.see(/Checking: |Checked: /, 30_000);
    await terminal.see(/fails now: +.*subjects-do-not-mix/, 90_000);
    await terminal.see(/✖ subjects-do-not-mix {3}\d+ points/);
    expect(terminal.screen()).toMatch(/passes now: +.*hit-is-json/);
    await seeWaiting(terminal);

    terminal.type('h');
    await terminal.see('hint 1 of 3');
    terminal.type('h');
    await terminal.see('hint 2 of 3');

    saveAnswer(lab, 'solutions/in-the-handler');
    await terminal.see('All 10 checks passed.', 90_000);
    expect(terminal.screen()).toMatch(/points more\.\n passes now: +.*subjects-do-not-mix/);
    expect(terminal.screen()).toMatch(/10 of 10 checks · 60 of 60 points/);
    await terminal.see('course-labs run 2');
    await seeWaiting(terminal);

    const processes = descendantsOf(terminal.pid);
    terminal.type('q');
    expect(await terminal.exitCode).toBe(0);
    await terminal.see('3 grades are kept, the best with 60 of 60 points.');
    expect(terminal.isRestored()).toBe(true);
    expect(await progressOf(folder)).toMatchObject({ attempts: 3, hints: 2, points: 60 });
    await until('nothing is left', () => stillRunning(processes).length === 0);
  }, 240_000);

  it('gives a grading up for a newer save, and ends its servers before it begins anew', async () => {
    const { folder, lab } = await workspaceWithLab1();
    const terminal = openTerminal(['watch', '1'], folder);
    saveByRename(lab, 'await new Promise(() => setInterval(() => {}, 1_000));\n');
    await terminal.see('Checking: ', 60_000);
    await until('a server that does not get ready', () => descendantsOf(terminal.pid).length >= 3);
    const first = descendantsOf(terminal.pid);
    saveAnswer(lab, 'solutions/in-the-handler');
    // Long before it would have been given up as never ready.
    await terminal.see('Saved again at', 20_000);
    await until('the old processes have ended', () => stillRunning(first).length === 0, 20_000);
    await terminal.see('All 10 checks passed.', 90_000);
    expect(gradings(terminal)).toBe(1);
    await seeWaiting(terminal);
    terminal.press('ctrl-c');
    expect(await terminal.exitCode).toBe(130);
    await terminal.see('Interrupted.');
    await terminal.see('One grade is kept, with 60 of 60 points.');
    expect(await progressOf(folder)).toMatchObject({ attempts: 1 });
  }, 240_000);

  it('asks before a reset, keeps the file, grades by Enter, and shows all of a grade', async () => {
    const { folder, lab } = await workspaceWithLab1();
    const mine = `${serverOf('starter')}\n// mine\n`;
    saveByRename(lab, mine);
    const terminal = openTerminal(['watch', '1'], folder);
    await terminal.see('Graded in', 90_000);
    await seeWaiting(terminal);

    terminal.press('enter');
    await terminal.see('The same files as at the attempt before', 90_000);
    await seeWaiting(terminal);
    terminal.type('f');
    await terminal.see(/– expires-after-ttl +not judged yet/);

    terminal.type('r');
    await terminal.see('Put the starter back? Your files are kept.');
    terminal.type('n');
    await seeWaiting(terminal);
    expect(readFileSync(join(lab, 'server.ts'), 'utf8')).toBe(mine);

    terminal.type('r');
    await terminal.see('Put the starter back? Your files are kept.');
    terminal.type('y');
    await terminal.see('The starter is back, and your version is kept.');
    await terminal.see('Nothing changed: the same checks pass', 90_000);
    expect(readFileSync(join(lab, 'server.ts'), 'utf8')).toBe(serverOf('starter'));
    const [, kept = ''] = /yours +(\S+)/.exec(terminal.screen()) ?? [];
    expect(readFileSync(join(folder, kept, 'server.ts'), 'utf8')).toBe(mine);
    terminal.type('q');
    expect(await terminal.exitCode).toBe(0);
  }, 240_000);

  it.each([60, 100])(
    'fits %i columns, and follows a change of size',
    async (columns) => {
      const { folder, lab } = await workspaceWithLab1();
      saveByRename(lab, 'const broken = ;\n');
      const terminal = openTerminal(['watch', '1'], folder, { columns, rows: 30 });
      await terminal.see('server.ts:1:16: ', 60_000);
      await seeWaiting(terminal);
      const widest = () =>
        Math.max(
          ...terminal
            .screen()
            .split('\n')
            .map((line) => line.length),
        );
      expect(widest()).toBeLessThanOrEqual(columns);
      expect(terminal.screen()).not.toMatch(/seed|not judged/);
      terminal.resize(160 - columns, 30);
      saveByRename(lab, 'let broken = ;\n');
      await terminal.see('server.ts:1:14: ', 60_000);
      await seeWaiting(terminal);
      terminal.type('q');
      expect(await terminal.exitCode).toBe(0);
    },
    120_000,
  );

  it('speaks in sentences where it is plain, and obeys the same keys', async () => {
    const { folder, lab } = await workspaceWithLab1();
    saveByRename(lab, 'const broken = ;\n');
    const terminal = openTerminal(['watch', '1', '--plain'], folder);
    await terminal.see('FAIL server.ts:1:16: ', 60_000);
    saveByRename(lab, 'let broken = ;\n');
    await terminal.see('FAIL server.ts:1:14: ', 60_000);
    expect(terminal.screen().match(/Grading your files of \d\d:\d\d:\d\d\./g)).toHaveLength(2);
    terminal.type('r');
    await terminal.see('Put the starter back? Your files are kept. - y yes - n no');
    terminal.type('n');
    terminal.type('h');
    await terminal.see('hint 1 of 3');
    expect(terminal.screen()).toMatch(/^[\n -~]*$/);
    terminal.type('q');
    expect(await terminal.exitCode).toBe(0);
    await terminal.see('2 grades are kept');
  }, 120_000);
});
