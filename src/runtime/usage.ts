import { type Member, memberFromProc, membersOf } from './process-group.ts';
import type { Usage } from './types.ts';

/** What one process has used; undefined once it has ended, and where the system does not tell. */
export async function usageOf(pid: number, platform: NodeJS.Platform): Promise<Usage | undefined> {
  // On Linux one file tells; `ps` lists everybody anyway.
  const member =
    platform === 'linux'
      ? memberFromProc(pid)
      : (await membersOf(pid, platform))?.find((candidate) => candidate.pid === pid);
  return member && sum([member]);
}

/** What the living members of a process group have used, for programs that serve from a child of theirs. */
export async function usageOfGroup(
  group: number,
  platform: NodeJS.Platform,
): Promise<Usage | undefined> {
  const members = await membersOf(group, platform);
  return members === undefined || members.length === 0 ? undefined : sum(members);
}

function sum(members: readonly Member[]): Usage {
  const add = (pick: (member: Member) => number) =>
    members.reduce((total, member) => total + pick(member), 0);
  return { cpuMs: add(({ cpuMs }) => cpuMs), memoryBytes: add((member) => member.memoryBytes) };
}
