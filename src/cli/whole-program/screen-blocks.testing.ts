/**
 * Screens in README.md and docs/: a comment says how a screen is made, and the fenced block after it holds what the
 * program showed. `npm run screens` makes them anew; `npm test` compares those that are made in an instant.
 *
 *     <!-- screen: check-answer 1 --seed 7
 *          answer: 1 mutants/one-key
 *          show: Lab 1 | A hint: -->
 */
export interface ScreenBlock {
  /** What is typed after `npx course-labs`. */
  command: string;
  /** Laid over the starter of a lab before: `1 mutants/one-key`. */
  answer?: string;
  /** Of the terminal; default 90. */
  columns: number;
  /** `quick`: no load, so that the tests can make it. */
  cost: 'quick' | 'load';
  /** Played in a terminal until this text is on the screen; what is typed at its prompts stands in `type`. */
  until?: string;
  /** At prompts for a number, in their order; at others it is Enter. Without any, nothing is pressed. */
  type: readonly string[];
  /** The parts that are shown, each from the line with the first text to the next line with the second. Default all. */
  show: readonly (readonly [from: string, to: string])[];
  /** A pattern of words that differ from run to run; figures and what holds a digit always may. */
  mask?: string;
  /** The fenced block: the command and what it showed. */
  text: string;
}

const pattern = /(<!-- screen: ([\s\S]*?)-->\n```text\n)([\s\S]*?)(\n```)/g;
const fields = ['answer', 'columns', 'cost', 'until', 'type', 'show', 'mask'];

/** All blocks of a document. Throws where a comment cannot be read. */
export function screenBlocks(document: string): ScreenBlock[] {
  const blocks = [...document.matchAll(pattern)].map(([, , comment = '', text = '']) =>
    blockOf(comment, text),
  );
  const comments = document.match(/<!-- screen:/g)?.length ?? 0;
  if (comments !== blocks.length) throw new Error('a screen comment has no ```text block after it');
  return blocks;
}

/** The document with other texts in its blocks, in their order. */
export function withTexts(document: string, texts: readonly string[]): string {
  let index = 0;
  return document.replace(
    pattern,
    (_, head: string, _comment: string, old: string, tail: string) =>
      head + (texts[index++] ?? old) + tail,
  );
}

function blockOf(comment: string, text: string): ScreenBlock {
  const [command = '', ...lines] = comment.trim().split(/\s*\n\s*/);
  const values = lines.map((line) => {
    const [, name = '', value = ''] = /^(\w+): (.+)$/.exec(line) ?? [];
    if (!fields.includes(name)) throw new Error(`the screen "${command}" has a line "${line}"`);
    return { name, value };
  });
  const all = (name: string) => values.filter((one) => one.name === name).map(({ value }) => value);
  const optional = <Name extends 'answer' | 'until' | 'mask'>(name: Name) => {
    const [value] = all(name);
    return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
  };
  return {
    command,
    ...optional('answer'),
    ...optional('until'),
    ...optional('mask'),
    columns: Number(all('columns')[0] ?? 90),
    cost: all('cost')[0] === 'quick' ? 'quick' : 'load',
    type: all('type').flatMap((value) => value.split(', ')),
    show: all('show').map((value) => {
      const [from = '', to = ''] = value.split(' | ');
      return [from, to] as const;
    }),
    text,
  };
}

/** The parts of a screen that a block shows; a line in between tells how many are left out. Throws where one is not there. */
export function cutScreen(screen: string, show: ScreenBlock['show']): string {
  if (show.length === 0) return screen;
  const lines = screen.split('\n');
  const kept: string[] = [];
  let next = 0;
  for (const [from, to] of show) {
    const first = lines.findIndex((line, index) => index >= next && line.includes(from));
    const last = lines.findIndex((line, index) => index >= first && line.includes(to));
    if (first < 0 || last < 0) throw new Error(`no "${from}" to "${to}" in:\n${screen}`);
    kept.push(...leftOut(lines.slice(next, first)), ...lines.slice(first, last + 1));
    next = last + 1;
  }
  return [...kept, ...leftOut(lines.slice(next))].join('\n');
}

function leftOut(lines: readonly string[]): string[] {
  const count = lines.filter((line) => line !== '').length;
  if (count === 0) return [...lines];
  const gap = (line: string | undefined) => (line === '' ? [''] : []);
  const text = ` … ${count} ${count === 1 ? 'line is' : 'lines are'} left out here`;
  return [...gap(lines[0]), text, ...gap(lines.at(-1))];
}

/** What must stay the same: the words. Figures and whatever holds a digit, however many, white space and what is masked may change. */
export function wordsOf(text: string, mask?: string): string {
  const unmasked = mask === undefined ? text : text.replaceAll(new RegExp(mask, 'g'), '#');
  return unmasked
    .replaceAll(/\S*\d\S*/g, '#')
    .replaceAll(/lines? (is|are) left/g, 'lines left')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ')
    .replaceAll(/#( #)+/g, '#');
}
