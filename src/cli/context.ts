import type { ReadStream, WriteStream } from 'node:tty';
import type { Ending } from './ending.ts';

/** All that a command may touch of the world; nothing below the command line sees the process. */
export interface Context {
  /** Without node and the script. */
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  stdin: NodeJS.ReadStream | ReadStream;
  stdout: NodeJS.WriteStream | WriteStream;
  stderr: NodeJS.WriteStream | WriteStream;
  platform: NodeJS.Platform;
  /** Of this process. */
  pid: number;
  /** Whether a process of that id exists. */
  isRunning(pid: number): boolean;
  /** What figures were measured on: `8 × AMD Ryzen 7 5800X`. */
  machine(): string;
  /** `20.20.2` */
  nodeVersion: string;
  /** The folder that holds our package.json. */
  packageRoot: string;
  /** Our own version. */
  version: string;
  now(): Date;
  /** A fresh seed: 1 to 999,999. */
  drawSeed(): number;
  /** Aborted by an interrupt; its reason is the error to end with. */
  signal: AbortSignal;
  ending: Ending;
}

/** Options that every command takes. */
export interface CommonOptions {
  workspace?: string;
  labs?: string;
  plain?: boolean;
}

/** A person sits there: they can be asked. */
export function isInteractive(context: Context): boolean {
  return Boolean(context.stdin.isTTY && context.stdout.isTTY);
}
