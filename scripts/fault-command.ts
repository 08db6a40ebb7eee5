import { spawn } from 'node:child_process';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

/** A command of the built program, without a terminal. */
export interface RunningCommand {
  pid: number;
  stdout(): string;
  stderr(): string;
  /** Undefined while it runs; null where a signal ended it. */
  code(): number | null | undefined;
  /** Resolves when it has ended, or after the limit. */
  ended(withinMs: number): Promise<void>;
}

/** What it wrote last may still be under way when it has ended. */
const lastWordsMs = 200;

export function startCommand(
  bin: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): RunningCommand {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  let code: number | null | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const end = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      code = exitCode;
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    code: () => code,
    ended: async (withinMs) => {
      await Promise.race([end, pause(withinMs, undefined, { ref: false })]);
      if (code !== undefined) await Promise.race([closed, pause(lastWordsMs)]);
    },
  };
}

/** Looks again and again until it holds or the limit is over; tells which. */
export async function within(limitMs: number, holds: () => boolean): Promise<boolean> {
  const until = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() > until) return false;
    await pause(10);
  }
  return true;
}
