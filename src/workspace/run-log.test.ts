import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runLogFile } from './paths.ts';
import { saveRunLog } from './run-log.ts';
import { temporaryFolder } from './test-support.ts';

it('keeps a log for each run and step, the last one of each', async () => {
  const root = await temporaryFolder();
  const save = (run: number, step: string, text: string) =>
    saveRunLog({ root }, { run, step, text });
  await save(3, 'rush', 'old');
  await save(3, 'rush', '{"level":30}\n');
  await save(3, 'story', 'another step');
  await save(4, 'rush', 'another run');
  expect(await readFile(runLogFile(root, 3, 'rush'), 'utf8')).toBe('{"level":30}\n');
  expect(await readFile(runLogFile(root, 3, 'story'), 'utf8')).toBe('another step');
  expect(runLogFile(root, 4, 'rush')).toBe(join(root, '.course-labs', 'logs', 'run-4-rush.log'));
});

it('says which file it could not write', async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, '.course-labs'), 'no folder');
  const saved = saveRunLog({ root }, { run: 1, step: 'rush', text: '' });
  await expect(saved).rejects.toThrow('run-1-rush.log');
});
