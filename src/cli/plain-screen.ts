import type { Key } from '../live/keys.ts';
import type { LiveScreen } from '../live/live-screen.ts';
import { pricesOf } from '../live/price.ts';
import type { LiveView } from '../live/view.ts';
import { renderLivePlain } from '../render/live-plain.ts';
import type { Theme } from '../render/theme.ts';
import type { LiveSubject } from './full-screen.ts';
import type { RecordLines } from './record-lines.ts';

export interface PlainScreenOptions {
  subject: LiveSubject;
  theme: Theme;
  lines: RecordLines;
  /** With a newline. */
  print(text: string): void;
  /** Where there are keys. */
  onKey?(listener: (key: Key) => void): void;
  /** A monotonic clock. */
  nowMs(): number;
}

/** No more than this many is said in a second: one. */
const leastMs = 1000;
/** Where nothing was changed, figures alone are not worth more. */
const steadyMs = 5000;

/** The live view in sentences: nothing moves, and nothing is said more often than once a second. */
export function plainScreen(options: PlainScreenOptions): LiveScreen {
  const { subject, theme, lines, print, onKey = () => {}, nowMs } = options;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let saidOf = '';

  return {
    rows: () => 100,
    onKey,
    draw(view) {
      const of = situation(view);
      const age = nowMs() - saidAtMs;
      const isNew = of !== saidOf;
      // Figures are worth saying once there are some.
      if (age < leastMs || (!isNew && (age < steadyMs || !isFigures(view)))) return;
      if (isFigures(view) && view.figures?.answersPerSecond === undefined) return;
      saidAtMs = nowMs();
      saidOf = of;
      print(renderLivePlain({ ...subject, view, prices: pricesOf(view) }, theme));
      if (view.pane.kind !== 'story') return;
      for (const record of view.pane.records) print(lines(record, view.raw).join('\n'));
    },
  };
}

/** Changes when something else is to be said, not when only figures have changed. */
function situation({ source, reader, help, pane, prompt, notice, stopped }: LiveView): string {
  const told = pane.kind === 'story' ? [pane.request, pane.total] : [];
  return JSON.stringify([source.level, reader, help, pane.kind, told, prompt, notice, stopped]);
}

function isFigures({ help, prompt, notice, stopped, pane }: LiveView): boolean {
  return (
    !help && prompt === undefined && (notice ?? stopped) === undefined && pane.kind !== 'story'
  );
}
