import type { PaneView } from '../live/pane.ts';
import { count } from './format.ts';
import { paragraph, screen } from './layout.ts';
import type { LiveModel } from './live.ts';
import { liveHelpLines } from './live-help.ts';
import { costSentence, readerSentence, readerText, sourceSentence } from './live-sentences.ts';
import type { Theme } from './theme.ts';

/** The live view in sentences, to be read aloud: what a full screen shows at one moment. */
export const renderLivePlain = screen<LiveModel>(({ view, prices }, theme) => {
  const { prompt, notice, stopped, source, reader, help, pane } = view;
  if (help) return [...liveHelpLines(theme), ...paragraph('Any key goes on.', theme)];
  if (prompt !== undefined) {
    const typed = prompt.typed === '' ? 'nothing typed yet' : prompt.typed;
    return paragraph(`The ${prompt.what} to look for: ${typed}. Enter takes it.`, theme);
  }
  const said = stopped ?? notice;
  if (said !== undefined) return paragraph(said, theme);
  if (pane.kind === 'story') return paragraph(storySentence(pane), theme);
  const levels = `At ${source.level}, ${readerText(reader)} shown:`;
  const unusual = source.belowLevel > 0 ? ` ${sourceSentence(view)}` : '';
  const text = `${levels} ${costSentence(prices[0], prices[1])}${unusual} ${readerSentence(view)}`;
  return paragraph(text, theme);
});

/** The keys, said once at the beginning. */
export function renderLiveKeys(theme: Theme): string {
  return paragraph(
    'Keys: 1 to 6 change the level at the source; t d i w e f what is shown; ? tells more; q leaves.',
    theme,
  ).join('\n');
}

function storySentence({ request, total }: Extract<PaneView, { kind: 'story' }>): string {
  return `The story of ${request}: ${count(total, 'record')}. Escape goes back.`;
}
