import type { Context } from './context.ts';

/** The whole terminal, for as long as it is open: what was on it before comes back when it is closed. */
export interface LiveTerminal {
  size(): { columns: number; rows: number };
  /** Shows these lines, at most as many as there are rows, none wider than the terminal. Nothing once it is closed. */
  draw(lines: readonly string[]): void;
  /** Safe to call twice. */
  close(): void;
}

const esc = '\u001b[';
/** The other screen; no cursor; no wrapping, so that a line that is too long breaks nothing. */
const enter = `${esc}?1049h${esc}?25l${esc}?7l${esc}2J`;
const leave = `${esc}?7h${esc}?25h${esc}?1049l`;

/** Opens the terminal. It is given back by `close`, by an interrupt, and by any end at which the process can still act. */
export function openLiveTerminal({
  stdout,
  signal,
  ending,
}: Pick<Context, 'stdout' | 'signal' | 'ending'>): LiveTerminal {
  let shown: readonly string[] = [];
  let open = true;

  const resized = () => {
    shown = [];
    stdout.write(`${esc}2J`);
  };
  const close = ending.restore(() => {
    open = false;
    signal.removeEventListener('abort', close);
    stdout.off('resize', resized);
    stdout.write(leave);
  });
  // Before anything is said about an interrupt, which would be gone with the other screen.
  signal.addEventListener('abort', close, { once: true });
  stdout.on('resize', resized);
  stdout.write(enter);

  return {
    size: () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }),
    draw(lines) {
      if (!open) return;
      // Only what has changed is written: a terminal far away is slow.
      const rows = Math.max(lines.length, shown.length);
      let changes = '';
      for (let row = 0; row < rows; row += 1) {
        const line = lines[row] ?? '';
        if (line !== (shown[row] ?? '')) changes += `${esc}${row + 1};1H${line}${esc}0m${esc}K`;
      }
      shown = lines;
      if (changes !== '') stdout.write(changes);
    },
    close,
  };
}
