import type { LocateSource } from './source-place.ts';
import { framesOf, lastPrintedError } from './stack.ts';
import type { ServerError } from './types.ts';

/** Told apart before a line is parsed: most lines of a busy log are no errors. */
const errorLevel = /"(?:level|levelname|severity)"\s*:\s*(?:50|60|"(?:error|fatal|critical)")/i;

/** From a server's output: what it wrote on stderr as it ended, else its last error record, else its last stack. */
export function lastServerError(
  output: { stdout: readonly string[]; stderr: readonly string[] },
  locate: LocateSource,
  hasEnded: boolean,
): ServerError | undefined {
  const printed = (lines: readonly string[]) => {
    const error = lastPrintedError(lines);
    return error && { message: error.message, place: locate(error.frames) };
  };
  const logged = lastLoggedError(output.stdout, locate);
  if (hasEnded) return printed(output.stderr) ?? logged ?? printed(output.stdout);
  return logged ?? printed(output.stderr) ?? printed(output.stdout);
}

/** The last record at error or fatal, of pino or of any logger that writes `err` {type, message, stack}. */
function lastLoggedError(lines: readonly string[], locate: LocateSource): ServerError | undefined {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] as string;
    const record = errorLevel.test(line) ? parseObject(line) : undefined;
    if (record !== undefined) return toError(record, locate);
  }
  return undefined;
}

function toError(record: Readonly<Record<string, unknown>>, locate: LocateSource): ServerError {
  const error = asObject(record.err) ?? {};
  const type = text(error.type);
  const message = text(error.message) ?? text(record.msg) ?? text(record.message) ?? 'an error';
  const stack = text(error.stack);
  const line = message.split('\n', 1)[0] as string;
  return {
    message: type === undefined ? line : `${type}: ${line}`,
    place: stack === undefined ? undefined : locate(framesOf(stack)),
  };
}

/** A line as a JSON object; undefined where it is none. */
export function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
