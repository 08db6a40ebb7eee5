import type { ProcessEnd, ServerSettings } from '../kit/index.ts';

/** A program that keeps the server contract. */
export type Program = NodeProgram | CommandProgram;

/** JavaScript for this Node, under the permission model where this Node has it. */
export interface NodeProgram {
  kind: 'node';
  /** The compiled entry, absolute. */
  entry: string;
  /** The folder that errors are named in, as the learner knows it: holds server.ts. */
  sourceFolder: string;
  /** Folders that it may read beside its own: the workspace, the installed packages (real paths are added). */
  readable: readonly string[];
  /** It may start worker threads; they are held to the same limits as its main thread. */
  allowWorkers: boolean;
}

/** A program of any language; runs without the permission model. */
export interface CommandProgram {
  kind: 'command';
  command: string;
  args: readonly string[];
  cwd: string;
}

/** Where in the learner's own file something went wrong. Line and column count from 1. */
export interface SourcePlace {
  /** Relative to the source folder: `server.ts`. */
  file: string;
  line: number;
  column: number;
}

/** The last error that a server wrote. */
export interface ServerError {
  /** One line: `TypeError: Cannot read properties of undefined (reading 'name')`. */
  message: string;
  /** The first line of the learner's own code in the stack. */
  place: SourcePlace | undefined;
}

/** Why there is no running server: the program's own fault. Plain data, kept in verdicts. */
export interface StartFailure {
  reason:
    | 'syntax'
    | 'import'
    | 'exited'
    /** By a signal that others send: it need not be the program's fault. */
    | 'killed'
    | 'never-ready'
    | 'memory'
    | 'output'
    | 'not-found';
  /** One clear sentence: `server.ts:12:7: Unexpected token.` */
  message: string;
  place: SourcePlace | undefined;
  /** The last lines that it wrote, stderr first, at most 20. */
  output: readonly string[];
}

/** How a launched program was ended by us for breaking a limit; `disk` is of what it wrote to CACHE_DIR and ERROR_LOG. */
export type BrokenLimit = 'memory' | 'output' | 'disk';

/** What a process has used. */
export interface Usage {
  /** User and system CPU time in milliseconds since its start. */
  cpuMs: number;
  /** Resident memory in bytes. */
  memoryBytes: number;
}

/** How to launch a server. */
export interface LaunchOptions {
  program: Program;
  settings: ServerSettings;
  registrarUrl: string;
  /** Default: a free one. A port that is taken is then somebody else's fault, and is told as such. */
  port?: number;
  /** Set as CACHE_DIR and made writable. */
  cacheDir?: string;
  redisUrl?: string;
  /**
   * Set as ERROR_LOG, and its folder, in which nothing else should stand, made writable; given by the runtime's caller
   * when settings.errorLog. Its path must not begin with that of `cacheDir`: Node's permission model then refuses the
   * folder itself.
   */
  errorLogFile?: string;
  /** `--inspect` on this port, for `serve --inspect`; Node's permissions allow no inspector, so it runs without them. */
  inspectPort?: number;
  /** Output that is kept of each stream, in bytes; older lines fall off. Default 64 MiB. */
  keptBytes?: number;
  /** Called for each line of its output as it comes. */
  onLine?: (stream: 'stdout' | 'stderr', line: string) => void;
}

/** A moment in a server's output: lines that each stream had by then. */
export interface OutputMark {
  stdout: number;
  stderr: number;
}

/** A launched server that answers. */
export interface RunningServer {
  url: string;
  port: number;
  pid: number;
  /** Lines on stdout and stderr until now; each stream capped, what fell off is counted. */
  output(): { stdout: readonly string[]; stderr: readonly string[]; dropped: number };
  /** Bytes on stdout and stderr until now. */
  written(): number;
  /** Lines that came faster than they could be read, more than `keptBytes` at a time: `onLine` was not told of them. */
  unread(): number;
  /** How much it has written until now, for `lastError`. */
  mark(): OutputMark;
  /** From stderr, or from an error record on stdout; of what was written since the mark, where one is given. */
  lastError(since?: OutputMark): ServerError | undefined;
  /** Undefined while it runs. */
  ended(): ProcessEnd | undefined;
  brokenLimit(): BrokenLimit | undefined;
  /** A refused access, as a sentence that names the limit; undefined where there was none. */
  refusedAccess(): string | undefined;
  /** Undefined where the system does not tell. */
  usage(): Promise<Usage | undefined>;
  /** SIGTERM, up to `graceMs` (default 5,000), then SIGKILL to the process group. */
  stop(graceMs?: number): Promise<ProcessEnd>;
  /** SIGKILL to the process group. */
  kill(): Promise<ProcessEnd>;
}

export type LaunchResult =
  | { kind: 'ready'; server: RunningServer; readyAfterMs: number }
  | { kind: 'failed'; failure: StartFailure };

/** One of our own processes, commanded over its IPC channel. */
export interface Service {
  pid: number;
  send(message: unknown): void;
  /** Adds a listener; the function that it returns takes it away. */
  onMessage(listener: (message: unknown) => void): () => void;
  ended(): ProcessEnd | undefined;
  /** Called once when it ends, with the last lines of its stderr. */
  onEnd(listener: (end: ProcessEnd, stderr: readonly string[]) => void): void;
  usage(): Promise<Usage | undefined>;
  stop(): Promise<ProcessEnd>;
}

/** How to start a program that the course needs and did not write, such as redis-server. */
export interface ToolOptions {
  /** Absolute. */
  file: string;
  args: readonly string[];
  cwd: string;
  /** Beside PATH, HOME and LANG. */
  environment?: Readonly<Record<string, string>>;
}

/** Such a program, in a process group of its own. */
export interface Tool {
  pid: number;
  /** The last lines that it wrote, at most 20. */
  output(): readonly string[];
  /** Undefined while it runs, suspended or not. */
  ended(): ProcessEnd | undefined;
  /** SIGSTOP to the process group. */
  suspend(): void;
  /** SIGCONT to the process group. */
  resume(): void;
  /** SIGKILL to the process group, which ends a suspended one too. */
  kill(): Promise<ProcessEnd>;
}

/** Starts processes, and ends all of them. The only spawner. */
export interface Runtime {
  /** Of the process that it was made for: tells what this machine has. Programs get PATH, HOME and LANG of it. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** Compiles nothing: takes what `compileServer` made. Throws CourseError only for what is our fault. */
  launch(options: LaunchOptions): Promise<LaunchResult>;
  /** Starts `dist/<name>.js` with an IPC channel; `args` reach its argv. */
  startService(name: 'registrar' | 'load', args?: readonly string[]): Promise<Service>;
  /** Starts a program of others. Rejects with the system's error where it cannot be run. */
  startTool(options: ToolOptions): Promise<Tool>;
  /** A port of 127.0.0.1 on which nobody listens, and that no outgoing connection will take. */
  drawPort(): Promise<number>;
  /** Ends all that it started, newest first, and the keeper last. Safe to call twice. */
  close(): Promise<void>;
}
