import { host } from './environment.ts';
import type { LaunchedProgram } from './launched-program.ts';
import type { LaunchOptions, RunningServer } from './types.ts';
import { usageOf, usageOfGroup } from './usage.ts';

const defaultGraceMs = 5000;

/** A launched program that answers, as the rest of the course sees it. */
export function runningServer(
  program: LaunchedProgram,
  port: number,
  options: LaunchOptions,
  platform: NodeJS.Platform,
): RunningServer {
  const { process, end } = program;
  const { pid } = process;
  return {
    url: `http://${host}:${port}`,
    port,
    pid,
    output: program.output,
    mark: program.mark,
    written: program.written,
    unread: program.unread,
    lastError: program.lastError,
    ended: process.ended,
    brokenLimit: program.brokenLimit,
    refusedAccess: program.refusedAccess,
    // A command may serve from a child of its own.
    usage: () => (options.program.kind === 'node' ? usageOf : usageOfGroup)(pid, platform),
    async stop(graceMs = defaultGraceMs) {
      await process.stop(graceMs);
      return end;
    },
    async kill() {
      await process.kill();
      return end;
    },
  };
}
