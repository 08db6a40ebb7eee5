import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { descendantsOf, freshFolder, stillRunning, until } from './program.testing.ts';
import { openTerminal, type Terminal } from './terminal.testing.ts';

const course = fileURLToPath(new URL('../../../fixtures/live-course', import.meta.url));

const open = (args: readonly string[] = [], size?: { columns: number; rows: number }) =>
  openTerminal(['logs', '91', '--labs', course, ...args], freshFolder(), size);

/** The levels of the records on the screen, from top to bottom. */
const levels = (terminal: Terminal) =>
  [...terminal.screen().matchAll(/\d\d:\d\d:\d\d\.\d{3} ([A-Z]+)/g)].map(([, level]) => level);

/** The counter of a level in the row that begins with `label`. */
function counter(terminal: Terminal, label: string, level: string): string | undefined {
  const lines = terminal.screen().split('\n');
  const names = lines.find((line) => /trace +debug +info/.test(line))?.match(/[a-z]+/g) ?? [];
  const row = lines.find((line) => line.startsWith(` ${label} `));
  const cells = row
    ?.slice(label.length + 1)
    .trim()
    .split(/ +/);
  // The heading begins with `in 12 s`.
  return cells?.[names.slice(2).indexOf(level)];
}

const isFilled = (terminal: Terminal) => levels(terminal).length > 5;
const widest = (terminal: Terminal) =>
  Math.max(
    ...terminal
      .screen()
      .split('\n')
      .map((line) => line.length),
  );

async function seeStream(terminal: Terminal): Promise<void> {
  await terminal.until('records', () => isFilled(terminal), 60_000);
}

describe('logs, live', () => {
  it('changes the level at the source by key: the stream follows, and says what is not made', async () => {
    const terminal = open();
    await seeStream(terminal);
    await terminal.see('source level: info [3]');
    expect(levels(terminal)).toContain('INFO');
    expect(counter(terminal, 'made', 'debug')).toBe('–');

    terminal.type('2');
    await terminal.see('source level: debug [2]');
    await terminal.until('records at debug', () => levels(terminal).includes('DEBUG'));
    await terminal.until('figures', () => /❯ debug +[\d,]+ +[\d,]+/.test(terminal.screen()));

    terminal.type('5');
    await terminal.see('source level: error [5]');
    await terminal.until('errors alone', () => new Set(levels(terminal)).size === 1);
    expect(levels(terminal)).toContain('ERROR');
    expect(counter(terminal, 'made', 'info')).toBe('–');
    expect(Number(counter(terminal, 'made', 'error')?.replace(',', ''))).toBeGreaterThan(0);
    await terminal.until('figures', () => /❯ error +[\d,]+ +[\d,]+/.test(terminal.screen()));
    await terminal.see(/At\s+debug it was [\d,]+ lines/);

    const processes = descendantsOf(terminal.pid);
    expect(processes.length).toBeGreaterThanOrEqual(4);
    terminal.type('q');
    expect(await terminal.exitCode).toBe(0);
    await terminal.see(/What each level costs[\s\S]*\n error [\s\S]*\n debug /);
    expect(terminal.isRestored()).toBe(true);
    await until('nothing is left', () => stillRunning(processes).length === 0);
  }, 120_000);

  it('filters at the reader by key, counts what that holds back, and follows one request', async () => {
    const terminal = open();
    await seeStream(terminal);
    terminal.type('w');
    await terminal.see('reader shows: warn and above [w]');
    await terminal.until('no info', () => !levels(terminal).includes('INFO'));
    await terminal.until('info is made and held back', () => {
      const [made, shown] = ['made', 'shown'].map((row) => counter(terminal, row, 'info'));
      return made !== undefined && made !== '0' && shown === '0';
    });
    await terminal.see(/The reader holds back [\d,]+ of [\d,]+/);

    terminal.type('/');
    await terminal.see(/Enter alone: req-\d+/);
    const [, id = ''] = /Enter alone: (req-\d+)/.exec(terminal.screen()) ?? [];
    terminal.press('enter');
    await terminal.see(`The story of ${id}`);
    const stories = [...terminal.screen().matchAll(/(req-\d{6}):/g)].map(([, found]) => found);
    expect(new Set(stories)).toEqual(new Set([id]));
    terminal.press('escape');
    await terminal.until('the stream again', () => !terminal.screen().includes('The story of'));

    terminal.type('u');
    terminal.type('alice\r');
    await terminal.see('[w], user 1');
    terminal.type('t');
    await terminal.until(
      'alice alone',
      () => isFilled(terminal) && !/user 11 /.test(terminal.screen()),
    );

    terminal.type('p');
    await terminal.see(/Paused: [\d,]+ newer/);
    terminal.type('p');
    terminal.type('r');
    await terminal.see('{"level":30,"time":');
    terminal.type('?');
    await terminal.see('There are two filters.');
    terminal.type('q');
    expect(await terminal.exitCode).toBe(0);
  }, 120_000);

  it('survives a flood and a change of size', async () => {
    const terminal = open();
    await seeStream(terminal);
    terminal.type('1');
    await terminal.see('source level: trace [1]');
    // A hundred times as many lines as requests.
    await terminal.until(
      'a flood',
      () => /\d[\d,]{4,}|\dk/.test(counter(terminal, 'made', 'trace') ?? ''),
      60_000,
    );
    terminal.type('e');
    await terminal.see('reader shows: error and above [e]');
    await terminal.until('errors alone', () => new Set(levels(terminal)).size <= 1);

    terminal.resize(60, 30);
    await terminal.until('it fits 60 columns', () => {
      const bottom = terminal.screen().split('\n').at(-1) ?? '';
      return widest(terminal) <= 60 && /quit/.test(bottom);
    });
    await terminal.see(/source level: trace \[1\]/);
    terminal.resize(100, 20);
    await terminal.until('it fits 100 columns', () => widest(terminal) > 60);
    expect(terminal.screen().split('\n').length).toBeLessThanOrEqual(20);
    terminal.type('3');
    await terminal.see('source level: info [3]');
    terminal.type('q');
    expect(await terminal.exitCode).toBe(0);
  }, 180_000);

  it.each([
    ['Ctrl-C', (terminal: Terminal) => terminal.press('ctrl-c'), /Interrupted/],
    [
      'SIGTERM',
      (terminal: Terminal) => void process.kill(terminal.pid, 'SIGTERM'),
      /Ended by SIGTERM/,
    ],
  ])(
    'gives the terminal back on %s, with what is said about it',
    async (_, end, words) => {
      const terminal = open();
      await seeStream(terminal);
      expect(terminal.isRestored()).toBe(false);
      const processes = descendantsOf(terminal.pid);
      end(terminal);
      expect(await terminal.exitCode).toBe(130);
      expect(terminal.isRestored()).toBe(true);
      expect(terminal.screen()).toMatch(words);
      await until('nothing is left', () => stillRunning(processes).length === 0);
    },
    90_000,
  );

  it('speaks in sentences where it is plain, and obeys the same keys', async () => {
    const terminal = open(['--plain']);
    await terminal.see('Keys: 1 to 6', 60_000);
    await terminal.see(/At info, all levels shown: [\d,]+ answers/, 60_000);
    terminal.type('2');
    await terminal.see(/At debug, all levels shown: [\d,]+ answers/, 60_000);
    expect(terminal.isRestored()).toBe(true);
    terminal.type('q');
    expect(await terminal.exitCode).toBe(0);
  }, 120_000);
});

describe('a guided run with a live step', () => {
  it('is read first, opens the live view, and goes on when that is left', async () => {
    const terminal = openTerminal(['run', '91', '--labs', course], freshFolder());
    await terminal.see('A log that is written now', 60_000);
    terminal.press('enter');
    await terminal.see('Press 2, and 3 again.');
    await terminal.see('Enter opens the live view');
    terminal.press('enter');
    await terminal.see('source level: info [3]', 60_000);
    await terminal.until('figures', () => /❯ info +[\d,]+ +[\d,]+/.test(terminal.screen()), 60_000);
    terminal.type('q');
    await terminal.see('What each level costs');
    await terminal.until('the prompt', () => /Enter goes on *$/.test(terminal.screen()));
    terminal.press('enter');
    await terminal.see('What you saw');
    terminal.press('enter');
    expect(await terminal.exitCode).toBe(0);
    expect(terminal.screen()).toMatch(/the end of the run/);
    expect(terminal.isRestored()).toBe(true);
  }, 120_000);
});
