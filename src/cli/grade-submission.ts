import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../catalog/types.ts';
import { CourseError, errorCode, messageOf } from '../errors.ts';
import { findingsOf } from '../grading/report-findings.ts';
import {
  type AnswerPrint,
  type Flag,
  gradeOf,
  type SubmissionGrade,
} from '../grading/submission-grade.ts';
import { useQuickPackages } from '../runtime/index.ts';
import { codeFingerprint } from '../runtime/same-code.ts';
import type { Runtime } from '../runtime/types.ts';
import { type Received, receive, submissionName } from '../submissions/receive.ts';
import { listFiles } from '../workspace/folder-files.ts';
import {
  ensureLinks,
  labFolder,
  openWorkspace,
  type StoredRun,
  stateFolder,
  type Workspace,
} from '../workspace/index.ts';
import { gatherReport, verifyReport } from './gather-report.ts';
import { codeExercises } from './lab-files.ts';

export interface GradeSubmissionOptions {
  /** A folder or an archive. */
  source: string;
  /** An empty folder of this submission's own; removed by the caller. */
  folder: string;
  labs: readonly Lab[];
  packageRoot: string;
  runtime: Runtime;
  versions: StoredRun['versions'];
  now(): Date;
  drawSeed(): number;
  signal: AbortSignal;
  /** A grade of the same content, which is then not made again. */
  known(id: string, contentHash: string): SubmissionGrade | undefined;
}

/** Grades one submission in a copy. Whatever is wrong with it becomes a part of the grade; throws only when interrupted. */
export async function gradeSubmission(options: GradeSubmissionOptions): Promise<SubmissionGrade> {
  const { source, folder } = options;
  const id = submissionName(source);
  const received = await receive(source, join(folder, 'received'));
  const contentHash = await hashOf(received, options);
  const known = options.known(id, contentHash);
  if (known !== undefined) return known;
  const leftOut = received.problems.map((text): Flag => ({ kind: 'left-out', text }));
  const broken = (reason: string, more: readonly Flag[] = []): SubmissionGrade => ({
    id,
    contentHash,
    status: 'broken',
    reason,
    points: 0,
    possible: 0,
    selfReportedPoints: 0,
    exercises: [],
    prints: [],
    flags: [...leftOut, ...more],
  });
  if (received.kind === 'broken') return broken(received.reason);
  try {
    return await gradeWorkspace(
      id,
      contentHash,
      await openWorkspace(received.root),
      leftOut,
      options,
    );
  } catch (error) {
    options.signal.throwIfAborted();
    const reason = forInstructor(messageOf(error), received.root);
    if (error instanceof CourseError) return broken(reason);
    // The others in the class are to get their grades all the same.
    const text = `Our own fault: ${reason}`;
    return broken(text, [{ kind: 'errored', text }]);
  }
}

async function gradeWorkspace(
  id: string,
  contentHash: string,
  workspace: Workspace,
  leftOut: readonly Flag[],
  options: GradeSubmissionOptions,
): Promise<SubmissionGrade> {
  const { labs, packageRoot, runtime, signal, drawSeed } = options;
  await ensureLinks({ root: workspace.root, packageRoot });
  // In the workspace, so that answers find its packages.
  const buildFolder = join(stateFolder(workspace.root), 'build', 'grade');
  await useQuickPackages(buildFolder, join(packageRoot, 'dist', 'packages'));
  const told: Flag[] = [];
  const gathered = await gatherReport({
    ...options,
    workspace,
    warn: (text) => told.push({ kind: 'evidence', text }),
  });
  const answers = await Promise.all(labs.map((lab) => answersOf(lab, workspace)));
  const edited = answers.flat().filter(({ untouched }) => !untouched);
  const report = await verifyReport(gathered, {
    workspace,
    labs,
    runtime,
    buildFolder,
    drawSeed,
    signal,
    onWorking: () => {},
    wanted: (lab, exercise) => edited.some((each) => each.exercise === `${lab}.${exercise}`),
  });
  const shipped = edited.flatMap(({ exercise, shipped: name }): Flag[] =>
    name === undefined ? [] : [{ kind: 'shipped', text: `${exercise} is our own ${name}.` }],
  );
  const grade = gradeOf(id, contentHash, report, findingsOf(report, 'left-out'), {
    prints: edited.map(({ exercise, fingerprint }) => ({ exercise, fingerprint })),
    flags: [...leftOut, ...told, ...shipped],
  });
  const flags = grade.flags.map(({ kind, text }) => ({
    kind,
    text: forInstructor(text, workspace.root),
  }));
  return { ...grade, flags };
}

/**
 * A sentence as it is for whoever has the files at hand. Of our copy and the port that it ran on, which are gone soon and
 * others the next time, the instructor hears nothing.
 */
function forInstructor(sentence: string, root: string): string {
  return sentence
    .replaceAll(`${root}/`, '')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, '')
    .replace(/^Your progress/, 'The progress')
    .replace(/ The file was kept as .*$/, '');
}

interface FoundAnswer extends AnswerPrint {
  /** It is the starter, comments and spacing aside, and so are the files beside it. */
  untouched: boolean;
  /** `right answer map-per-user`, where it is one of those that we ship. */
  shipped: string | undefined;
}

/** The files that were to be edited, as far as they are there. */
async function answersOf(lab: Lab, workspace: Workspace): Promise<FoundAnswer[]> {
  const [solutions, mutants] = [await lab.solutions(), await lab.mutants()];
  const found = codeExercises(lab).map(async ({ id, file }): Promise<FoundAnswer[]> => {
    const own = await printOf(join(labFolder(workspace, lab), file));
    if (own === undefined) return [];
    const ours = [
      ...solutions.map(({ name, folder }) => ({ name: `right answer ${name}`, folder })),
      ...mutants.map(({ name, folder }) => ({ name: `wrong answer ${name}`, folder })),
    ];
    const prints = await Promise.all(
      ours.map(async ({ name, folder }) => ({ name, print: await printOf(join(folder, file)) })),
    );
    return [
      {
        exercise: `${lab.number}.${id}`,
        fingerprint: own,
        untouched: await isStarter(lab, labFolder(workspace, lab)),
        shipped: prints.find(({ print }) => print === own)?.name,
      },
    ];
  });
  return (await Promise.all(found)).flat();
}

/** A file that is missing counts as changed: the answer may have done away with it. */
async function isStarter(lab: Lab, folder: string): Promise<boolean> {
  const starter = join(lab.folder, 'starter');
  const names = await listFiles(starter);
  const same = names.map(
    async (name) => (await printOf(join(starter, name))) === (await printOf(join(folder, name))),
  );
  return (await Promise.all(same)).every(Boolean);
}

async function printOf(file: string): Promise<string | undefined> {
  try {
    return codeFingerprint(await readFile(file, 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** Over all that was taken of a submission, names and contents, and what it is graded by. */
async function hashOf(
  received: Received,
  { labs, versions }: Pick<GradeSubmissionOptions, 'labs' | 'versions'>,
): Promise<string> {
  const numbers = labs.map(({ number }) => number).sort((left, right) => left - right);
  const hash = createHash('sha256').update(`${versions.courseLabs} ${numbers.join()}\0`);
  if (received.kind === 'broken') return hash.update(received.reason).digest('hex');
  for (const name of await listFiles(received.root)) {
    hash.update(`${name}\0`).update(await readFile(join(received.root, name)));
  }
  // What begins with a dot is left out of a listing, and the progress is there.
  const progress = join(stateFolder(received.root), 'progress.json');
  hash.update(await readFile(progress).catch(() => 'no progress'));
  return hash.digest('hex');
}
