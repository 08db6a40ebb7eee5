import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../errors.ts';
import { parseJson } from '../kit/parse-json.ts';
import { fields, list, number, oneOf, text, truth } from '../registrar/parse.ts';
import { withFileErrors } from '../workspace/file-errors.ts';
import { flagKinds, type SubmissionGrade } from './submission-grade.ts';

/** Grades that were made so far, so that a class can be gone on with after an interruption. */
export interface GradeLedger {
  find(id: string, contentHash: string): SubmissionGrade | undefined;
  add(grade: SubmissionGrade): Promise<void>;
}

const points = number(0);
const seed = number(Number.MIN_SAFE_INTEGER);

const readGrade = fields(
  {
    id: text,
    contentHash: text,
    status: oneOf(['graded', 'broken'] as const),
    points,
    possible: points,
    selfReportedPoints: points,
    exercises: list(
      fields(
        { exercise: text, points, possible: points, selfReported: truth },
        { gradedWithSeed: seed },
      ),
    ),
    prints: list(fields({ exercise: text, fingerprint: text })),
    flags: list(fields({ kind: oneOf(flagKinds), text })),
  },
  { reason: text, learner: text, seed },
);

/**
 * Opens the file, or begins it. A line that is no grade of this version, torn by an interruption or edited by hand, is
 * left out, and graded again. Throws couldNotRun where the file system refuses.
 */
export function openGradeLedger(file: string): Promise<GradeLedger> {
  return withFileErrors(file, () => open(file));
}

async function open(file: string): Promise<GradeLedger> {
  await mkdir(dirname(file), { recursive: true });
  const before = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  const grades = before.split('\n').flatMap(parseLine);
  if (before !== '' && !before.endsWith('\n')) await appendFile(file, '\n');
  return {
    find: (id, contentHash) =>
      grades.findLast((each) => each.id === id && each.contentHash === contentHash),
    add: async (grade) => {
      grades.push(grade);
      await withFileErrors(file, () => appendFile(file, `${JSON.stringify(grade)}\n`));
    },
  };
}

function parseLine(line: string): SubmissionGrade[] {
  try {
    return [readGrade(parseJson(line), 'grade')];
  } catch {
    return [];
  }
}
