import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { killGroup } from './process-group.ts';
import { type ProcessIdentity, sameness } from './process-identity.ts';
import { type RecordedGroup, type StartRecord, startRecordsFolder } from './start-record.ts';

/** A process group that a dead command had left running, and that was ended. */
export interface Swept {
  pid: number;
  /** What it was: `registrar`, or the entry of a server. */
  name: string;
}

/**
 * Ends what dead commands left running, and removes their records. A group is ended only if number and start time of
 * its leader are those that were noted. Never throws: a folder that is absent or cannot be written is nothing to sweep.
 */
export async function sweep(recordFolder: string): Promise<readonly Swept[]> {
  const folder = startRecordsFolder(recordFolder);
  const names = await readdir(folder).catch(() => []);
  const swept: Swept[] = [];
  for (const name of names.filter((candidate) => candidate.endsWith('.json'))) {
    const file = join(folder, name);
    const record = await readFile(file, 'utf8').then(parse, () => undefined);
    if (record !== undefined) {
      if (isAlive(record.cli)) continue;
      for (const group of record.groups)
        if (end(group)) swept.push({ pid: group.pid, name: group.name });
    }
    await rm(file, { force: true }).catch(() => {});
  }
  return swept;
}

/** In doubt a command counts as alive: its keeper looks after it. */
function isAlive(cli: ProcessIdentity): boolean {
  const now = sameness(cli);
  return now === 'same' || now === 'unknown';
}

function end(group: RecordedGroup): boolean {
  if (sameness(group) !== 'same') return false;
  killGroup(group.pid);
  return true;
}

function parse(text: string): StartRecord | undefined {
  try {
    const value = JSON.parse(text) as StartRecord;
    const whole = isIdentity(value.cli) && value.groups.every(isIdentity);
    return whole ? value : undefined;
  } catch {
    return undefined;
  }
}

/** 0 and 1 would mean our own group and everybody. */
function isIdentity(value: ProcessIdentity): boolean {
  return Number.isInteger(value.pid) && value.pid > 1;
}
