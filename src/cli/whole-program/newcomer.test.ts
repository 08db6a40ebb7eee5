import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultFolderName } from '../../workspace/index.ts';
import {
  descendantsOf,
  freshFolder,
  layOver,
  run,
  stillRunning,
  until,
} from './program.testing.ts';
import { openTerminal } from './terminal.testing.ts';
import { stateOf, walkTo } from './walk.testing.ts';

// All of lab 1 as somebody does it who has never seen it: two benchmarks and a grading are in it.
it('a newcomer goes from an empty folder through lab 1 and on to lab 2', async () => {
  const folder = freshFolder();
  const first = openTerminal(['start'], folder);
  await first.see('Welcome to course-labs');
  await first.see('./course-labs-work');
  await first.see(/^❯ ○ {2}1 {2}Measure a miss/m);
  first.press('enter');
  await walkTo(first, 'Check my answer');
  expect(first.screen()).toMatch(/You said 600/);
  expect(first.screen()).toMatch(/cache off\s+cache on/);
  // At the edit: which file, how it is graded, and what comes then.
  expect(first.screen()).toMatch(/Your file {2}course-labs-work\/01-measure-a-miss\/server\.ts/);
  expect(first.screen()).toMatch(/Grade it: .*course-labs check-answer 1/);
  expect(first.screen()).toMatch(/Once it has passed: Your server under load;/);
  const processes = descendantsOf(first.pid);
  first.press('down');
  await first.see(/^❯ Leave/m);
  first.press('enter');
  expect(await first.exitCode).toBe(0);
  await first.see(/Left at EDIT\. All that you did is kept\.\s+Go on: .*course-labs run 1/);
  await until('nothing is left', () => stillRunning(processes).length === 0);

  layOver(join(folder, defaultFolderName, '01-measure-a-miss'), 'solutions/map-with-expiry');

  // Coming back: the lab that was left is chosen, and goes on where it was.
  const second = openTerminal(['start'], folder);
  await second.see(/^❯ ◐ {2}1 {2}Measure a miss.*continue at EDIT/m);
  expect(second.screen()).not.toContain('Welcome');
  second.press('enter');
  await second.see('Back in lab 1');
  await second.see(/^❯ Check my answer/m);
  expect(second.screen()).not.toMatch(/PREDICT/);
  second.press('enter');
  await second.see('60 of 60 points', 90_000);
  expect(stateOf(folder, 'progress.json').labs[1].attempts).toHaveLength(1);
  await walkTo(second, 'Lab 1 is done.');
  expect(second.screen()).toMatch(/your server/);
  await second.see(/^❯ Go on with lab 2: Keys and TTL/m);
  second.press('enter');
  await second.see(/Lab 2 · Keys and TTL +PREDICT {2}1 of/);
  await second.until('it asks', () => second.screen().endsWith('? Enter goes on'));
  second.press('ctrl-c');
  expect(await second.exitCode).toBe(130);
  const after = await run(['list', '--json'], folder);
  expect(JSON.parse(after.stdout)).toMatchObject({
    next: 2,
    labs: [
      { state: 'done' },
      { state: 'started', next: 'continue at PREDICT' },
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
    ],
  });
}, 400_000);
