import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** State LISTEN in `/proc/net/tcp` (proc(5), include/net/tcp_states.h). */
const listening = '0A';

/**
 * Ports on which a process listens, from /proc; undefined where the system does not tell. It tells an answer of the
 * program that we started from one of a stranger who took the port first.
 */
export function listeningPorts(pid: number): readonly number[] | undefined {
  try {
    const own = new Set(
      readdirSync(`/proc/${pid}/fd`).flatMap((fd) => socketInode(`/proc/${pid}/fd/${fd}`)),
    );
    const sockets = ['tcp', 'tcp6'].flatMap((name) => listeners(`/proc/${pid}/net/${name}`));
    return [...new Set(sockets.filter(({ inode }) => own.has(inode)).map(({ port }) => port))];
  } catch {
    return undefined;
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

function listeners(file: string): { port: number; inode: string }[] {
  return readTable(file).flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [address, state, inode] = [fields[1], fields[3], fields[9]];
    if (state !== listening || address === undefined || inode === undefined) return [];
    return [{ port: Number.parseInt(address.split(':')[1] ?? '', 16), inode }];
  });
}

/** IPv6 may be switched off. */
function readTable(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(1);
  } catch {
    return [];
  }
}
