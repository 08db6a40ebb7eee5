import type { LabVerdict } from '../grading/verdict.ts';
import { codeScore, codeVerdictLines, type Repair } from './code-verdict.ts';
import {
  commandLines,
  headline,
  type NextCommand,
  paragraph,
  parts,
  screen,
  stack,
} from './layout.ts';
import { questionVerdictLines } from './question-verdict.ts';
import type { Theme } from './theme.ts';

/** A grade, and how to go on from it. */
export interface VerdictModel {
  verdict: LabVerdict;
  /** By check id: of those that failed. */
  repairs: Readonly<Record<string, Repair>>;
  /** Sentences under the grade: how good the predictions were, for instance. */
  notes?: readonly string[];
  next: readonly NextCommand[];
}

/** The grade of a lab: points, what failed in full, the questions, and what to type next. */
export const renderVerdict = screen<VerdictModel>(({ verdict, repairs, notes, next }, theme) => {
  const { lab, code, questions } = verdict;
  const alone = code.length === 1 && questions.length === 0 ? code[0] : undefined;
  const left = parts([theme.style.heading(`Lab ${lab.number}`), lab.title], theme);
  const points = `${verdict.points} of ${verdict.possible} points`;
  return stack(
    headline(left, alone === undefined ? points : codeScore(alone, theme), theme),
    ...code.map((one) =>
      stack(
        alone === undefined
          ? exerciseHeading(`${one.exercise} ${one.title}`, codeScore(one, theme), theme)
          : [],
        codeVerdictLines(one, repairs, theme),
      ),
    ),
    questions.length === 0
      ? []
      : stack(
          exerciseHeading('Questions', questionScore(verdict), theme),
          questionVerdictLines(questions, lab.number, theme),
        ),
    (notes ?? []).flatMap((note) => paragraph(note, theme)),
    commandLines(next, theme),
  );
});

function exerciseHeading(text: string, score: string, theme: Theme): string[] {
  return headline(theme.style.heading(text), score, theme);
}

function questionScore({ questions }: LabVerdict): string {
  const points = questions.reduce((sum, question) => sum + question.points, 0);
  const possible = questions.reduce((sum, question) => sum + question.possible, 0);
  return `${points} of ${possible} points`;
}
