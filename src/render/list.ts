import { displayWidth } from './display-width.ts';
import { number } from './format.ts';
import { commandLines, headline, paragraph, parts, screen, stack } from './layout.ts';
import { tableLines } from './table.ts';
import { pad, truncate } from './text.ts';
import type { Theme } from './theme.ts';

/** A lab in the list and in the menu. */
export interface LabRow {
  number: number;
  title: string;
  /** What a learner needs. */
  minutes: number;
  state: 'done' | 'started' | 'new';
  /** Undefined before anything was judged. */
  points: number | undefined;
  possible: number;
  /** Where to go on: `continue at EDIT`. */
  next?: string;
}

/** Widths in the menu, with the spaces before or after. */
const columnsOfNumber = 5;
const columnsOfPoints = 6;
const columnsOfMinutes = 9;

/** What `list` and `start` show. */
export interface ListModel {
  labs: readonly LabRow[];
  points: number;
  possible: number;
  /** The number of the lab to go on with; undefined when all are done. */
  next: number | undefined;
}

/** The heading of the menu, over the labs. */
export interface MenuModel extends ListModel {
  /** The workspace, as it is typed: `./course-labs-work`; undefined where the welcome has just said it. */
  folder: string | undefined;
}

/** All labs, how far each one is, and the command that goes on. */
export const renderList = screen<ListModel>((model, theme) => {
  const columns = [
    {},
    { align: 'right' as const, spoken: 'lab' },
    { wraps: true },
    { align: 'right' as const, spoken: 'points' },
    { align: 'right' as const },
    { wraps: true },
  ];
  const rows = model.labs.map((lab) => [
    stateMark(lab.state, theme),
    String(lab.number),
    titleCell(lab, theme),
    pointsCell(lab, theme),
    `${lab.minutes} min`,
    nextCell(lab, theme),
  ]);
  return stack(courseHeading(model, theme), tableLines(columns, rows, theme), goOn(model, theme));
});

/** The heading of `start`, over the menu. */
export const renderMenuHeading = screen<MenuModel>((model, theme) =>
  stack(
    [
      ...courseHeading(model, theme),
      ...(model.folder === undefined
        ? []
        : paragraph(theme.style.muted(`Your workspace: ${model.folder}`), theme)),
    ],
    model.next === undefined ? goOn(model, theme) : [],
  ),
);

/** What enter does at a lab in the menu. */
export function menuNote({ number: lab, state, next }: LabRow): string {
  if (state === 'new') return `enter: begin lab ${lab}`;
  if (next !== undefined) return `enter: lab ${lab}, ${next}`;
  return `enter: lab ${lab} again`;
}

/** What can be pressed in a list that typing narrows. */
export function listKeys({ symbols }: Theme): string {
  return [symbols.upDown, 'type to search', 'enter opens'].join(` ${symbols.dot} `);
}

/** Something else in the menu, under the labs: its letter stands where their numbers do. */
export function menuEntry(
  letter: string,
  text: string,
  labs: readonly LabRow[],
  theme: Theme,
): string {
  return `${' '.repeat(markColumns(labs, theme))}${numberCell(letter)}${text}`;
}

/** One line a lab for the menu of `start`, two columns narrower than the screen: the pointer stands there. */
export function menuRows(labs: readonly LabRow[], theme: Theme): string[] {
  const room = theme.room - 2;
  if (theme.plain) return labs.map((lab) => spokenRow(lab, room, theme));
  const marks = markColumns(labs, theme);
  const others = marks + columnsOfNumber + columnsOfPoints + columnsOfMinutes;
  const titles = Math.min(room - others, widest(labs.map(({ title }) => title)));
  return labs.map((lab) => {
    const line = [
      pad(stateMark(lab.state, theme), marks),
      numberCell(String(lab.number)),
      pad(truncate(lab.title, titles, theme.symbols.ellipsis), titles),
      pad(pointsCell(lab, theme), columnsOfPoints, 'right'),
      pad(`${lab.minutes} min`, columnsOfMinutes, 'right'),
    ].join('');
    const next = lab.next === undefined ? '' : `   ${lab.next}`;
    return displayWidth(line + next) <= room ? line + theme.style.accent(next) : line;
  });
}

function markColumns(labs: readonly LabRow[], theme: Theme): number {
  return widest(labs.map(({ state }) => stateSymbol(state, theme)));
}

function numberCell(text: string): string {
  return `${pad(text, columnsOfNumber - 2, 'right')}  `;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(displayWidth));
}

/** As `list` says it; where it is too long, the end of the title is cut. */
function spokenRow(lab: LabRow, room: number, theme: Theme): string {
  const next = lab.next === undefined ? '' : `; ${lab.next}`;
  const before = `${stateSymbol(lab.state, theme)}, lab ${lab.number}, `;
  const after = `; points: ${pointsCell(lab, theme)}; ${lab.minutes} min`;
  const titleRoom = (tail: string) => room - displayWidth(before + tail);
  const tail = titleRoom(after + next) < lab.title.length ? after : after + next;
  return before + truncate(lab.title, Math.max(1, titleRoom(tail)), theme.symbols.ellipsis) + tail;
}

/** The name of the course at the left, how far the learner is at the right. */
export function courseHeading(model: Omit<ListModel, 'next'>, theme: Theme): string[] {
  const done = model.labs.filter(({ state }) => state === 'done').length;
  const name = parts([theme.style.heading('course-labs'), 'caching and logging, hands on'], theme);
  const labs = `${done} of ${model.labs.length} labs`;
  const points = `${number(model.points)} of ${number(model.possible)} points`;
  return headline(name, parts([labs, points], theme), theme);
}

/** A lab's state as a mark with its colour. */
export function stateMark(state: LabRow['state'], theme: Theme): string {
  const symbol = stateSymbol(state, theme);
  if (state === 'done') return theme.style.good(symbol);
  return state === 'started' ? theme.style.accent(symbol) : theme.style.muted(symbol);
}

function stateSymbol(state: LabRow['state'], { symbols }: Theme): string {
  return { done: symbols.done, started: symbols.started, new: symbols.fresh }[state];
}

/** The title; in a narrow place with the next step under it. */
export function titleCell({ title, next }: LabRow, theme: Theme): string {
  if (next === undefined || !isNarrow(theme)) return title;
  return `${title}\n${theme.style.accent(next)}`;
}

/** The next step, where it has a column of its own. */
export function nextCell({ next }: LabRow, theme: Theme): string {
  return next === undefined || isNarrow(theme) ? '' : theme.style.accent(next);
}

function isNarrow({ room }: Theme): boolean {
  return room < 80;
}

function pointsCell(lab: LabRow, { symbols }: Theme): string {
  return lab.points === undefined ? symbols.none : number(lab.points);
}

function goOn(model: ListModel, theme: Theme): string[] {
  const lab = model.labs.find(({ number: each }) => each === model.next);
  const command =
    lab === undefined
      ? { label: 'All done. Your report', command: `${theme.program} report` }
      : {
          label: lab.state === 'new' ? 'Next' : 'Go on',
          command: `${theme.program} run ${lab.number}`,
        };
  return commandLines([command], theme);
}
