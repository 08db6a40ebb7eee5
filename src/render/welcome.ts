import { commandLines, marked, type NextCommand, paragraph, screen, stack } from './layout.ts';

/** The first start. */
export interface WelcomeModel {
  /** The new workspace, as the learner types it: `./course-labs-work`. */
  folder: string;
  /** The learner's id, where one was given. */
  learner?: string | undefined;
  next: readonly NextCommand[];
}

/** Says where the workspace is, and what it is for. */
export const renderWelcome = screen<WelcomeModel>(({ folder, learner, next }, theme) =>
  stack(
    paragraph(
      'Welcome to course-labs: caching and logging, hands on, with a real API on this machine.',
      theme,
    ),
    marked(
      theme.style.good(theme.symbols.passed),
      `Your workspace is ready: ${theme.style.code(folder)}`,
      theme,
    ),
    paragraph(
      [
        'Each lab that you open gets a folder there, with a README.md and one file to edit.',
        'It is yours: commit it, and hand it in when you are done.',
        ...(learner === undefined ? [] : [`It belongs to ${learner}.`]),
      ].join(' '),
      theme,
    ),
    paragraph(
      'In a lab you guess, measure, look and explain; then you change the code, and it is graded. Leave whenever you like, also with Ctrl-C: what you did is kept.',
      theme,
    ),
    commandLines(next, theme),
  ),
);
