import { screen } from './layout.ts';
import { pad, truncate } from './text.ts';
import type { Theme } from './theme.ts';

/** What is going on while the learner waits; for stderr. */
export interface WorkingModel {
  /** `round 2 of 5, cache on` */
  what: string;
  /** From 0 to 1; undefined where nobody can tell. */
  fraction: number | undefined;
}

const barColumns = 20;
/** `100 %` */
const columnsOfShare = 5;

/** One line that never breaks, so that it can be drawn over itself. Plain: no bar, the share behind the text. */
export const renderWorking = screen<WorkingModel>(workingLines);

/** The one line, for screens that hold it. */
export function workingLines({ what, fraction }: WorkingModel, theme: Theme): string[] {
  const { ellipsis } = theme.symbols;
  if (fraction === undefined) return [truncate(what, theme.room, ellipsis)];
  const done = Math.min(1, Math.max(0, fraction));
  const share = `${Math.round(done * 100)} %`;
  if (theme.plain) {
    return [`${truncate(what, theme.room - share.length - 2, ellipsis)}, ${share}`];
  }
  const room = theme.room - barColumns - columnsOfShare - 4;
  const shown = truncate(what, room, ellipsis);
  return [
    `${theme.style.accent(bar(done, theme))}  ${pad(share, columnsOfShare, 'right')}  ${shown}`,
  ];
}

function bar(done: number, { symbols }: Theme): string {
  const filled = Math.round(done * barColumns);
  return symbols.full.repeat(filled) + symbols.empty.repeat(barColumns - filled);
}
