import type { ProcessEnd } from '../kit/index.ts';
import { endedFromOutside } from './ended-from-outside.ts';
import { formatPlace } from './source-place.ts';
import type { BrokenLimit, Program, ServerError, StartFailure } from './types.ts';

/** What is known of a program that never became ready. */
export interface FailedStart {
  output: { stdout: readonly string[]; stderr: readonly string[] };
  error: ServerError | undefined;
  /** An access that was refused, as a sentence. */
  refused: string | undefined;
  brokenLimit: BrokenLimit | undefined;
}

/** At most so many lines of output are kept with a failure, each at most so long. */
const [outputLines, lineLength] = [20, 400];

const isSyntax = /^(?:Uncaught )?SyntaxError/;
const isImport =
  /ERR_MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED|ERR_IMPORT_ATTRIBUTE|ERR_UNSUPPORTED_DIR_IMPORT|MODULE_NOT_FOUND/;
const lacksExport = /does not provide an export named '([^']+)'/;

/** A program that ended before it answered. */
export function endedEarly(how: ProcessEnd, start: FailedStart): StartFailure {
  const limit = brokenLimit(start);
  if (limit !== undefined) return limit;
  const { error } = start;
  if (error === undefined || how.code === 0) {
    return failure(
      endedFromOutside(how) ? 'killed' : 'exited',
      start,
      start.refused ?? `The server ${ending(how)} before it answered.`,
    );
  }
  const missing = lacksExport.exec(error.message)?.[1];
  if (missing !== undefined) {
    const advice = `if ${missing} is a type, import and export it with \`type\``;
    return failure('import', start, atPlace(error, `${error.message}; ${advice}.`));
  }
  if (isSyntax.test(error.message)) return failure('syntax', start, atPlace(error, error.message));
  if (isImport.test(start.output.stderr.join('\n'))) {
    return failure('import', start, atPlace(error, error.message));
  }
  return failure('exited', start, atPlace(error, start.refused ?? error.message));
}

/** A program that ran on and did not answer. `listening` are its ports and `cpuMs` its CPU time, where known. */
export function neverReady(
  start: FailedStart,
  seen: {
    url: string;
    port: number;
    withinMs: number;
    listening: readonly number[] | undefined;
    cpuMs: number | undefined;
  },
): StartFailure {
  const { listening, cpuMs, withinMs } = seen;
  const asked = `No answer came from ${seen.url}/healthz within ${withinMs / 1000} s`;
  const others = listening?.filter((port) => port !== seen.port);
  let why = '';
  if (listening?.includes(seen.port)) why = ': the server listens, and does not answer';
  else if (others?.length)
    why = `: the server listens on port ${others.join(' and ')}, not on PORT`;
  else if (listening?.length === 0) why = ': the server does not listen';
  // Busy for nearly all of the time, so that it could do nothing else.
  const busy = cpuMs !== undefined && cpuMs > 0.7 * withinMs;
  const hint = busy ? ' It was busy all the time: is there a loop that never ends?' : '';
  return failure('never-ready', start, `${asked}${why}.${hint}`);
}

/** A program that is not there, or cannot be run. */
export function notFound(program: Program, why: 'not-found' | 'not-executable'): StartFailure {
  const name = program.kind === 'node' ? program.entry : program.command;
  const text = why === 'not-executable' ? 'may not be run' : 'was not found';
  const message = `The program "${name}" ${text}.`;
  return { reason: 'not-found', message, place: undefined, output: [] };
}

function brokenLimit(start: FailedStart): StartFailure | undefined {
  switch (start.brokenLimit) {
    case 'memory':
      return failure(
        'memory',
        start,
        'The server used more memory than it may before it answered.',
      );
    case 'output':
      return failure('output', start, 'The server wrote output without end before it answered.');
    case 'disk':
      return failure(
        'output',
        start,
        'The server wrote more to CACHE_DIR or ERROR_LOG than it may before it answered.',
      );
    default:
      return undefined;
  }
}

function ending({ code, signal }: ProcessEnd): string {
  return signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
}

function atPlace({ place }: ServerError, text: string): string {
  const sentence = /[.!?]$/.test(text) ? text : `${text}.`;
  return place === undefined ? sentence : `${formatPlace(place)}: ${sentence}`;
}

function failure(
  reason: StartFailure['reason'],
  start: FailedStart,
  message: string,
): StartFailure {
  return { reason, message, place: start.error?.place, output: lastOutput(start.output) };
}

/** The end of stderr, and as much of the end of stdout as there is room for. */
export function lastOutput(output: FailedStart['output']): readonly string[] {
  const stderr = output.stderr.slice(-outputLines);
  const room = outputLines - stderr.length;
  const stdout = room > 0 ? output.stdout.slice(-room) : [];
  return [...stderr, ...stdout].map((line) =>
    line.length > lineLength ? `${line.slice(0, lineLength)}…` : line,
  );
}
