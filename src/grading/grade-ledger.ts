import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../errors.ts';
import type { SubmissionGrade } from './submission-grade.ts';

/** Grades that were made so far, so that a class can be gone on with after an interruption. */
export interface GradeLedger {
  find(id: string, contentHash: string): SubmissionGrade | undefined;
  add(grade: SubmissionGrade): Promise<void>;
}

/** Opens the file, or begins it. A line that was torn by an interruption is left out, and graded again. */
export async function openGradeLedger(file: string): Promise<GradeLedger> {
  await mkdir(dirname(file), { recursive: true });
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  const grades = text.split('\n').flatMap(parseLine);
  if (text !== '' && !text.endsWith('\n')) await appendFile(file, '\n');
  return {
    find: (id, contentHash) =>
      grades.findLast((each) => each.id === id && each.contentHash === contentHash),
    add: async (grade) => {
      grades.push(grade);
      await appendFile(file, `${JSON.stringify(grade)}\n`);
    },
  };
}

function parseLine(line: string): SubmissionGrade[] {
  try {
    const grade = JSON.parse(line) as SubmissionGrade;
    return typeof grade.id === 'string' && typeof grade.contentHash === 'string' ? [grade] : [];
  } catch {
    return [];
  }
}
