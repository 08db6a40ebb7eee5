import { join } from 'node:path';

/** What marks a folder as a workspace. */
export const workspaceFileName = 'course-labs.json';

/** The folder that `start` makes where no other is named. */
export const defaultFolderName = 'course-labs-work';

export function workspaceFile(root: string): string {
  return join(root, workspaceFileName);
}

/** Holds everything that the course keeps for itself. */
export function stateFolder(root: string): string {
  return join(root, '.course-labs');
}

export function progressFile(root: string): string {
  return join(stateFolder(root), 'progress.json');
}

export function runsFolder(root: string): string {
  return join(stateFolder(root), 'runs');
}

export function runFile(root: string, id: number): string {
  return join(runsFolder(root), `${id}.json`);
}

/** What a run's experiment logged; `step` is the experiment's id. */
export function runLogFile(root: string, run: number, step: string): string {
  return join(stateFolder(root), 'logs', `run-${run}-${step}.log`);
}

/** Where `resetLab` keeps a learner's old files: no part of a lab's folder, so that nothing there is compiled. */
export function keptFolder(root: string, folderName: string): string {
  return join(stateFolder(root), 'kept', folderName);
}

/** A moment as a part of a file name: `2026-03-01T09-30-00.125Z`. */
export function timestamp(moment: Date): string {
  return moment.toISOString().replaceAll(':', '-');
}
