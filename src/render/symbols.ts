/** Marks and lines of the screens. */
export interface Symbols {
  /** Before a check that passed, an answer that is right, something that is fine. */
  passed: string;
  /** Before an answer of which a part is right. */
  partly: string;
  /** Before what is wrong. */
  failed: string;
  /** Before what was not judged, or is missing. */
  skipped: string;
  /** Before a question that has no verdict yet. */
  pending: string;
  /** Before what is not there, and can be done without. */
  missing: string;
  /** Before what went wrong on our side. */
  errored: string;
  /** A lab that is done, started, or not begun. */
  done: string;
  started: string;
  fresh: string;
  /** The line that is chosen. */
  pointer: string;
  /** Before a remark that points to the text on its left. */
  arrow: string;
  /** Around a part of a text that is to be seen. */
  open: string;
  close: string;
  /** Stands for what was cut away. */
  ellipsis: string;
  /** After a ratio: `45.8 ×`. */
  times: string;
  /** In a table where there is no figure. */
  none: string;
  /** Between the parts of a heading. */
  dot: string;
  bullet: string;
  /** The two arrow keys that move a pointer. */
  upDown: string;
  /** The two halves of a progress bar. */
  full: string;
  empty: string;
  /** White space made visible. */
  space: string;
  tab: string;
  newline: string;
  carriageReturn: string;
}

export const unicodeSymbols: Symbols = {
  passed: '✔',
  partly: '◐',
  failed: '✖',
  skipped: '–',
  pending: '–',
  missing: '–',
  errored: '!',
  done: '✔',
  started: '◐',
  fresh: '○',
  pointer: '❯',
  arrow: '←',
  open: '»',
  close: '«',
  ellipsis: '…',
  times: '×',
  none: '–',
  dot: '·',
  bullet: '•',
  upDown: '↑↓',
  full: '█',
  empty: '░',
  space: '·',
  tab: '→',
  newline: '↵',
  carriageReturn: '␍',
};

/** The twins for terminals without UTF-8. */
export const asciiSymbols: Symbols = {
  passed: 'ok',
  partly: 'part',
  failed: 'FAIL',
  skipped: 'skip',
  pending: '-',
  missing: '-',
  errored: 'ERROR',
  done: 'done',
  started: 'started',
  fresh: 'new',
  pointer: '>',
  arrow: '<-',
  open: '>>',
  close: '<<',
  ellipsis: '...',
  times: 'x',
  none: '-',
  dot: '-',
  bullet: '*',
  upDown: 'up/down',
  full: '#',
  empty: '.',
  space: '_',
  tab: '\\t',
  newline: '\\n',
  carriageReturn: '\\r',
};

/** For `--plain`: as without UTF-8, and words where a mark would be a riddle to a screen reader. */
export const plainSymbols: Symbols = {
  ...asciiSymbols,
  pending: 'open',
  missing: 'missing',
  arrow: 'Note:',
  open: '[marked: ',
  close: ']',
  times: 'times',
  none: 'none',
};
