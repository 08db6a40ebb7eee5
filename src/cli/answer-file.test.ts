import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerText } from './answer-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'course-labs-answer-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('answerText', () => {
  it('is what was given, or the text of a file that was named', async () => {
    await writeFile(join(folder, 'status.md'), 'Größer: 7 %\n');
    expect(answerText(' 42 ms', folder)).toBe(' 42 ms');
    expect(answerText('@', folder)).toBe('@');
    expect(answerText(' @status.md ', folder)).toBe('Größer: 7 %\n');
    await writeFile(join(folder, 'empty.md'), '');
    expect(answerText('@empty.md', folder)).toBe('');
  });

  it('takes 64 kB, and no more', async () => {
    await writeFile(join(folder, 'full.md'), 'x'.repeat(65_536));
    expect(answerText('@full.md', folder)).toHaveLength(65_536);
    await writeFile(join(folder, 'more.md'), 'x'.repeat(65_537));
    expect(() => answerText('@more.md', folder)).toThrow('more.md is larger than 64 kB');
  });

  it.skipIf(process.platform === 'win32')('reads what has no end no further than that', () => {
    expect(() => answerText('@/dev/zero', folder)).toThrow('/dev/zero is larger than 64 kB');
    expect(answerText('@/dev/null', folder)).toBe('');
  });

  it('says what to do where there is nothing to read', () => {
    expect(() => answerText('@none.md', folder)).toThrow(
      'The answer @none.md names a file that cannot be read',
    );
    expect(() => answerText('@.', folder)).toThrow('cannot be read');
  });
});
