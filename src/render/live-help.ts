import { labelled, paragraph, stack } from './layout.ts';
import type { Theme } from './theme.ts';

/** What the keys of the live view do, and what its figures are. */
export function liveHelpLines(theme: Theme): string[] {
  return stack(
    paragraph(
      "There are two filters. The source, the server's own logger, does not make what is below its level: nobody pays for it, and nobody can get it back. The reader, this screen, shows less of what was made: the server has written it and paid for it.",
      theme,
    ),
    labelled(
      [
        [
          '1 to 6',
          'the level at the source: trace, debug, info, warn, error, fatal; changed while it runs',
        ],
        ['t d i w e f', 'the level that the reader shows, by its first letter'],
        ['/', 'the story of one request, by its id or a part of it; Esc goes back'],
        ['u  v', 'records of one user (a name or a number), of one event; nothing typed shows all'],
        ['p', 'pause: the screen stands still, counting goes on'],
        [
          'arrow keys',
          'up to older records, down to newer ones; Page Up and Page Down take a screenful',
        ],
        ['r', 'records as they are written, or made easy to read'],
        ['Esc', 'back to the stream; there, all users and events again'],
        ['q', 'leave'],
      ],
      theme,
    ),
    paragraph(
      "Figures are of the last 5 s at that level. /healthz p99: of the last 100 small requests, sent ten times a second on a connection of their own, 99 waited no longer, above all for the server's event loop, and on a busy machine for a turn on the processor.",
      theme,
    ),
  );
}
