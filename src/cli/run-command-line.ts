import { CommanderError } from 'commander';
import { CourseError, exitCodes } from '../errors.ts';
import { isNotJudged } from '../probe/not-judged.ts';
import type { CommonOptions, Context } from './context.ts';
import { createProgram } from './program.ts';

/** Runs one command line and gives its exit code. Never throws: every end has its words. */
export async function runCommandLine(context: Context): Promise<number> {
  let exitCode: number = exitCodes.fine;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await Promise.race([
      program.parseAsync([...context.args], { from: 'user' }),
      interruption(context.signal),
    ]);
  } catch (thrown) {
    exitCode = await describeEnd(thrown, context, program.opts());
  }
  await context.ending.release();
  return exitCode;
}

/** Rejects when the command is interrupted: no command can be too busy to be ended. */
function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

async function describeEnd(
  thrown: unknown,
  context: Context,
  { labs }: Pick<CommonOptions, 'labs'>,
): Promise<number> {
  // Commander has already written its words: help and version to stdout, what is wrong to stderr.
  if (thrown instanceof CommanderError) {
    return thrown.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  }
  // First the terminal as it was: what is told now must not stand on another screen, or behind a line of progress.
  context.ending.restoreNow();
  const { renderBug, renderError } = await import('../render/error.ts');
  const { themeFor } = await import('./theme-for.ts');
  const plain = context.args.includes('--plain');
  const theme = themeFor(context, context.stderr, { plain, ...(labs !== undefined && { labs }) });
  if (thrown instanceof CourseError) {
    const kept = thrown.exitCode === exitCodes.interrupted ? context.ending.kept() : undefined;
    const nextStep = thrown.nextStep ?? kept;
    context.stderr.write(`${renderError({ message: thrown.message, nextStep }, theme)}\n`);
    return thrown.exitCode;
  }
  const { version, nodeVersion, platform, args } = context;
  if (isNotJudged(thrown)) {
    // Where nothing is judged, what this machine lacks is why the command cannot go on.
    context.stderr.write(`${renderError({ message: thrown.reason }, theme)}\n`);
    return exitCodes.couldNotRun;
  }
  context.stderr.write(
    `${renderBug({ thrown, version, node: nodeVersion, platform, args }, theme)}\n`,
  );
  return exitCodes.bug;
}
