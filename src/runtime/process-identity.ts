import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's own terms; undefined where the system does not tell. */
  startedAt: string | undefined;
}

/** Whether a process is still the one that was noted: `gone` when none has its number now, `unknown` where nobody tells. */
export type Sameness = 'same' | 'other' | 'gone' | 'unknown';

/** Notes who has this number now. */
export function identify(
  pid: number,
  platform: NodeJS.Platform = process.platform,
): ProcessIdentity {
  return { pid, startedAt: look(pid, platform)?.startedAt };
}

/** Compares by number and start time, so that a number that was given out again is never taken for the old process. */
export function sameness(
  noted: ProcessIdentity,
  platform: NodeJS.Platform = process.platform,
): Sameness {
  if (!exists(noted.pid)) return 'gone';
  const now = look(noted.pid, platform);
  if (now === undefined) return exists(noted.pid) ? 'unknown' : 'gone';
  // It has ended, and nobody has waited for it yet.
  if (now.state.startsWith('Z')) return 'gone';
  if (noted.startedAt === undefined) return 'unknown';
  return now.startedAt === noted.startedAt ? 'same' : 'other';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface Look {
  state: string;
  startedAt: string;
}

function look(pid: number, platform: NodeJS.Platform): Look | undefined {
  try {
    return platform === 'linux' ? lookInProc(pid) : lookWithPs(pid);
  } catch {
    return undefined;
  }
}

/** The start in `stat` (proc(5)) counts from the boot, so the boot's own id belongs to it. */
function lookInProc(pid: number): Look | undefined {
  const fields = statFields(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const [state, ticks] = [fields[2], fields[21]];
  if (state === undefined || ticks === undefined) return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return { state, startedAt: `${boot}/${ticks}` };
}

function lookWithPs(pid: number): Look | undefined {
  const args = ['-o', 'stat=,lstart=', '-p', String(pid)];
  const line = execFileSync('ps', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  const [, state, startedAt] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
  return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
}

/**
 * The fields of a line of `/proc/<pid>/stat`, from 0: field n of proc(5) stands at n - 1. The second, the program's name,
 * may hold spaces and parentheses itself.
 */
export function statFields(line: string): readonly string[] {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const rest = line
    .slice(close + 1)
    .trim()
    .split(/\s+/);
  return [line.slice(0, open).trim(), line.slice(open + 1, close), ...rest];
}
