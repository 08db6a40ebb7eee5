import { describe, expect, it } from 'vitest';
import { keptRecord } from '../live/kept-record.ts';
import { watchLogLine } from '../probe/log-line.ts';
import { createTheme } from '../render/theme.ts';
import { recordLines } from './record-lines.ts';

const esc = String.fromCharCode(27);

async function show(
  line: string | object,
  { columns = 100, colour = false, unicode = true, raw = false } = {},
): Promise<readonly string[]> {
  const lines = await recordLines(createTheme({ columns, colour, plain: false, unicode }));
  const text = typeof line === 'string' ? line : JSON.stringify(line);
  return lines(keptRecord(watchLogLine(text), 1), raw);
}

const login = {
  level: 40,
  time: Date.now(),
  pid: 7,
  hostname: 'host',
  event: 'login',
  userId: 11,
  reqId: 'req-4f2a',
  outcome: 'failure',
  msg: 'bad password',
};

describe('recordLines', () => {
  it('gives time, level, event, user, request and message, in columns', async () => {
    const [line = '', ...more] = await show(login);
    expect(more).toEqual([]);
    expect(line.slice(12)).toBe(
      ' WARN  login           user 11    req-4f2a: bad password {"outcome":"failure"}',
    );
    expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} /);
    const [other = ''] = await show({ level: 30, msg: 'ready' });
    expect(other.indexOf('ready')).toBeGreaterThan(0);
  });

  it('is shorter where the screen is narrow, and in colour says the same', async () => {
    const [line = ''] = await show(login, { columns: 60 });
    expect(line.slice(12)).toBe(
      ' WARN  login user 11 req-4f2a: bad password {"outcome":"failure"}',
    );
    const [coloured = ''] = await show(login, { columns: 60, colour: true });
    expect(coloured).toContain(`${esc}[35mWARN${esc}[39m`);
    expect(coloured.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '')).toBe(line);
  });

  it('shortens ids that leave no room for the message', async () => {
    const [line] = await show({ ...login, reqId: '0e52603a-60cc-44a5-8bb8-9c5c796d4d1e' });
    expect(line).toContain(' 0e52603a…: bad password');
  });

  it('knows levels by name, and keeps what is no record', async () => {
    expect((await show({ level: 'warning', msg: 'x' }))[0]).toContain('WARN');
    expect(await show('listening on 4109')).toEqual(['listening on 4109']);
  });

  it('gives a stack its lines', async () => {
    const err = { type: 'TypeError', message: 'no', stack: 'TypeError: no\n    at server.ts:3:9' };
    const lines = await show({ level: 50, msg: 'failed', err });
    expect(lines[0]).toMatch(/ERROR.*: failed: TypeError: no$/);
    expect(lines.join('\n')).toContain('    at server.ts:3:9');
  });

  it.each([false, true])('lets nothing reach the terminal, raw %s', async (raw) => {
    const evil = `${esc}[2J${esc}]0;title\u0007\u009b31m`;
    const lines = await show(
      {
        ...login,
        msg: `${evil}\n12:00:00.000 INFO forged`,
        [evil]: { [evil]: [evil] },
        event: evil,
      },
      { raw },
    );
    expect(lines).toHaveLength(1);
    expect(lines.join('')).not.toMatch(/(?!\n)\p{Cc}/u);
    const text = await show(`plain ${evil}`, { raw });
    expect(text.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('is ASCII where there is no UTF-8', async () => {
    const lines = await show({ ...login, msg: 'Überblick' }, { unicode: false });
    expect(lines[0]).toContain('\\u00dcberblick');
  });

  it('has no tabs', async () => {
    for (const raw of [false, true]) {
      expect((await show('a\tb', { raw }))[0]).toBe('a  b');
    }
    expect((await show({ level: 30, msg: 'a\tb' }))[0]).toMatch(/INFO: a {2}b$/);
  });

  it('shows raw records as they were written', async () => {
    expect(await show(login, { raw: true })).toEqual([JSON.stringify(login)]);
  });
});
