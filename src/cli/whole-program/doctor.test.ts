import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { leaveKilledCommand } from '../killed-command.testing.ts';
import { freshFolder, run, workspaceWithLab1 } from './program.testing.ts';
import { openTerminal } from './terminal.testing.ts';

interface Line {
  state: string;
  label: string;
  text: string;
  advice?: string[];
}

async function examine(env: Record<string, string>, cwd = freshFolder()): Promise<Line[]> {
  const ended = await run(['doctor', '--json'], cwd, env);
  expect(ended.code, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout).lines;
}

const redisOf = (lines: Line[]) => lines.find(({ label }) => label === 'Redis');

describe('doctor', { timeout: 120_000 }, () => {
  it('says of each thing that it is fine, or what to do', async () => {
    const { folder } = await workspaceWithLab1();
    for (const lines of [await examine({ PATH: '' }), await examine({}, folder)]) {
      expect(lines.map(({ label }) => label.replace(/ .*/, ''))).toEqual(
        expect.arrayContaining(['Node', 'System', 'Ports', 'Redis', 'Terminal', 'Workspace']),
      );
      for (const { state, label, text, advice = [] } of lines) {
        expect(text, label).not.toBe('');
        expect(advice.length > 0, `${label}: ${text}`).toBe(state !== 'fine');
      }
    }
  });

  it('looks whether a Redis that was named answers, and never tells its password', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const url = `redis://me:geheim@127.0.0.1:${port}`;
    const there = await examine({ REDIS_URL: url });
    expect(redisOf(there)).toEqual({
      state: 'fine',
      label: 'Redis',
      text: `REDIS_URL, 127.0.0.1:${port}`,
    });
    await new Promise((resolve) => server.close(resolve));
    const gone = redisOf(await examine({ REDIS_URL: url }));
    expect(gone).toMatchObject({ state: 'missing' });
    expect(gone?.text).toMatch(/nothing answers: .*ECONNREFUSED/);
    expect(JSON.stringify(gone)).not.toContain('geheim');
    const nonsense = redisOf(await examine({ REDIS_URL: 'geheim@nowhere' }));
    expect(nonsense).toMatchObject({
      state: 'missing',
      text: 'REDIS_URL is no address of a Redis',
    });
    expect(JSON.stringify(nonsense)).not.toContain('geheim');
  });

  it('ends what a killed command had left running outside any workspace, and says so', async () => {
    const temporary = freshFolder();
    const killed = leaveKilledCommand('grade', temporary);
    const outside = (lines: Line[]) => lines.find(({ label }) => label === 'Outside workspaces');
    expect(outside(await examine({ TMPDIR: temporary }))).toEqual({
      state: 'fine',
      label: 'Outside workspaces',
      text: 'ended 1 process that an earlier command had left',
    });
    expect(await killed.orphanEnds).toEqual([null, 'SIGKILL']);
    expect(existsSync(killed.folder)).toBe(false);
    expect(outside(await examine({ TMPDIR: temporary }))).toBeUndefined();
  });

  it('tells what the terminal shows', async () => {
    const terminal = openTerminal(['doctor'], freshFolder(), { columns: 100, rows: 30 });
    await terminal.see(/Terminal +100 columns, colour, UTF-8/);
    await terminal.exitCode;
    const narrow = { columns: 50, rows: 30 };
    const env = { NO_COLOR: '1', TERM: 'linux' };
    const other = openTerminal(['doctor'], freshFolder(), narrow, env);
    await other.see(/50 columns, no colour, no\s+UTF-8/);
    await other.see(/make the window\s+wider/);
    await other.exitCode;
  });
});
