import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify } from '../runtime/process-identity.ts';

/** No process has such a number: Linux counts to four millions at most. */
export const killedPid = 9_000_001;

/** What a `grade` or `labs validate` leaves that was killed together with its keeper: its folder, and a process it had started. */
export function leaveKilledCommand(command: 'grade' | 'validate', temporary: string) {
  const folder = join(temporary, `course-labs-${command}-${killedPid}-Ab1`);
  mkdirSync(join(folder, 'processes'), { recursive: true });
  const orphan = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  const orphanEnds = once(orphan, 'exit');
  const cli = { pid: killedPid, startedAt: 'x' };
  const groups = [{ ...identify(orphan.pid as number), name: 'server.mjs' }];
  const record = join(folder, 'processes', `${killedPid}-1.json`);
  writeFileSync(record, JSON.stringify({ cli, groups }));
  return { folder, orphanEnds };
}
