import { displayWidth, tab } from './display-width.ts';
import { safeModel } from './safe-text.ts';
import { indent, pad, wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** A command that a screen offers. */
export interface NextCommand {
  /** What it is for: `Compare`. */
  label: string;
  /** Whole, as it is typed. */
  command: string;
}

/** A screen's renderer: the model to a text, without a newline at the end. */
export type Renderer<Model> = (model: Model, theme: Theme) => string;

/** Makes a renderer of a function that gives lines without a margin. Its model is made harmless first. */
export function screen<Model>(
  lines: (model: Model, theme: Theme) => readonly string[],
): Renderer<Model> {
  return (model, theme) =>
    indent(lines(safeModel(model, theme), theme), theme.margin)
      .map((line) => line.replaceAll('\u00A0', ' ').replaceAll('\t', tab).trimEnd())
      .join('\n');
}

/** Blocks under each other with an empty line between; empty blocks vanish. */
export function stack(...blocks: readonly (readonly string[])[]): string[] {
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

/** Running text, as wide as is good to read. */
export function paragraph(text: string, theme: Theme): string[] {
  return wrap(text, theme.measure);
}

/** One text at the left and one at the right end of a line; under each other where the line is too short, and plain. */
export function headline(left: string, right: string, theme: Theme): string[] {
  const gap = theme.room - displayWidth(left) - displayWidth(right);
  if (right !== '' && gap >= 2 && !theme.plain) return [left + ' '.repeat(gap) + right];
  return [...wrap(left, theme.room), ...(right === '' ? [] : wrap(right, theme.room))];
}

/** The parts of a heading with dots between; it breaks between parts. */
export function parts(texts: readonly string[], theme: Theme): string {
  return texts
    .map((text) => text.replaceAll(' ', '\u00A0'))
    .join(` ${theme.symbols.dot} `)
    .replaceAll(` ${theme.symbols.dot}`, `\u00A0${theme.symbols.dot}`);
}

/** A mark, then a text whose further lines stand under its first. */
export function marked(mark: string, text: string, theme: Theme, markWidth = 0): string[] {
  const lead = pad(mark, markWidth);
  const columns = displayWidth(lead) + 1;
  const [first = '', ...rest] = wrap(text, theme.measure - columns);
  return [`${lead} ${first}`, ...indent(rest, ' '.repeat(columns))];
}

/** Texts with aligned labels before them, plain with a colon between; a text with newlines keeps them. */
export function labelled(
  pairs: readonly (readonly [label: string, text: string])[],
  theme: Theme,
  width = theme.measure,
): string[] {
  if (theme.plain) return pairs.flatMap(([label, text]) => spokenPair(label.trim(), text, width));
  const columns = Math.max(...pairs.map(([label]) => displayWidth(label))) + 2;
  return pairs.flatMap(([label, text]) => {
    const [first = '', ...rest] = wrap(text, width - columns);
    return [
      `${theme.style.muted(label)}${' '.repeat(columns - displayWidth(label))}${first}`,
      ...indent(rest, ' '.repeat(columns)),
    ];
  });
}

function spokenPair(label: string, text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(label === '' ? text : `${label}: ${text}`, width - 2);
  return [first, ...indent(rest, '  ')];
}

/**
 * Commands with aligned labels; one without a label belongs to the one before it. A command stays whole: those that do
 * not fit beside their label get lines of their own under it.
 */
export function commandLines(
  commands: readonly NextCommand[],
  theme: Theme,
  width = theme.room,
): string[] {
  const labels = commands.map(({ label }) => (label === '' ? '' : `${label}:`));
  const texts = commands.map(({ command }) => asTyped(command, theme));
  const columns = Math.max(0, ...labels.map(displayWidth)) + 2;
  const lead = (label: string) => {
    if (!theme.plain) return pad(label, columns);
    return label === '' ? '  ' : `${label} `;
  };
  const groupOf = (index: number) =>
    labels.findLastIndex((label, at) => at <= index && label !== '');
  const fits = (index: number) =>
    texts.every(
      (text, at) =>
        groupOf(at) !== groupOf(index) ||
        displayWidth(lead(labels[at] ?? '')) + displayWidth(text) <= width,
    );
  return texts.flatMap((text, index) => {
    const label = labels[index] ?? '';
    const shown = theme.style.code(text);
    if (fits(index)) return [lead(label) + shown];
    return label === '' ? [`  ${shown}`] : [...wrap(label, width), `  ${shown}`];
  });
}

/**
 * Commands in texts from below begin with `course-labs`; here they begin as the learner must type them, for instance
 * with `npx course-labs`.
 */
export function asTyped(text: string, { program }: Theme): string {
  return text.replaceAll(/(^|: )course-labs (?=[a-z])/g, `$1${program} `);
}
