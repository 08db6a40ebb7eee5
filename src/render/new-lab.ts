import { commandLines, labelled, marked, paragraph, screen, stack } from './layout.ts';

/** A lab that `labs new` made. */
export interface NewLabModel {
  number: number;
  title: string;
  /** As the author types it: `labs/13-stale-answers`. */
  folder: string;
  /** The author's guide. */
  guide: string;
}

/** Says what was made, what is left to write, and how to go on. */
export const renderNewLab = screen<NewLabModel>(({ number, title, folder, guide }, theme) =>
  stack(
    marked(
      theme.style.good(theme.symbols.passed),
      `Lab ${number}, ${title}, is made: ${theme.style.code(folder)}`,
      theme,
    ),
    paragraph(
      [
        'It runs, and all of it is sound but the exercise C2, which is yours to write:',
        'its definition in lab.ts, its checks in checks.ts, its text in lesson.md, and the answers that prove it.',
        'What is still missing, labs validate says.',
      ].join(' '),
      theme,
    ),
    labelled([['guide', guide]], theme),
    commandLines(
      [
        { label: 'See what is missing', command: `${theme.program} labs validate ${number}` },
        { label: 'Go through it', command: `${theme.program} run ${number}` },
      ],
      theme,
    ),
  ),
);
