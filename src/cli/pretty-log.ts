import { watchLogLine } from '../probe/log-line.ts';
import { safeModel } from '../render/safe-text.ts';
import type { Theme } from '../render/theme.ts';
import { printable } from './printable.ts';

/**
 * Makes the lines of a server's log easy to read: time, level, message, and the rest below it. What is no record stays
 * as it is. It is done here and never in a server, whose log is for machines. What a record holds cannot do anything to
 * the terminal.
 */
export async function prettyLog(theme: Theme): Promise<(line: string) => string> {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory({
    colorize: theme.colour,
    ignore: 'pid,hostname',
    translateTime: 'HH:MM:ss.l',
    singleLine: true,
  });
  return (line) => {
    const { fields } = watchLogLine(line);
    return fields ? pretty(printable(fields, theme)).trimEnd() : safeModel(line, theme);
  };
}
