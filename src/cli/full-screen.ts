import type { LiveScreen } from '../live/live-screen.ts';
import { pricesOf } from '../live/price.ts';
import type { LiveView } from '../live/view.ts';
import { type LiveModel, renderLive } from '../render/live.ts';
import { indent, wrap } from '../render/text.ts';
import type { Theme } from '../render/theme.ts';
import type { KeyListener } from './key-listener.ts';
import type { LiveTerminal } from './live-terminal.ts';
import { type RecordLines, recordLines } from './record-lines.ts';

/** What a live view is about, beside what is seen. */
export type LiveSubject = Pick<LiveModel, 'lab' | 'server'>;

/** Makes the theme anew for the terminal as it is now. */
export type ThemeNow = () => Theme;

/** The live view over the whole terminal. */
export async function fullScreen(
  terminal: LiveTerminal,
  { onKey }: Pick<KeyListener, 'onKey'>,
  subject: LiveSubject,
  themeNow: ThemeNow,
): Promise<LiveScreen> {
  let theme = themeNow();
  let lines = await recordLines(theme);
  let columns = terminal.size().columns;
  let streamRows = Math.max(1, terminal.size().rows - 16);

  const follow = (now: number) => {
    columns = now;
    theme = themeNow();
    // Until the printer for the new width is there, the old one's lines are cut.
    void recordLines(theme).then((made) => {
      lines = made;
    });
  };
  return {
    rows: () => streamRows,
    draw(view) {
      const size = terminal.size();
      if (size.columns !== columns) follow(size.columns);
      const model = { ...subject, view, prices: pricesOf(view) };
      const frame = renderLive(model, streamLines(view, lines, theme), theme, size.rows);
      streamRows = Math.max(1, frame.streamRows);
      terminal.draw(frame.lines);
    },
    onKey,
  };
}

const hanging = '    ';

/** A record has one line in the stream, cut where it is too long; where it is read, not watched, all of it is shown. */
function streamLines({ pane, raw }: LiveView, lines: RecordLines, theme: Theme): string[] {
  return pane.records.flatMap((record) => {
    const [whole = '', ...more] = lines(record, raw);
    if (pane.kind !== 'story') return [whole];
    const [first = '', ...rest] = wrap(whole, theme.room - hanging.length);
    return [first, ...indent(rest, hanging), ...more];
  });
}
