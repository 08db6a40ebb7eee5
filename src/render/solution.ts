import type { ComparedFile, ComparedLine } from '../workspace/compare-folders.ts';
import { count, enumerate } from './format.ts';
import {
  commandLines,
  headline,
  type NextCommand,
  paragraph,
  parts,
  screen,
  stack,
} from './layout.ts';
import { markdownLines } from './markdown.ts';
import type { Theme } from './theme.ts';

/** One right answer. */
export interface SolutionModel {
  /** `map-per-user` */
  name: string;
  /** Why it is right; Markdown. */
  why: string;
  /** The learner's files against its own. */
  files: readonly ComparedFile[];
}

/** The right answers of a lab; one of them is compared with the learner's line by line. */
export interface SolutionsModel {
  lab: { number: number; title: string };
  /** `C1` */
  exercise: string;
  title: string;
  /** Why they may be seen. */
  opened: 'passed' | 'given-up';
  /** Compared in full. */
  shown: SolutionModel;
  /** It was not named: it is the one that is nearest to the learner's. */
  nearest: boolean;
  others: readonly Pick<SolutionModel, 'name' | 'files'>[];
  next: readonly NextCommand[];
}

/** Why the right answers are not shown yet. */
export interface SolutionClosedModel {
  lab: { number: number; title: string };
  exercise: string;
  title: string;
  attempts: number;
  /** Of the latest attempt; undefined where there is none. */
  latest: { points: number; possible: number; failed: readonly string[] } | undefined;
  next: readonly NextCommand[];
}

export const renderSolutions = screen<SolutionsModel>((model, theme) => {
  const { shown, others } = model;
  const heading = parts(
    [shown.name, model.nearest ? 'the nearest to yours' : 'as you named it'],
    theme,
  );
  return stack(
    titleLines(model, model.opened === 'passed' ? 'passed' : 'given up', theme),
    [theme.style.heading(heading)],
    markdownLines(shown.why, theme),
    comparedLines(shown.files, theme),
    others.length === 0 ? [] : paragraph(sentenceOf(others), theme),
    commandLines(model.next, theme),
  );
});

export const renderSolutionClosed = screen<SolutionClosedModel>((model, theme) => {
  const { latest, attempts } = model;
  const sofar =
    latest === undefined
      ? 'You have not graded an answer of yours yet.'
      : `Your latest of ${count(attempts, 'attempt')} has ${latest.points} of ${latest.possible} points. ${missingIn(latest.failed)}`;
  return stack(
    titleLines(model, 'not passed yet', theme),
    paragraph(
      `The right answers are shown once yours has passed: you will see more in them then. ${sofar}`,
      theme,
    ),
    paragraph('Giving up shows them now, and is kept with your progress.', theme),
    commandLines(model.next, theme),
  );
});

function titleLines(
  { lab, exercise, title }: Pick<SolutionsModel, 'lab' | 'exercise' | 'title'>,
  state: string,
  theme: Theme,
): string[] {
  const left = parts([theme.style.heading(`Lab ${lab.number}`), `${exercise} ${title}`], theme);
  return headline(left, state, theme);
}

function missingIn(failed: readonly string[]): string {
  return failed.length === 0 ? '' : `Not passed: ${enumerate(failed)}.`;
}

function sentenceOf(others: SolutionsModel['others']): string {
  const each = others.map(({ name, files }) => `${name} (${differs(files)})`);
  return `Built differently, and right as well: ${enumerate(each)}.`;
}

function differs(files: readonly ComparedFile[]): string {
  const lines = files.flatMap((file) => file.lines).filter(({ kind }) => kind === 'other').length;
  return lines === 0 ? 'the same as yours' : `${count(lines, 'line')} of its own`;
}

/** Each file with its lines. Whose a line is stands in front of it, so that colour is not needed to tell; code stays whole. */
function comparedLines(files: readonly ComparedFile[], theme: Theme): string[] {
  return stack(
    ['- yours, + the right answer'],
    ...files.map(({ name, added, lines }) => {
      const note = added ? 'you have no such file' : lines.length === 0 ? 'the same' : '';
      return [
        theme.style.strong(note === '' ? name : `${name}: ${note}`),
        ...lines.map((line) => `| ${comparedLine(line, theme)}`),
      ];
    }),
  );
}

function comparedLine({ kind, text }: ComparedLine, { style, symbols }: Theme): string {
  switch (kind) {
    case 'mine':
      return style.bad(`- ${text}`);
    case 'other':
      return style.good(`+ ${text}`);
    case 'gap':
      return style.muted(`  ${symbols.ellipsis}`);
    case 'same':
      return `  ${text}`;
  }
}
