import process from 'node:process';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** The last line of the menu: once it is there, all of it is. */
const lastLine = 'type to search';
const limitMs = 30_000;

/** Milliseconds from the start of `start` in a terminal until its menu stands on the screen. The workspace must exist. */
export function menuStandsAfterMs(bin: string, workspaceParent: string): Promise<number> {
  const size = { cols: 100, rows: 40 };
  const screen = new xterm.Terminal({ ...size, allowProposedApi: true });
  const startedAt = performance.now();
  const pty = spawn(process.execPath, [bin, 'start'], {
    ...size,
    cwd: workspaceParent,
    env: { ...process.env, TERM: 'xterm-256color' },
  });
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(limit);
      pty.kill('SIGKILL');
      screen.dispose();
      settle();
    };
    const limit = setTimeout(
      () => end(() => reject(new Error(`No menu within ${limitMs / 1000} s:\n${linesOf(screen)}`))),
      limitMs,
    );
    pty.onData((data) => {
      const cameAt = performance.now();
      screen.write(data, () => {
        if (linesOf(screen).includes(lastLine)) end(() => resolve(cameAt - startedAt));
      });
    });
  });
}

function linesOf({ buffer: { active } }: xterm.Terminal): string {
  return Array.from({ length: active.length }, (_, row) =>
    active.getLine(row)?.translateToString(true),
  ).join('\n');
}
