import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultFolderName } from '../../workspace/index.ts';
import { freshFolder, run } from './program.testing.ts';
import { openTerminal } from './terminal.testing.ts';
import { stateOf, walkTo } from './walk.testing.ts';

/** What git needs to commit, whoever runs the test. */
const author = ['-c', 'user.name=Learner', '-c', 'user.email=learner@example.org'];

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', [...author, ...args], { cwd: folder, encoding: 'utf8' });
}

it('a committed workspace goes on at another place, with what was predicted and measured', async () => {
  const here = freshFolder();
  const first = openTerminal(['run', '1'], here);
  await walkTo(first, 'The first one pays');
  await first.until('it asks', () => first.screen().endsWith('? Enter goes on'));
  first.press('ctrl-c');
  expect(await first.exitCode).toBe(130);
  const root = join(here, defaultFolderName);
  const own = stateOf(here, 'runs/1.json');
  expect(Object.keys(own.measuredOn)).toEqual(['by-hand']);

  // Both places are on this machine: what was measured says that it comes from another one.
  const runFile = join(root, '.course-labs', 'runs', '1.json');
  const text = readFileSync(runFile, 'utf8');
  writeFileSync(runFile, text.replace(own.measuredOn['by-hand'], '96 × Elsewhere 9000'));
  git(root, 'init', '--quiet');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '--message', 'Half of lab 1');
  expect(git(root, 'status', '--porcelain')).toBe('');
  const committed = git(root, 'ls-files').split('\n');
  expect(committed).toEqual(
    expect.arrayContaining([
      '.course-labs/progress.json',
      '.course-labs/runs/1.json',
      '01-measure-a-miss/server.ts',
      'course-labs.json',
    ]),
  );
  expect(committed.filter((name) => /node_modules|build|logs|processes/.test(name))).toEqual([]);

  const there = freshFolder();
  git(there, 'clone', '--quiet', root, defaultFolderName);
  const second = openTerminal(['run', '1'], there);
  await second.see('Back in lab 1, where you left it.');
  await second.see(/measured on another machine \(96 × Elsewhere 9000\)/);
  await second.see('OBSERVE  7 of 23');
  await second.see('You said fast');
  await second.until('it asks', () => second.screen().endsWith('? Enter goes on'));
  second.press('ctrl-c');
  expect(await second.exitCode).toBe(130);
  expect(stateOf(there, 'runs/1.json').record).toEqual(own.record);
  expect(own.record.predictions).toEqual({ throughput: 600, 'speed-up': 600, first: 'fast' });

  // The packages that answers import are linked anew.
  const graded = await run(['check-answer', '1', 'C1'], there);
  expect(graded.code, graded.stderr).toBe(1);
  expect(graded.stdout).toMatch(/repeat-makes-no-origin-call/);
}, 120_000);
