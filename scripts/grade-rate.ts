import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Lab } from '../src/catalog/types.ts';
import type { SubmissionGrade } from '../src/grading/submission-grade.ts';
import { createWorkspace } from '../src/workspace/index.ts';
import { installAnswer } from './install-answer.ts';
import type { Row } from './table.ts';

/** The goal of the design: workspaces a minute on two cores, each with one lab. */
const fewest = 20;
const workspaces = 24;
const limitMs = 600_000;

/**
 * How many workspaces `grade` gets through in a minute. Each holds the right answer of one lab, the labs taking turns; the
 * workspaces are made in `folder`. An answer that does not get all its points misses the goal.
 */
export async function measureGradeRate(
  root: string,
  labs: readonly Lab[],
  folder: string,
): Promise<Row> {
  process.stderr.write(`grade: ${workspaces} workspaces\n`);
  const handedIn = join(folder, 'class');
  await mkdir(handedIn);
  const turns = Array.from({ length: workspaces }, (_, index) => labs[index % labs.length] as Lab);
  for (const [index, lab] of turns.entries()) {
    const place = join(handedIn, `w${index}`);
    await createWorkspace({ root: place, seed: 1000 + index, learner: `w${index}` });
    // The first one imports no package that a learner would have to install: `grade` has none but the course's own.
    await installAnswer(lab, place, (await lab.solutions())[0]);
  }
  const startedAt = performance.now();
  const grades = await grade(root, handedIn, join(folder, 'grades'));
  const seconds = (performance.now() - startedAt) / 1000;
  const rate = (grades.length / seconds) * 60;
  const right = grades.filter(isRight).length;
  return {
    what: 'grade',
    figure: `${rate.toFixed(1)} workspaces a minute: ${grades.length} of one lab each in ${seconds.toFixed(0)} s`,
    against: `goal ${fewest}; ${right} of ${workspaces} with all points`,
    within: rate >= fewest && right === workspaces,
  };
}

async function grade(root: string, place: string, output: string): Promise<SubmissionGrade[]> {
  const args = [join(root, 'bin/course-labs.js'), 'grade', place, '--output', output, '--json'];
  const ended = promisify(execFile)(process.execPath, args, { timeout: limitMs });
  return (JSON.parse((await ended).stdout) as { grades: SubmissionGrade[] }).grades;
}

/** What was edited was graded, and has all its points. */
function isRight({ exercises }: SubmissionGrade): boolean {
  const edited = exercises.filter(({ gradedWithSeed }) => gradedWithSeed !== undefined);
  return edited.length > 0 && edited.every(({ points, possible }) => points === possible);
}
