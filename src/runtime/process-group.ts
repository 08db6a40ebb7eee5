import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { statFields } from './process-identity.ts';

/** SIGKILL to all members of a process group. A group without members is fine. */
export function killGroup(group: number): void {
  signalGroup(group, 'SIGKILL');
}

/** A signal to all members of a process group. A group without members is fine. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // ESRCH: nobody is left. EPERM (macOS): only members that have ended and were not waited for.
  }
}

/** One member of a process group, and what it has used. */
export interface Member {
  pid: number;
  cpuMs: number;
  memoryBytes: number;
}

/** What Linux counts CPU time in: USER_HZ, 100 a second on every architecture that Node has builds for. */
const tickMs = 10;

/** Living members of a process group; undefined where the system does not tell. */
export async function membersOf(
  group: number,
  platform: NodeJS.Platform = process.platform,
): Promise<readonly Member[] | undefined> {
  try {
    return platform === 'linux' ? membersFromProc(group) : await membersFromPs(group);
  } catch {
    return undefined;
  }
}

function membersFromProc(group: number): Member[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => memberFromProc(Number(pid), group) ?? []);
}

/** From proc(5): a process with its CPU time and resident memory; undefined when it has ended, or is of another group. */
export function memberFromProc(pid: number, group?: number): Member | undefined {
  try {
    const fields = statFields(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const [state, ofGroup] = [fields[2], Number(fields[4])];
    if (state === 'Z' || state === 'X' || (group !== undefined && ofGroup !== group))
      return undefined;
    const ticks = Number(fields[13]) + Number(fields[14]);
    return { pid, cpuMs: ticks * tickMs, memoryBytes: residentBytes(pid) };
  } catch {
    return undefined;
  }
}

/** `VmRSS` is in kB whatever the page size is. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

async function membersFromPs(group: number): Promise<Member[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pgid=,pid=,stat=,rss=,time=']);
  return stdout.split('\n').flatMap((line) => {
    const [pgid, pid, state, rss, time] = line.trim().split(/\s+/);
    if (Number(pgid) !== group || state?.startsWith('Z') || time === undefined) return [];
    return [{ pid: Number(pid), cpuMs: cpuTimeMs(time), memoryBytes: Number(rss) * 1024 }];
  });
}

/** Reads what `ps` prints: `[[days-]hours:]minutes:seconds[.hundredths]`. */
export function cpuTimeMs(time: string): number {
  const [days, clock] = time.includes('-') ? time.split('-') : ['0', time];
  const seconds = (clock ?? '0').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
