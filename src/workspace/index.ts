export { createWorkspace, type NewWorkspace } from './create.ts';
export { findWorkspace } from './find.ts';
export { fingerprint } from './fingerprint.ts';
export { installLab, labFolder, resetLab } from './lab-folder.ts';
export { ensureLinks, learnerPackages } from './links.ts';
export { openWorkspace } from './open.ts';
export { defaultFolderName, runLogFile, stateFolder } from './paths.ts';
export {
  bestPoints,
  emptyProgress,
  isPassed,
  labProgress,
  recordAnswer,
  recordAttempt,
  recordFinished,
  recordGivenUp,
  recordHint,
  recordPosition,
} from './progress.ts';
export { readProgress, updateProgress, type Warn } from './progress-file.ts';
export { beginRun, type NewRun, readRun, saveRun } from './run-file.ts';
export { latestCompleteRun, listRuns, type RunFilter } from './run-list.ts';
export { saveRunLog } from './run-log.ts';
export type * from './types.ts';
