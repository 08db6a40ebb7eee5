import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { descendantsOf, freshFolder, run, start, stillRunning, until } from './program.testing.ts';

const course = fileURLToPath(new URL('../../../fixtures/live-course', import.meta.url));
const live = ['logs', '91', '--labs', course];

describe('logs, without a terminal', () => {
  it('prints one JSON document with what was made, shown and held back, and what it cost', async () => {
    const args = [...live, '--level', 'info', '--view', 'warn', '--duration', '2', '--json'];
    const ended = await run(args, freshFolder());
    expect(ended.code, ended.stderr).toBe(0);
    const report = JSON.parse(ended.stdout);
    expect(report).toMatchObject({
      lab: 91,
      server: 'demonstration',
      level: 'info',
      view: { level: 'warn' },
      dropped: 0,
    });
    const { made, shown, heldBack, traffic, eventLoopDelay, seconds, linesPerSecond } = report;
    expect(Object.keys(made)).toEqual([
      'trace',
      'debug',
      'info',
      'warn',
      'error',
      'fatal',
      'other',
    ]);
    // The scene asks for all of these in turn.
    expect(made.info).toBeGreaterThan(0);
    expect(made).toMatchObject({ trace: 0, debug: 0, other: 0 });
    expect(shown).toEqual({ ...made, info: 0 });
    expect(heldBack).toBe(made.info);
    expect(seconds).toBeGreaterThanOrEqual(2);
    const lines = made.info + made.warn + made.error;
    expect(linesPerSecond * seconds).toBeCloseTo(lines, -1);
    expect(report.bytesPerSecond * seconds).toBeGreaterThan(50 * lines);
    expect(traffic.answered).toBeGreaterThan(0);
    expect(traffic.failed).toBeGreaterThan(0);
    expect(traffic.lost).toBe(0);
    expect(eventLoopDelay.measuredBy).toMatch(/GET \/healthz/);
  }, 60_000);

  it('prints a table that fits, and leaves no process behind', async () => {
    const started = start([...live, '--duration', '1'], freshFolder(), { COLUMNS: '60' });
    await until('it watches', () => started.stderr().includes('Watching'));
    const processes = descendantsOf(started.child.pid as number);
    expect(processes.length).toBeGreaterThanOrEqual(4);
    const ended = await started.ended;
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/made +– +– +\d/);
    expect(ended.stdout).toMatch(/info +[\d,]+ +[\d,]+ +[\d.]+ k?B/);
    expect(ended.stdout).toMatch(/The reader shows all that is made/);
    const lines = ended.stdout.split('\n').filter((line) => !/course-labs .*logs /.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    await until('nothing is left', () => stillRunning(processes).length === 0);
  }, 60_000);

  it('says it in sentences, in ASCII, no more often than once a second', async () => {
    const ended = await run([...live, '--duration', '4', '--plain'], freshFolder());
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/^[\n -~]*$/);
    expect(ended.stdout).toMatch(/At info, all levels shown:\s[\d,]+\sanswers/);
    expect(ended.stdout.match(/At info, all/g)?.length).toBeLessThanOrEqual(5);
    expect(ended.stdout).toMatch(
      /error: [\d,]+ made, [\d,]+ shown\.\n\n[\d,]+ answers and [\d,]+ lines/,
    );
  }, 60_000);

  it('watches the own server, which need not know how to change its level', async () => {
    const folder = freshFolder();
    await run(['run', '91', '--yes', '--labs', course], folder);
    const ended = await run([...live, '--mine', '--duration', '1', '--json'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    const report = JSON.parse(ended.stdout);
    expect(report).toMatchObject({ server: 'mine', level: 'info', traffic: { failed: 0 } });
    expect(report.made.info).toBeGreaterThan(0);
    expect(report.made.warn).toBe(0);
  }, 90_000);

  it('is a part of a guided run: in a demonstration, a few seconds at each level', async () => {
    const ended = await run(['run', '91', '--yes', '--labs', course], freshFolder());
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/What each level costs/);
    expect(ended.stdout).toMatch(/\n info +[\d,]+ +[\d,]+.*\n error +[\d,]+/);
  }, 60_000);
});

describe('logs, asked for what cannot be', () => {
  it.each([
    ['an unknown level', ['--level', 'loud'], /--level.*One of trace, debug, info/s],
    ['an unknown level to be shown', ['--view', '3'], /--view.*One of trace, debug, info/s],
    ['no time at all', ['--duration', '0'], /--duration.*from 1 to 900/s],
    ['a file and a lab', ['91', '--file', 'app.log'], /--file reads a file, and the lab "91"/],
    ['a file and a level', ['--file', 'a', '--level', 'info'], /--level is about a server/],
  ])('%s: exit 2, and what to do', async (_, args, words) => {
    const ended = await run(['logs', '--labs', course, ...args], freshFolder());
    expect(ended.stderr).toMatch(words);
    expect([ended.stdout, ended.code]).toEqual(['', 2]);
  });

  it('a lab without a live scene is told of one that has it', async () => {
    const ended = await run(['logs', '1', '--labs', course], freshFolder());
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/Lab 1 has no live scene\.[\s\S]*course-labs logs 91/);
  });
});

describe('logs --file', () => {
  const records = [
    { level: 30, time: 1_732_600_000_000, reqId: 'a1', userId: 1, event: 'grades.read', msg: 'ok' },
    { level: 40, time: 1_732_600_000_001, reqId: 'b2', userId: 11, event: 'login', msg: 'bad' },
    { level: 50, time: 1_732_600_000_002, reqId: 'b2', userId: 11, msg: 'failed \u001b[2J' },
  ];
  const lines = records.map((record) => JSON.stringify(record));
  const folderWith = (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'course-labs-test-'));
    writeFileSync(join(folder, 'app.log'), text);
    return folder;
  };
  const folder = folderWith(`${[lines[0], 'listening', ...lines.slice(1)].join('\n')}\n`);
  const read = (...args: string[]) => run(['logs', '--file', 'app.log', ...args], folder);

  it('makes records easy to read, on stdout, and says on stderr what the file holds', async () => {
    const ended = await read('--view', 'warn');
    expect(ended.code).toBe(0);
    expect(ended.stdout.split('\n').map((line) => line.slice(12))).toEqual([
      '',
      ' WARN  login           user 11    b2: bad',
      ' ERROR                 user 11    b2: failed \\x1b[2J',
      '',
    ]);
    expect(ended.stdout).toMatch(/^listening\n/);
    expect(ended.stderr).toMatch(/app\.log holds 4 lines: 1 info, 1 warn, 1 error, 1 without/);
    expect(ended.stderr).toMatch(/Shown: 3 \(warn and above\)\. Held back: 1\./);
  });

  it('gives raw records as they are, for other programs', async () => {
    const ended = await read('--request', 'b2', '--raw');
    expect(ended.stdout).toBe(`${lines.slice(1).join('\n')}\n`);
  });

  it('gives one JSON document', async () => {
    const { stdout } = await read('--user', '11', '--json');
    expect(JSON.parse(stdout)).toEqual({
      file: 'app.log',
      records: records.slice(1),
      made: expect.objectContaining({ info: 1, warn: 1, error: 1, other: 1 }),
      shown: expect.objectContaining({ info: 0, warn: 1, error: 1, other: 0 }),
    });
    const none = await read('--user', 'nobody', '--json');
    expect(JSON.parse(none.stdout).records).toEqual([]);
  });

  it('says in words when there is no such file', async () => {
    const ended = await run(['logs', '--file', 'nothing.log'], folder);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/nothing\.log does not exist/);
    expect(ended.stdout).toBe('');
  });

  it('streams a file of many megabytes in little memory', async () => {
    const large = folderWith(`${lines[0]}\n`.repeat(300_000));
    const heap = { NODE_OPTIONS: '--max-old-space-size=64' };
    const args = ['logs', '--file', 'app.log', '--raw'];
    const ended = await run(args, large, heap);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout.length).toBe(300_000 * ((lines[0]?.length ?? 0) + 1));
  }, 90_000);
});
