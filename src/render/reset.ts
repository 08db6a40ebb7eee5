import {
  commandLines,
  headline,
  labelled,
  type NextCommand,
  paragraph,
  parts,
  screen,
  stack,
} from './layout.ts';

/** What `reset` did. */
export interface ResetModel {
  lab: { number: number; title: string };
  /** The file that is the starter again, as the learner types it. */
  file: string;
  /** Where the learner's version is kept; undefined where it was the starter already. */
  kept: string | undefined;
  next: readonly NextCommand[];
}

export const renderReset = screen<ResetModel>(({ lab, file, kept, next }, theme) =>
  stack(
    headline(parts([theme.style.heading(`Lab ${lab.number}`), lab.title], theme), '', theme),
    kept === undefined
      ? paragraph(`Nothing to do: ${file} is the starter already.`, theme)
      : [
          ...paragraph('The starter is back, and your version is kept.', theme),
          ...labelled(
            [
              ['starter', file],
              ['yours', kept],
            ],
            theme,
          ),
        ],
    commandLines(next, theme),
  ),
);
