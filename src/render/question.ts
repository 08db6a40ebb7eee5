import type { AnswerFormat, Option, PosedQuestion } from '../kit/index.ts';
import { figure, number, shortPercent } from './format.ts';
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
import { tableLines } from './table.ts';
import type { Theme } from './theme.ts';

/** A question to be answered. */
export interface QuestionModel {
  lab: { number: number; title: string };
  /** `Q1` */
  exercise: string;
  title: string;
  points: number;
  /** What it is computed from. */
  basis: 'run' | 'seed';
  /** The run, where the basis is one. */
  run?: number | undefined;
  question: PosedQuestion;
  /** The command to answer with, among others. */
  next: readonly NextCommand[];
}

/** The question, how to write the answer, how near it must be, and the command. Never what is right. */
export const renderQuestion = screen<QuestionModel>((model, theme) => {
  const { lab, exercise, title, points, question } = model;
  const left = parts([theme.style.heading(`Lab ${lab.number}`), `${exercise} ${title}`], theme);
  const basis =
    model.basis === 'seed'
      ? "The question is your own: it comes from your workspace's seed."
      : `The question is about your own run${model.run === undefined ? '' : ` ${model.run}`}.`;
  return stack(
    headline(left, `${points} points`, theme),
    markdownLines(question.text, theme),
    answerFormatLines(question.format, theme),
    paragraph(basis, theme),
    commandLines(model.next, theme),
  );
});

/** The options, and how an answer is written. */
export function answerFormatLines(format: AnswerFormat, theme: Theme): string[] {
  const how = (text: string) => paragraph(text, theme);
  switch (format.kind) {
    case 'number': {
      const unit = format.unit === undefined ? '' : ` in ${format.unit}`;
      return how(`Your answer: a number${unit}. ${toleranceText(format.tolerance, format.unit)}`);
    }
    case 'choice':
      return stack(
        optionLines(format.options, theme),
        how(`Your answer: one of ${ids(format.options)}.`),
      );
    case 'set':
      return stack(
        optionLines(format.items, theme),
        how(
          `Your answer: all that apply of ${ids(format.items)}, with commas between, without spaces.`,
        ),
      );
    case 'order':
      return stack(
        optionLines(format.items, theme),
        how(
          `Your answer: all of ${ids(format.items)} in the right order, written ${format.items.map(() => '?').join('>')}`,
        ),
      );
    case 'match':
      return stack(
        ['What:', ...optionLines(format.items, theme)],
        ['Where:', ...optionLines(format.places, theme)],
        how(
          `Your answer, with a place for each ?: ${format.items.map(({ id }) => `${id}=?`).join(',')}`,
        ),
        format.partialCredit ? how('Each right pair earns its share of the points.') : [],
        Object.keys(format.alsoRight ?? {}).length > 0
          ? how('Where more than one place is right, any of them counts.')
          : [],
      );
    case 'text':
      return how('Your answer: a word or a few, exactly as they stand.');
    case 'message':
      return stack(
        ['It must tell:', ...markdownLines(bulletList(format.facts), theme)],
        how(
          `Your answer: a few sentences of your own, ${number(format.longest)} characters at most; or @status.md for the text of that file. Each of these earns its share of the points. A message that gives a secret away earns none.`,
        ),
      );
  }
}

/** A list in Markdown, so that it wraps as lists do. */
function bulletList(items: readonly { text: string }[]): string {
  return items.map(({ text }) => `- ${text}`).join('\n');
}

/** Options by id, aligned. */
function optionLines(options: readonly Option[], theme: Theme): string[] {
  // A word that is its own name stands once.
  const rows = options.map(({ id, text }) => [
    theme.style.accent(id),
    text.toLowerCase() === id.toLowerCase() ? '' : text,
  ]);
  return tableLines([{}, { wraps: true }], rows, theme, theme.measure - 2).map(
    (line) => `  ${line}`,
  );
}

function ids(options: readonly Option[]): string {
  return options.map(({ id }) => id).join(', ');
}

function toleranceText(
  tolerance: { absolute: number } | { relative: number },
  unit: string | undefined,
): string {
  const near =
    'relative' in tolerance
      ? shortPercent(tolerance.relative)
      : `${figure(tolerance.absolute)}${unit === undefined ? '' : ` ${unit}`}`;
  const exact = 'relative' in tolerance ? tolerance.relative === 0 : tolerance.absolute === 0;
  return exact ? 'It must be exact.' : `It counts as right within ${near} of the right figure.`;
}
