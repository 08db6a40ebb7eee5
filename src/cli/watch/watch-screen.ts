import { timeOfDay } from '../../render/format.ts';
import type { Theme } from '../../render/theme.ts';
import {
  renderWatchFoot,
  renderWatchOpening,
  renderWatchSentence,
  type WatchFoot,
} from '../../render/watch.ts';
import type { Session } from '../session.ts';
import type { Save, WatchEvent } from './watch-answer.ts';

/** Where a watch is shown: what was said stays, and where lines may move, one at the foot says what goes on. */
export interface WatchScreen {
  /** Said once, at the beginning; `folder` as the learner types it. */
  open(folder: string): void;
  /** To stdout, with an empty line after it. */
  print(render: (theme: Theme) => string): void;
  /** One of several documents. */
  printJson(model: unknown): void;
  /** One sentence about what goes on. */
  say(sentence: string): void;
  begin(save: Save): void;
  working(what: string, fraction?: number): void;
  /** No grading is under way. */
  wait(): void;
  event(event: WatchEvent): void;
  /** Whether the starter is to be put back; `false` when that was answered. */
  ask(asking: boolean): void;
  /** Nothing more is drawn. Safe to call twice. */
  close(): void;
}

/** `keys`: somebody can press them. */
export function createWatchScreen(
  session: Session,
  { keys }: Pick<WatchFoot, 'keys'>,
): WatchScreen {
  const { context, moves, progress } = session;
  let closed = false;
  let asking = false;
  let away = false;
  /** What the grading under way tells; undefined where there is none. */
  let working: Parameters<typeof progress.show> | undefined;

  const foot = (waitsFor: WatchFoot['waitsFor']) =>
    renderWatchFoot({ waitsFor, keys }, session.errorTheme);
  const redraw = () => {
    if (!moves || closed) return;
    if (asking) progress.show(foot('reset'));
    else if (working) progress.show(...working);
    else progress.show(foot(away ? 'files' : 'save'));
  };
  /** Where nothing moves, it is said once; elsewhere the line at the foot tells it. */
  const tell = (sentence: string) => {
    if (moves) redraw();
    else session.warn(renderWatchSentence(sentence, session.errorTheme));
  };
  const say = (sentence: string) => {
    session.warn(renderWatchSentence(sentence, session.errorTheme));
    redraw();
  };
  const close = () => {
    closed = true;
    progress.clear();
    context.stderr.off('resize', redraw);
    context.signal.removeEventListener('abort', close);
  };
  context.stderr.on('resize', redraw);
  // Before anything is said about an interrupt, which would stand behind the foot.
  context.signal.addEventListener('abort', close, { once: true });

  return {
    open(folder) {
      session.warn(`${renderWatchOpening({ folder, keys }, session.errorTheme)}\n`);
      redraw();
    },
    print(render) {
      session.print(`${render(session.theme)}\n`);
      redraw();
    },
    printJson(model) {
      session.printJsonLine(model);
      redraw();
    },
    say,
    begin(save) {
      const sentence = `Grading your files of ${timeOfDay(save.at)}`;
      working = [sentence];
      tell(`${sentence}.`);
    },
    working(...told) {
      working = told;
      redraw();
    },
    wait() {
      working = undefined;
      redraw();
    },
    event(event) {
      if (event.kind === 'abandoned') {
        const sentence = `Saved again at ${timeOfDay(event.save.at)}: the grading is begun anew`;
        working = [sentence];
        return tell(`${sentence}.`);
      }
      away = event.kind === 'away';
      say(event.kind === 'away' ? event.why : 'Your files are back.');
    },
    ask(now) {
      asking = now;
      if (now) tell(foot('reset'));
      else redraw();
    },
    close,
  };
}
