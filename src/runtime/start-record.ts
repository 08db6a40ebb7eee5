import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity.ts';

/** What a command notes in the workspace while processes of its run, for the next command to find. */
export interface StartRecord {
  cli: ProcessIdentity;
  groups: readonly RecordedGroup[];
}

/** A process group by its leader. */
export interface RecordedGroup extends ProcessIdentity {
  /** What it was: `registrar`, or the entry of a server. */
  name: string;
}

/** Keeps the record of one command up to date. */
export interface StartRecordFile {
  add(group: RecordedGroup): void;
  /** It has ended. */
  remove(pid: number): void;
  /** Takes the file away. */
  close(): void;
}

/** The folder of all start records. */
export function startRecordsFolder(recordFolder: string): string {
  return join(recordFolder, 'processes');
}

let opened = 0;

/**
 * Writes at once, so that the record is there before anything can go wrong. A folder that cannot be written is no
 * reason to stop: the keeper watches too.
 */
export function openStartRecord(recordFolder: string, cli: ProcessIdentity): StartRecordFile {
  opened += 1;
  const folder = startRecordsFolder(recordFolder);
  const file = join(folder, `${cli.pid}-${opened}.json`);
  const groups = new Map<number, RecordedGroup>();
  const write = () =>
    attempt(() => {
      mkdirSync(folder, { recursive: true });
      const record: StartRecord = { cli, groups: [...groups.values()] };
      writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`);
      renameSync(`${file}.new`, file);
    });
  return {
    add(group) {
      groups.set(group.pid, group);
      write();
    },
    // A group that has ended harms no record, since its start time is in it; the next that is added writes it out.
    remove(pid) {
      groups.delete(pid);
    },
    close() {
      attempt(() => rmSync(file, { force: true }));
      // Only when it is empty: other commands may run.
      attempt(() => rmdirSync(folder));
    },
  };
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Read-only or gone: the keeper is there.
  }
}
