import type { Lab } from '../catalog/types.ts';
import type { LessonEvent } from '../lesson/events.ts';
import { renderLessonEvent } from '../render/lesson.ts';
import { repairsOf } from './repairs.ts';
import type { Session } from './session.ts';

/** Shows a guided run as it goes on: results on stdout, what takes a while on stderr. */
export function lessonScreen(lab: Lab, session: Session): (event: LessonEvent) => void {
  const { theme } = session;
  return (event) => {
    if (event.kind === 'working') {
      session.progress.show(event.what, event.fraction);
      return;
    }
    const repairs =
      event.kind === 'verdict' && event.answer === 'mine'
        ? repairsOf(lab, event.verdict, theme.program)
        : {};
    // What has a heading of its own is set off from the prompt before it.
    const gap = event.kind === 'step' || event.kind === 'summary' ? '\n' : '';
    session.print(`${gap}${renderLessonEvent({ event, repairs }, theme)}\n`);
  };
}
