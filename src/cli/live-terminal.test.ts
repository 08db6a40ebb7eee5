import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'course-labs-terminal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a pseudo-terminal receives from a program that opens it, draws, listens to keys, and then does `end`. */
async function received(end: string): Promise<string> {
  const outfile = join(folder, 'program.mjs');
  await build({
    stdin: {
      contents: `
        import { createEnding } from './ending.ts';
        import { listenForKeys } from './key-listener.ts';
        import { openLiveTerminal } from './live-terminal.ts';
        const ending = createEnding();
        process.on('exit', ending.restoreNow);
        const { stdin, stdout } = process;
        const { signal } = new AbortController();
        const terminal = openLiveTerminal({ stdout, signal, ending });
        const keys = listenForKeys({ stdin, ending }, () => {});
        terminal.draw(['first', 'second']);
        terminal.draw(['first', 'third']);
        setTimeout(() => { ${end} }, 50);`,
      resolveDir: here,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const pty = spawn(process.execPath, [outfile], { cols: 60, rows: 10 });
  let text = '';
  pty.onData((data) => {
    text += data;
  });
  await new Promise<void>((resolve) => pty.onExit(() => resolve()));
  return text;
}

const esc = '\u001b[';

describe('the terminal of a live view', () => {
  it.each([
    ['is closed', 'terminal.close(); keys.close(); terminal.draw(["late"]);'],
    ['crashes', 'throw new Error("worn out");'],
    ['has a promise that nobody caught', 'Promise.reject(new Error("worn out"));'],
    ['ends at once', 'process.exit(3);'],
  ])(
    'is given back when the program %s',
    async (_, end) => {
      const text = await received(end);
      const opened = text.indexOf(`${esc}?1049h`);
      const closed = text.indexOf(`${esc}?1049l`);
      expect(opened).toBeGreaterThanOrEqual(0);
      expect(closed).toBeGreaterThan(opened);
      expect(text.lastIndexOf(`${esc}?25h`)).toBeGreaterThan(text.lastIndexOf(`${esc}?25l`));
      expect(text.lastIndexOf(`${esc}?7h`)).toBeGreaterThan(text.lastIndexOf(`${esc}?7l`));
      // Nothing is drawn over what was there before, and what went wrong is said there.
      expect(text.slice(closed)).not.toContain('late');
      if (end.includes('worn out')) expect(text.slice(closed)).toContain('worn out');
    },
    30_000,
  );

  it('writes what has changed, and no more', async () => {
    const text = await received('terminal.close(); keys.close();');
    expect(text.match(/first/g)).toHaveLength(1);
    expect(text).toContain(`${esc}2;1Hthird`);
  }, 30_000);
});
