import { commandLines, headline, type NextCommand, parts, screen, stack } from './layout.ts';
import { markdownLines } from './markdown.ts';

/** One hint. */
export interface HintModel {
  lab: { number: number; title: string };
  /** `C1` */
  exercise: string;
  /** The exercise's title. */
  title: string;
  /** 1, 2 or 3. */
  number: number;
  total: number;
  /** Markdown. */
  text: string;
  next: readonly NextCommand[];
}

export const renderHint = screen<HintModel>((model, theme) => {
  const { lab, exercise, number, total } = model;
  const left = parts(
    [theme.style.heading(`Lab ${lab.number}`), `${exercise} ${model.title}`],
    theme,
  );
  const last = number === total ? ', the last one' : '';
  return stack(
    headline(left, `hint ${number} of ${total}${last}`, theme),
    markdownLines(model.text, theme),
    commandLines(model.next, theme),
  );
});
