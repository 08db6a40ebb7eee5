import type { PreparedAnswer } from '../grading/prepare-answer.ts';
import type { CodeVerdict } from '../grading/verdict.ts';
import type { Program } from '../runtime/types.ts';
import {
  fingerprint,
  recordAttempt,
  updateProgress,
  type Warn,
  type Workspace,
} from '../workspace/index.ts';
import { type AttemptOptions, attemptCode, attemptOf } from './attempt-code.ts';
import { type ProgramPlace, prepareMine } from './programs.ts';

export interface AttemptMineOptions
  extends Omit<AttemptOptions, 'prepared' | 'workFolder'>,
    Omit<ProgramPlace, 'root'> {
  workspace: Workspace;
  /** Graded in place of the files in the folder: a program of another language. */
  program?: Program | undefined;
  now(): Date;
  warn: Warn;
}

/** Tries to compile files that hold still. */
const mostTries = 3;

/**
 * Grades the learner's answer to one code exercise, as its files are now, and keeps the attempt. `hash` is the
 * fingerprint of what was graded. An attempt that the signal ends leaves no trace: the signal's reason is thrown.
 */
export async function attemptMine(
  options: AttemptMineOptions,
): Promise<{ verdict: CodeVerdict; hash: string }> {
  const { lab, workspace, signal } = options;
  const { prepared, hash } = await prepareAsSaved(options);
  const verdict = await attemptCode({ ...options, prepared, workFolder: options.buildFolder });
  signal.throwIfAborted();
  const attempt = attemptOf(verdict, hash, options.now());
  await updateProgress(
    workspace,
    (progress) => recordAttempt(progress, lab.number, attempt),
    options.warn,
  );
  return { verdict, hash };
}

/** The answer with the fingerprint of the very files that were compiled, also where they are saved meanwhile. */
async function prepareAsSaved({
  lab,
  workspace,
  folder,
  buildFolder,
  program,
}: AttemptMineOptions): Promise<{ prepared: PreparedProgram; hash: string }> {
  for (let tries = 1; ; tries += 1) {
    const hash = await fingerprint(folder);
    if (program !== undefined) return { prepared: { kind: 'program', program }, hash };
    const prepared = await prepareMine({ lab, root: workspace.root, folder, buildFolder });
    if (tries === mostTries || (await fingerprint(folder)) === hash) return { prepared, hash };
  }
}

type PreparedProgram = PreparedAnswer | { kind: 'program'; program: Program };
