import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadMutants, loadSolutions, parseAnswerText } from './proof-answers.ts';

let lab: string;
beforeEach(async () => {
  lab = await mkdtemp(join(tmpdir(), 'course-labs-proofs-'));
});
afterEach(() => rm(lab, { recursive: true }));

async function add(kind: string, name: string, text?: string) {
  await mkdir(join(lab, kind, name), { recursive: true });
  if (text !== undefined) await writeFile(join(lab, kind, name, 'answer.md'), text);
}

test('reads the head of answer.md and leaves the rest', () => {
  const { head, reason } = parseAnswerText(
    'rejected-by: entry-expires\n\nIt looks right:\nit is not.\n',
  );
  expect([...head]).toEqual([['rejected-by', 'entry-expires']]);
  expect(reason).toBe('It looks right:\nit is not.');
});

test('finds answers in the order of their names', async () => {
  await add('solutions', 'plain-map', 'A Map.');
  await add('solutions', 'handler', 'In the handler.');
  await add('mutants', 'never-expires', 'rejected-by: entry-expires\nTTL 0.');
  expect((await loadSolutions(lab)).map(({ name, reason }) => [name, reason])).toEqual([
    ['handler', 'In the handler.'],
    ['plain-map', 'A Map.'],
  ]);
  expect(await loadMutants(lab)).toEqual([
    {
      name: 'never-expires',
      folder: join(lab, 'mutants', 'never-expires'),
      reason: 'TTL 0.',
      rejectedBy: 'entry-expires',
    },
  ]);
});

test('a lab without answers has none', async () => {
  expect(await loadMutants(lab)).toEqual([]);
});

test('an answer that does not explain itself is refused', async () => {
  await add('mutants', 'silent');
  await expect(loadMutants(lab)).rejects.toThrow('answer.md is missing');
  await add('mutants', 'silent', 'It is wrong.');
  await expect(loadMutants(lab)).rejects.toThrow('must begin with "rejected-by: <check>"');
});
