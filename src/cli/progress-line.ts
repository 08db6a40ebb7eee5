import type { Theme } from '../render/theme.ts';
import { renderWorking } from '../render/working.ts';

/** One line on stderr that says what takes a while. */
export interface ProgressLine {
  /** `fraction` from 0 to 1 where it is known. */
  show(what: string, fraction?: number): void;
  /** Takes the line away, before anything else is written. */
  clear(): void;
  /** Takes it away for good: what a command still does after an interrupt is not shown below the words about it. */
  close(): void;
}

/** Where it `moves`, in a terminal, the line is written over itself; elsewhere each new thing gets a line of its own. */
export function createProgressLine(
  stream: NodeJS.WritableStream,
  themeNow: () => Theme,
  moves: boolean,
): ProgressLine {
  let last = '';
  let isClosed = false;
  const clear = () => {
    if (moves && last !== '') stream.write('\r\u001b[2K');
    last = '';
  };
  return {
    show: (what, fraction) => {
      if (isClosed) return;
      const theme = themeNow();
      if (moves) stream.write(`\r\u001b[2K${renderWorking({ what, fraction }, theme)}`);
      else if (what !== last)
        stream.write(`${renderWorking({ what, fraction: undefined }, theme)}\n`);
      last = what;
    },
    clear,
    close: () => {
      clear();
      isClosed = true;
    },
  };
}
