import type { ProcessEnd } from '../kit/index.ts';
import { type Capture, openCapture } from './capture.ts';
import type { CommandLine } from './command-line.ts';
import { baseEnvironment, contractEnvironment } from './environment.ts';
import { fileLimited } from './file-limit.ts';
import { watchLimits } from './limit-watch.ts';
import { type ManagedProcess, startProcess } from './managed-process.ts';
import { writablePaths } from './node-arguments.ts';
import { refusedAccessIn } from './refused-access.ts';
import { lastServerError } from './server-error.ts';
import type { RuntimeSetting } from './setting.ts';
import { sourceLocator } from './source-place.ts';
import type { BrokenLimit, LaunchOptions, OutputMark, ServerError } from './types.ts';

/** A program on its way to being a server: its process, and what can be seen of it. */
export interface LaunchedProgram {
  process: ManagedProcess;
  output(): { stdout: readonly string[]; stderr: readonly string[]; dropped: number };
  written(): number;
  unread(): number;
  mark(): OutputMark;
  lastError(since?: OutputMark): ServerError | undefined;
  brokenLimit(): BrokenLimit | undefined;
  refusedAccess(): string | undefined;
  /** Resolves when it has ended and its output is complete. */
  end: Promise<ProcessEnd>;
}

/** Node's words for a write beyond the kernel's limit on files. */
const fileIsFull = /\bEFBIG\b/;
const heapIsFull = /FATAL ERROR: .*(?:heap out of memory|Reached heap limit)/;

/** Starts the program with its environment, its limits and its permissions. */
export async function launchProgram(
  options: LaunchOptions,
  line: CommandLine,
  port: number,
  setting: RuntimeSetting,
): Promise<LaunchedProgram> {
  const { limits, platform } = setting;
  const { program, keptBytes = limits.keptBytes, onLine } = options;
  const capture = (stream: 'stdout' | 'stderr') =>
    openCapture(keptBytes, onLine && ((line) => onLine(stream, line)));
  const [stdout, stderr] = [capture('stdout'), capture('stderr')];
  const close = () => {
    stdout.close();
    stderr.close();
  };
  const environment = {
    ...baseEnvironment(setting.environment),
    ...contractEnvironment(options, port),
  };
  const starting = startProcess(
    {
      name: program.kind === 'node' ? program.entry : program.command,
      ...fileLimited({ ...line, environment }, limits.fileBytes),
      cwd: line.cwd,
      environment: {},
      output: [stdout.fd, stderr.fd],
    },
    setting.guard,
  );
  const process = await starting.catch((error: unknown) => {
    close();
    throw error;
  });
  const watch = watchLimits({
    pid: process.pid,
    writable: writablePaths(options),
    captures: [stdout, stderr],
    limits,
    platform,
    onBroken: () => void process.kill(),
  });
  const end = process.end.then((how) => {
    watch.stop();
    close();
    return how;
  });

  const lines = (since: OutputMark = { stdout: 0, stderr: 0 }) => {
    const hasEnded = process.ended() !== undefined;
    const from = (stream: Capture, mark: number) =>
      stream.lines(hasEnded).slice(Math.max(0, mark - stream.dropped()));
    return { stdout: from(stdout, since.stdout), stderr: from(stderr, since.stderr) };
  };
  const reached = (stream: Capture) => stream.lines(false).length + stream.dropped();
  const locate = sourceLocator(program);
  return {
    process,
    end,
    output: () => ({ ...lines(), dropped: stdout.dropped() + stderr.dropped() }),
    written: () => stdout.written() + stderr.written(),
    unread: () => stdout.unread() + stderr.unread(),
    mark: () => ({ stdout: reached(stdout), stderr: reached(stderr) }),
    lastError: (since) => lastServerError(lines(since), locate, process.ended() !== undefined),
    brokenLimit: () => {
      if (watch.broken() !== undefined) return watch.broken();
      if (stderr.lines(true).some((line) => heapIsFull.test(line))) return 'memory';
      // On a busy machine the kernel's limit on the file may come before our own look at it.
      const signalled = process.ended()?.signal === 'SIGXFSZ';
      return signalled || stderr.lines(true).some((line) => fileIsFull.test(line))
        ? 'output'
        : undefined;
    },
    refusedAccess() {
      const writable = {
        cacheDir: options.cacheDir !== undefined,
        errorLog: options.errorLogFile !== undefined,
      };
      const { stdout: out, stderr: err } = lines();
      return refusedAccessIn(err, writable) ?? refusedAccessIn(out, writable);
    },
  };
}
