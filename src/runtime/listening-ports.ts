import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';

/** State LISTEN in `/proc/net/tcp` (proc(5), include/net/tcp_states.h). */
const listening = '0A';

/** Ports on which a process listens, from /proc; undefined where the system does not tell. */
export function listeningPorts(pid: number): readonly number[] | undefined {
  try {
    return [...new Set([...listenersOf(pid)])];
  } catch {
    return undefined;
  }
}

/**
 * Whether a process listens on a port; undefined where the system does not tell. It tells an answer of the program that
 * we started from one of a stranger who took the port first. Each start of a server asks it, so it reads no further than
 * it must: Linux lists those who listen before all other sockets, and after a load test there are thousands of those.
 */
export function listensOn(pid: number, port: number): boolean | undefined {
  try {
    for (const each of listenersOf(pid)) if (each === port) return true;
    return false;
  } catch {
    return undefined;
  }
}

function* listenersOf(pid: number): Generator<number> {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => socketInode(`/proc/${pid}/fd/${fd}`)),
  );
  for (const name of ['tcp', 'tcp6']) {
    for (const line of linesOf(`/proc/${pid}/net/${name}`)) {
      const fields = line.trim().split(/\s+/);
      const [address, state, inode] = [fields[1], fields[3], fields[9]];
      if (state !== listening || address === undefined || inode === undefined) continue;
      if (own.has(inode)) yield Number.parseInt(address.split(':')[1] ?? '', 16);
    }
  }
}

function socketInode(path: string): string[] {
  try {
    const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
    return inode === undefined ? [] : [inode];
  } catch {
    // Closed since the folder was read.
    return [];
  }
}

const chunkBytes = 4096;

/** Line by line; what nobody takes is not even made by the kernel. No lines where IPv6 is switched off. */
function* linesOf(file: string): Generator<string> {
  const fd = openOrNot(file);
  if (fd === undefined) return;
  try {
    const chunk = Buffer.alloc(chunkBytes);
    let rest = '';
    for (let count = readSync(fd, chunk); count > 0; count = readSync(fd, chunk)) {
      const lines = (rest + chunk.toString('latin1', 0, count)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(fd);
  }
}

function openOrNot(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch {
    return undefined;
  }
}
