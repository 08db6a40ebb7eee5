import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { baseEnvironment, bin, until } from './program.testing.ts';

/** A real pseudo-terminal with the program in it, and a screen that can be read. */
export interface Terminal {
  /** What a person would see now, and what has scrolled away above it. */
  screen(): string;
  /** All that the program wrote, with its codes. */
  written(): string;
  /** Waits until the condition holds; when it does not, the error shows the screen. */
  until(what: string, condition: () => boolean, limitMs?: number): Promise<void>;
  /** Waits until the text is on the screen. */
  see(text: string | RegExp, limitMs?: number): Promise<void>;
  type(text: string): void;
  press(key: keyof typeof keys): void;
  /** It is as it was before: the first screen, with its cursor. */
  isRestored(): boolean;
  resize(columns: number, rows: number): void;
  pid: number;
  exitCode: Promise<number>;
}

const keys = {
  enter: '\r',
  up: '\u001b[A',
  down: '\u001b[B',
  escape: '\u001b',
  backspace: '\u007f',
  'ctrl-c': '\u0003',
} as const;

/** Opens the built program in a pseudo-terminal. */
export function openTerminal(
  args: readonly string[],
  cwd: string,
  size: { columns: number; rows: number } = { columns: 100, rows: 40 },
  env: Readonly<Record<string, string>> = {},
): Terminal {
  const emulator = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback: 5_000,
    allowProposedApi: true,
  });
  const pty = spawn(process.execPath, [bin, ...args], {
    cwd,
    cols: size.columns,
    rows: size.rows,
    env: { ...baseEnvironment(), TERM: 'xterm-256color', ...env },
  });
  let cursor = true;
  let written = '';
  pty.onData((data) => {
    written += data;
    emulator.write(data);
    const [shown, hidden] = ['\u001b[?25h', '\u001b[?25l'].map((code) => data.lastIndexOf(code));
    if (shown !== hidden) cursor = (shown ?? -1) > (hidden ?? -1);
  });
  const exitCode = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode: code }) => resolve(code));
  });
  const screen = () => {
    const { active } = emulator.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    );
    return lines.join('\n').trimEnd();
  };
  const waitFor: Terminal['until'] = async (what, condition, limitMs = 30_000) => {
    try {
      await until(what, condition, limitMs);
    } catch (error) {
      throw new Error(`${(error as Error).message}; the screen was:\n${screen()}`);
    }
  };
  return {
    screen,
    written: () => written,
    until: waitFor,
    see: (text, limitMs) =>
      waitFor(
        `${text} on the screen`,
        () => (typeof text === 'string' ? screen().includes(text) : text.test(screen())),
        limitMs,
      ),
    type: (text) => pty.write(text),
    press: (key) => pty.write(keys[key]),
    isRestored: () => cursor && emulator.buffer.active.type === 'normal',
    resize: (columns, rows) => {
      pty.resize(columns, rows);
      emulator.resize(columns, rows);
    },
    pid: pty.pid,
    exitCode,
  };
}
