import { asTyped, labelled, marked, paragraph, screen, stack } from './layout.ts';
import { codeLines } from './markdown.ts';
import type { Theme } from './theme.ts';

/** An end that was foreseen; a CourseError is one. */
export interface ErrorModel {
  message: string;
  /** What to do now. */
  nextStep?: string | undefined;
}

/** A mistake of ours. */
export interface BugModel {
  thrown: unknown;
  /** Of course-labs. */
  version: string;
  /** Of Node. */
  node: string;
  platform: string;
  /** The words of the command. */
  args: readonly string[];
  /** Where to report it: an address. */
  reportTo?: string | undefined;
}

/** Two lines: what is the matter, and what to do. */
export const renderError = screen<ErrorModel>(({ message, nextStep }, theme) => [
  ...paragraph(message, theme),
  ...(nextStep === undefined ? [] : paragraph(asTyped(nextStep, theme), theme)),
]);

/** Says that it is our fault, and what to send us. */
export function renderBug(model: BugModel, theme: Theme): string {
  const { thrown } = model;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const stackText = thrown instanceof Error ? thrown.stack : undefined;
  return bugScreen({ ...model, thrown: undefined, message, stackText }, theme);
}

const bugScreen = screen<BugModel & { message: string; stackText: string | undefined }>(
  ({ message, stackText, version, node, platform, args, reportTo }, theme) =>
    stack(
      marked(
        theme.style.bad(theme.symbols.errored),
        `This is a bug of course-labs, not a mistake of yours: ${message}`,
        theme,
      ),
      paragraph(
        `Please report it${reportTo === undefined ? '' : ` at ${reportTo}`}, with the lines below.`,
        theme,
      ),
      labelled(
        [
          ['command', ['course-labs', ...args].join(' ')],
          ['version', `course-labs ${version}, Node ${node}, ${platform}`],
        ],
        theme,
      ),
      stackText === undefined ? [] : codeLines(stackText, theme),
    ),
);
