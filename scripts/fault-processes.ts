import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import process from 'node:process';
import { listeningPorts } from '../src/runtime/listening-ports.ts';
import { identify, type ProcessIdentity, sameness } from '../src/runtime/process-identity.ts';

/** `gate`: a shell that waits for the command before it becomes one of the others. */
export type ProcessKind = 'command' | 'registrar' | 'load' | 'keeper' | 'redis' | 'server' | 'gate';

/** A process of one command. */
export interface OwnProcess extends ProcessIdentity {
  kind: ProcessKind;
  /** Arguments separated by spaces, for people. */
  line: string;
}

/**
 * Processes that belong to a folder that nobody else knows of: it is their HOME, which a command hands on to all that it
 * starts, or stands in their arguments, or they work in it. A name says nothing. Linux only.
 */
export function processesOf(folder: string): OwnProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      // Redis writes its title over its arguments and its environment; where it works stays.
      const seen = [args, readFileSync(`/proc/${pid}/environ`, 'utf8'), placeOf(pid)];
      if (args === '' || !seen.some((text) => text.includes(`${folder}/`))) return [];
      const words = args.split('\0').filter(Boolean);
      return [{ ...identify(pid), kind: kindOf(words), line: words.join(' ') }];
    } catch {
      // It ended meanwhile, or is somebody else's.
      return [];
    }
  });
}

/** Ports on which any of them listens. */
export function portsOf(processes: readonly OwnProcess[]): number[] {
  return [...new Set(processes.flatMap(({ pid }) => listeningPorts(pid) ?? []))];
}

/** SIGKILL, unless its number is another's by now. */
export function killOne(target: ProcessIdentity): void {
  if (sameness(target) !== 'same') return;
  try {
    process.kill(target.pid, 'SIGKILL');
  } catch {
    // It has ended this very moment.
  }
}

function placeOf(pid: number): string {
  return `${readlinkSync(`/proc/${pid}/cwd`)}/`;
}

/** By its arguments, the program first. */
export function kindOf([program = '', ...args]: readonly string[]): ProcessKind {
  if (/(^|\/)sh$/.test(program)) return 'gate';
  if (/(^|\/)(redis|valkey)-server\b/.test(program)) return 'redis';
  for (const arg of args) {
    const service = /\/dist\/(registrar|load|keeper)\.js$/.exec(arg)?.[1];
    if (service !== undefined) return service as ProcessKind;
    if (arg.endsWith('/bin/course-labs.js')) return 'command';
  }
  return 'server';
}
