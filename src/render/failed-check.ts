import type { CheckResult } from '../grading/verdict.ts';
import type { Failure } from '../kit/index.ts';
import type { ServerError, SourcePlace } from '../runtime/types.ts';
import { showDifference } from './difference.ts';
import { count } from './format.ts';
import { commandLines, labelled, type NextCommand, stack } from './layout.ts';
import { indent, pad, wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** Commands that bring the situation of a failed check back; each whole, as it is typed. */
export interface Repair {
  serveCommand: string;
  /** Works against what `serveCommand` started; absent where no single request shows the failure. */
  curl?: string | undefined;
  hintCommand: string;
}

/** The rest stands under the check's id. */
const inset = '  ';
/** `Expected` and two spaces. */
const labelColumns = 10;
/** A text that fills more lines than this is cut. */
const mostLines = 8;

/** A failed check in full: what was asked, expected and got, why, and how to bring it back. */
export function failedCheckLines(
  check: CheckResult,
  repair: Repair | undefined,
  theme: Theme,
): string[] {
  const { style, symbols } = theme;
  const width = theme.measure - inset.length;
  const heading = `${style.bad(symbols.failed)} ${style.strong(check.id)}${theme.plain ? ', ' : '   '}${count(check.points, 'point')}`;
  const failure = check.failure === undefined ? [] : failureBlocks(check.failure, width, theme);
  const blocks = stack(
    ...failure,
    serverTrouble(check, width),
    repair === undefined
      ? []
      : commandLines(repairCommands(repair), theme, theme.room - inset.length),
  );
  const title = wrap(style.muted(check.title), width);
  return [heading, ...indent(stack(title, blocks), inset)];
}

/** Asked, expected, got and because under each other; then why it matters. */
export function failureBlocks(failure: Failure, width: number, theme: Theme): string[][] {
  const { asked, help, rationale } = failure;
  const room = width - labelColumns;
  const { expected, actual, key } = showDifference(failure.expected, failure.actual, room, theme);
  const rows: [string, string][] = [
    ['Asked', asked],
    ['Expected', short(expected, room, theme)],
    ['Got', short(actual, room, theme)],
  ];
  if (key !== undefined) rows.push(['', key]);
  if (help !== undefined) rows.push(['Because', help]);
  return [
    labelled(
      rows.map(([label, text]) => [pad(label, labelColumns - 2), text]),
      theme,
      width,
    ),
    wrap(rationale, width),
  ];
}

function serverTrouble(check: CheckResult, width: number): string[] {
  const rows: [string, string][] = [];
  if (check.serverError !== undefined) {
    rows.push(["Your server's last error", errorText(check.serverError)]);
  }
  if (check.refusedAccess !== undefined) rows.push(['Refused', check.refusedAccess]);
  return rows.flatMap(([label, text]) => wrap(`${label}: ${text}`, width));
}

function errorText({ place, message }: ServerError): string {
  return place === undefined ? message : `${placeText(place)}  ${message}`;
}

/** `server.ts:31:14` */
export function placeText({ file, line, column }: SourcePlace): string {
  return `${file}:${line}:${column}`;
}

function repairCommands({ serveCommand, curl, hintCommand }: Repair): NextCommand[] {
  return [
    { label: 'Bring it back', command: serveCommand },
    ...(curl === undefined ? [] : [{ label: '', command: curl }]),
    { label: 'A hint', command: hintCommand },
  ];
}

/** Cuts what would fill more lines than help; says how much is gone. */
function short(text: string, width: number, theme: Theme): string {
  const lines = wrap(text, width);
  if (lines.length <= mostLines) return text;
  const rest = count(lines.length - mostLines, 'more line');
  return [...lines.slice(0, mostLines), `${theme.symbols.ellipsis} ${rest}`].join('\n');
}
