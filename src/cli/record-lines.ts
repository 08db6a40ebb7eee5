import { logLevels } from '../kit/index.ts';
import type { KeptRecord } from '../live/kept-record.ts';
import { watchLogLine } from '../probe/log-line.ts';
import { tab } from '../render/display-width.ts';
import { safeModel } from '../render/safe-text.ts';
import { pad } from '../render/text.ts';
import type { Theme } from '../render/theme.ts';
import { printable } from './printable.ts';

/** The lines of a record on a screen, at least one; they cannot do anything to the terminal. */
export type RecordLines = (record: KeptRecord, raw: boolean) => readonly string[];

/** From so many columns on there is room for a table. */
const tableFrom = 90;

/**
 * Makes records easy to read: when, how bad, what, who, which request, and then what the record says. Its colours are those
 * of the screens: none that is unreadable on some background.
 */
export async function recordLines(theme: Theme): Promise<RecordLines> {
  const { prettyFactory } = await import('pino-pretty');
  /** What stands between the level and the message of the record that is being printed. */
  let head = '';
  const pretty = prettyFactory({
    colorize: theme.colour,
    customColors:
      'trace:reset,debug:cyan,info:green,warn:magenta,error:red,fatal:red,message:reset',
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
    customPrettifiers: {
      time: String,
      level: (_value, _key, _log, { labelColorized }) =>
        `${pad(labelColorized, 5)} ${head}`.trimEnd(),
    },
  });
  const column = (text: string | undefined, width: number) =>
    !theme.plain && theme.width >= tableFrom
      ? `${pad(text ?? '', width)} `
      : text === undefined
        ? ''
        : `${text} `;

  const prettyLines = (record: KeptRecord): readonly string[] => {
    const { fields } = watchLogLine(record.line);
    if (fields === undefined) return [safeModel(record.line, theme)];
    const { pid, hostname, event, userId, reqId, ...rest } = printable(fields, theme);
    const user = userId === undefined ? undefined : `user ${String(userId)}`;
    const request = shortId(text(reqId), theme);
    head = [column(text(event), 15), column(user, 10), column(request, 0)].join('').trimEnd();
    const printed = pretty({
      ...rest,
      msg: [rest.msg, errorText(rest.err)].filter(Boolean).join(': '),
      ...(record.level !== undefined && { level: 10 * (logLevels.indexOf(record.level) + 1) }),
      ...(record.timeMs !== undefined && { time: record.timeMs }),
    });
    return printed
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd());
  };
  // What is on the screen is drawn ten times a second.
  const known = new WeakMap<KeptRecord, readonly string[]>();
  return (record, raw) => {
    if (raw) return [withoutTabs(safeModel(record.line, theme))];
    const lines = known.get(record) ?? prettyLines(record).map(withoutTabs);
    known.set(record, lines);
    return lines;
  };
}

/** The beginning of a long id: it leaves room for the message, and is enough to find the request by. */
function shortId(id: string | undefined, { symbols }: Theme): string | undefined {
  return id === undefined || id.length <= 16 ? id : `${id.slice(0, 8)}${symbols.ellipsis}`;
}

/** As screens show them: the line would have no known width. */
function withoutTabs(line: string): string {
  return line.replaceAll('\t', tab);
}

/** What failed, in one line; the rest of an error stands under its record. */
function errorText(err: unknown): string | undefined {
  if (typeof err !== 'object' || err === null) return undefined;
  const { type, message } = err as Readonly<Record<string, unknown>>;
  return [text(type), text(message)].filter(Boolean).join(': ');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
