import { number } from './format.ts';
import { commandLines, headline, type NextCommand, paragraph, screen, stack } from './layout.ts';
import { courseHeading, type LabRow, nextCell, stateMark, titleCell } from './list.ts';
import { tableLines } from './table.ts';

/** Where a learner stands in one lab. */
export interface ProgressRow extends LabRow {
  questionsAnswered: number;
  questions: number;
  /** Gradings of code exercises. */
  attempts: number;
  /** Hints that were shown. */
  hints: number;
  /** Points that this machine could not judge. */
  notJudged: number;
}

export interface ProgressModel {
  learner?: string | undefined;
  labs: readonly ProgressRow[];
  points: number;
  possible: number;
  next: readonly NextCommand[];
}

/** Points, answers, attempts and hints of every lab. */
export const renderProgress = screen<ProgressModel>((model, theme) => {
  const { symbols } = theme;
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const columns = [
    {},
    { ...right(''), spoken: 'lab' },
    { heading: 'lab', spoken: '', wraps: true },
    right('points'),
    right('answered'),
    right('attempts'),
    right('hints'),
    { wraps: true },
  ];
  const rows = model.labs.map((lab) => [
    stateMark(lab.state, theme),
    String(lab.number),
    titleCell(lab, theme),
    lab.points === undefined ? symbols.none : `${lab.points}/${lab.possible}`,
    `${lab.questionsAnswered}/${lab.questions}`,
    number(lab.attempts),
    number(lab.hints),
    nextCell(lab, theme),
  ]);
  const partial = model.labs.filter(({ notJudged }) => notJudged > 0);
  const notes = partial.flatMap(({ number: lab, notJudged }) =>
    paragraph(`Lab ${lab} is partial: ${notJudged} of its points are not judged here.`, theme),
  );
  const learner =
    model.learner === undefined ? [] : headline(`Learner: ${model.learner}`, '', theme);
  return stack(
    [...courseHeading(model, theme), ...learner],
    tableLines(columns, rows, theme),
    notes,
    commandLines(model.next, theme),
  );
});
