import type { CodeVerdict } from '../grading/verdict.ts';
import type { VerdictChanges } from '../grading/verdict-changes.ts';
import { briefVerdictLines, codeScore, codeVerdictLines, type Repair } from './code-verdict.ts';
import { displayWidth } from './display-width.ts';
import { count, enumerate, number } from './format.ts';
import {
  commandLines,
  headline,
  marked,
  type NextCommand,
  paragraph,
  parts,
  screen,
  stack,
} from './layout.ts';
import type { Theme } from './theme.ts';

/** The grade of one save. */
export interface WatchedSave {
  lab: { number: number };
  /** When the files were first seen so: `14:03:05`. */
  savedAt: string;
  exercises: readonly WatchedExercise[];
  /** By check id: of those that failed. */
  repairs: Readonly<Record<string, Repair>>;
  /** Sentences under the grade. */
  notes: readonly string[];
  next: readonly NextCommand[];
}

export interface WatchedExercise {
  verdict: CodeVerdict;
  /** Since the attempt before; undefined where there was none. */
  changes: VerdictChanges | undefined;
}

/** The grade of one save in short: what has changed, and one failure in full. A key shows all of it. */
export const renderWatchedSave = screen<WatchedSave>((model, theme) =>
  saveLines(model, theme, ({ verdict, changes }) =>
    briefVerdictLines(verdict, model.repairs, newFailure(changes), theme),
  ),
);

/** The same with all failures in full. */
export const renderWatchedSaveInFull = screen<WatchedSave>((model, theme) =>
  saveLines(model, theme, ({ verdict }) => codeVerdictLines(verdict, model.repairs, theme)),
);

function saveLines(
  { lab, savedAt, exercises, notes, next }: WatchedSave,
  theme: Theme,
  linesOf: (exercise: WatchedExercise) => string[],
): string[] {
  return stack(
    ...exercises.map((exercise) => {
      const { verdict, changes } = exercise;
      const name = exercises.length === 1 ? [] : [verdict.exercise];
      const files = `your files of ${savedAt}`;
      const left = parts([theme.style.heading(`Lab ${lab.number}`), ...name, files], theme);
      const score = verdict.startFailure ? 'does not start' : codeScore(verdict, theme);
      return stack(
        headline(left, score, theme),
        changes === undefined ? [] : changeLines(changes, theme),
        linesOf(exercise),
      );
    }),
    notes.flatMap((note) => paragraph(note, theme)),
    commandLines(next, theme),
  );
}

function changeLines(changes: VerdictChanges, theme: Theme): string[] {
  if (changes.kind === 'not-started') {
    const { points, possible } = changes;
    return paragraph(`When it last started, it had ${points} of ${possible} points.`, theme);
  }
  const { style } = theme;
  const { nowPass, nowFail, nowUnjudged, points, sameFiles } = changes;
  const rows = [
    [style.good('passes now:'), nowPass],
    [style.bad('fails now:'), nowFail],
    ['not judged now:', nowUnjudged],
  ] as const;
  const changed = rows.filter(([, ids]) => ids.length > 0);
  if (changed.length === 0) {
    const text = sameFiles
      ? 'The same files as at the attempt before, and the same checks pass.'
      : 'Nothing changed: the same checks pass as at the attempt before.';
    return paragraph(text, theme);
  }
  // Said one after the other, a name begins where its words end.
  const columns = theme.plain
    ? undefined
    : Math.max(...changed.map(([words]) => displayWidth(words)));
  return [
    ...paragraph(`Since the attempt before: ${pointsText(points)}.`, theme),
    ...changed.flatMap(([words, ids]) => marked(words, enumerate(ids), theme, columns)),
  ];
}

function pointsText(points: number): string {
  if (points === 0) return 'as many points';
  return `${count(Math.abs(points), 'point')} ${points > 0 ? 'more' : 'fewer'}`;
}

/** What broke with this save is what is worked on. */
function newFailure(changes: VerdictChanges | undefined): string | undefined {
  return changes?.kind === 'compared' ? changes.nowFail[0] : undefined;
}

/** What the line at the foot says while nothing is graded. */
export interface WatchFoot {
  /** For a save, for the learner's yes or no to a reset, or until there is something to grade. */
  waitsFor: 'save' | 'reset' | 'files';
  /** Somebody sits there, who can press keys. */
  keys: boolean;
}

const allKeys = ['h hint', 'f in full', 'r reset', 'Enter again', 'q quit'];

/** From the longest to the shortest. */
const footWordings: Readonly<Record<WatchFoot['waitsFor'], readonly (readonly string[])[]>> = {
  save: [['Waiting for a save', ...allKeys], allKeys, ['h hint', 'r reset', 'q quit']],
  reset: [
    ['Put the starter back? Your files are kept.', 'y yes', 'n no'],
    ['Reset? Your files are kept.', 'y', 'n'],
  ],
  files: [
    ['Waiting for your files', 'h hint', 'r reset', 'q quit'],
    ['Waiting for your files', 'q quit'],
  ],
};

/** One line: the longest wording that fits. */
export function renderWatchFoot({ waitsFor, keys }: WatchFoot, theme: Theme): string {
  const what = waitsFor === 'files' ? 'your files' : 'a save';
  const wordings = keys ? footWordings[waitsFor] : [[`Waiting for ${what}`, 'Ctrl-C ends']];
  const texts = wordings.map((words) => words.join(` ${theme.symbols.dot} `));
  return texts.find((text) => text.length <= theme.room) ?? (texts.at(-1) as string);
}

/** What a watch does, said once at its beginning. */
export interface WatchOpening {
  /** The learner's folder of the lab, as it is typed from where they stand. */
  folder: string;
  /** Somebody sits there, who can press keys. */
  keys: boolean;
}

export const renderWatchOpening = screen<WatchOpening>(({ folder, keys }, theme) =>
  stack(
    paragraph(
      `Watching ${folder}: your answer is graded now, and at each save. A save during a grading begins it anew.`,
      theme,
    ),
    paragraph(
      keys
        ? 'Keys: h gives a hint, f shows all of a grade, r puts the starter back, Enter grades again, q quits.'
        : 'Ctrl-C ends it.',
      theme,
    ),
  ),
);

/** One sentence about what goes on. */
export const renderWatchSentence = screen<string>(paragraph);

/** What a watch leaves when it is ended. */
export interface WatchEnd {
  /** Gradings that were kept. */
  gradings: number;
  /** The best of them; undefined where there were none. */
  best: { points: number; possible: number } | undefined;
  /** What begins it again. */
  command: string;
}

export const renderWatchEnd = screen<WatchEnd>((end, theme) => [
  ...paragraph(keptText(end), theme),
  ...commandLines([{ label: 'Go on', command: end.command }], theme),
]);

/** The same in a sentence, for an end that comes as an interrupt. */
export function watchKept(end: WatchEnd): string {
  return `${keptText(end)} Go on: ${end.command}`;
}

function keptText({ gradings, best }: WatchEnd): string {
  if (best === undefined) return 'Nothing was graded.';
  const points = `${best.points} of ${best.possible} points`;
  if (gradings === 1) return `One grade is kept, with ${points}.`;
  return `${number(gradings)} grades are kept, the best with ${points}.`;
}
