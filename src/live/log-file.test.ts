import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LogFileOptions, readLogFile } from './log-file.ts';
import type { Reader } from './reader.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'course-labs-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(text: string, reader: Reader, change: Partial<LogFileOptions> = {}) {
  const path = join(folder, 'app.log');
  writeFileSync(path, text);
  const lines: string[] = [];
  const report = await readLogFile({
    file: 'app.log',
    path,
    reader,
    onRecords: async (records) => void lines.push(...records.map(({ line }) => line)),
    signal: new AbortController().signal,
    ...change,
  });
  return { report, lines };
}

const text = [
  '{"level":30,"reqId":"a1","userId":1,"event":"grades.read"}',
  'listening',
  '{"level":"WARNING","reqId":"b2","userId":11,"event":"login"}',
  '{"level":50,"reqId":"b2","userId":11}',
  '',
  '{"level":30,"reqId":"c3","userId":11,"event":"grade.created"}',
].join('\n');

describe('a log file', () => {
  it('is counted by level, with a last line that has no end, and blank lines left out', async () => {
    const { report, lines } = await read(text, { level: 'trace' });
    expect(report.made).toMatchObject({ info: 2, warn: 1, error: 1, other: 1 });
    expect(report.shown).toEqual(report.made);
    expect(lines).toEqual(text.split('\n').filter(Boolean));
  });

  it.each<[Reader, number[]]>([
    [{ level: 'warn' }, [1, 2, 3]],
    [{ level: 'trace', request: 'b2' }, [2, 3]],
    [{ level: 'trace', request: 'b' }, []],
    [{ level: 'trace', user: '11' }, [2, 3, 5]],
    [{ level: 'trace', user: '1' }, [0]],
    [{ level: 'trace', event: 'grade' }, [0, 5]],
    [{ level: 'warn', user: '11', event: 'login' }, [2]],
  ])('gives what %o lets through', async (reader, expected) => {
    const { lines } = await read(text, reader);
    expect(lines).toEqual(expected.map((index) => text.split('\n')[index]));
  });

  it('waits for whoever takes its records, and holds no more than a part of the file', async () => {
    const line = `{"level":30,"msg":"${'x'.repeat(200)}"}\n`;
    let most = 0;
    let seen = 0;
    const { report } = await read(
      line.repeat(20_000),
      { level: 'trace' },
      {
        onRecords: async (records) => {
          most = Math.max(most, records.length);
          seen += records.length;
          await new Promise((resolve) => setImmediate(resolve));
        },
      },
    );
    expect([seen, report.made.info]).toEqual([20_000, 20_000]);
    expect(most).toBeLessThan(2000);
  });

  it('is told in words when it cannot be read', async () => {
    const path = join(folder, 'nothing.log');
    await expect(read('', { level: 'trace' }, { path })).rejects.toMatchObject({
      exitCode: 3,
      message: 'The file app.log does not exist.',
    });
    await expect(read('', { level: 'trace' }, { path: folder })).rejects.toMatchObject({
      message: 'The file app.log is a folder.',
    });
  });
});
