/** Exit codes of the program: judged and not passed is 1, and is no error. */
export const exitCodes = {
  fine: 0,
  notPassed: 1,
  usage: 2,
  couldNotRun: 3,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An end that was foreseen: one clear sentence, the next step, and an exit code; never a stack trace. */
export class CourseError extends Error {
  override readonly name = 'CourseError';
  readonly exitCode: ExitCode;
  /** What to do now: a sentence or a command; shown on a line of its own. */
  readonly nextStep: string | undefined;

  constructor(exitCode: ExitCode, message: string, nextStep?: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
    this.nextStep = nextStep;
  }
}

/** The words of the command were off (exit code 2). */
export function usageError(message: string, nextStep?: string): CourseError {
  return new CourseError(exitCodes.usage, message, nextStep);
}

/** The command was right and could not be carried out here and now (exit code 3). */
export function couldNotRun(message: string, nextStep?: string, cause?: unknown): CourseError {
  return new CourseError(exitCodes.couldNotRun, message, nextStep, { cause });
}

/** The person, or a signal, ended the command (exit code 130). */
export function interrupted(message = 'Interrupted.', nextStep?: string): CourseError {
  return new CourseError(exitCodes.interrupted, message, nextStep);
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Node's code of a system error, such as `ENOENT`; undefined for any other error. */
export function errorCode(thrown: unknown): string | undefined {
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
