import { readdirSync, readFileSync } from 'node:fs';

/** What one kind of process cost. */
export interface ProcessCost {
  processes: number;
  /** User and system time as last seen, so up to one look too little for each process. */
  cpuMs: number;
}

const lookEveryMs = 20;
/** Of Linux's clock: `getconf CLK_TCK` is 100 on every platform that Node runs on. */
const msPerTick = 10;

/**
 * Looks at all processes below `root` until it is stopped, and adds up their CPU time by kind. Linux only.
 * @param kindOf names the kind of a command line, arguments separated by spaces
 */
export function watchProcesses(
  root: number,
  kindOf: (commandLine: string) => string,
): { stop(): ReadonlyMap<string, ProcessCost> } {
  const seen = new Map<string, { kind: string; cpuMs: number }>();
  const look = () => {
    for (const { key, pid, cpuMs } of below(root)) {
      const line = commandLineOf(pid);
      // One that has ended and is not yet waited for has none any more.
      const kind = line === '' ? seen.get(key)?.kind : kindOf(line);
      if (kind !== undefined) seen.set(key, { kind, cpuMs });
    }
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return {
    stop() {
      clearInterval(timer);
      const costs = new Map<string, ProcessCost>();
      for (const { kind, cpuMs } of seen.values()) {
        const sum = costs.get(kind) ?? { processes: 0, cpuMs: 0 };
        costs.set(kind, { processes: sum.processes + 1, cpuMs: sum.cpuMs + cpuMs });
      }
      return costs;
    },
  };
}

interface Seen {
  /** The id and the moment of the start: ids are given again. */
  key: string;
  pid: number;
  parent: number;
  cpuMs: number;
}

function below(root: number): Seen[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const found = all.filter(({ pid }) => pid === root);
  // An array takes what is added while it is walked.
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

function statOf(pid: number): Seen | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name, which may hold anything, the fields are numbered from 3 (proc(5)).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return {
      key: `${pid} ${fields[19]}`,
      pid,
      parent: Number(fields[1]),
      cpuMs: ticks * msPerTick,
    };
  } catch {
    return undefined;
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
