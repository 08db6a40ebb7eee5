import { couldNotRun, messageOf } from '../errors.ts';
import {
  createRandom,
  type PosedQuestion,
  type Question,
  type RunRecord,
  type School,
} from '../kit/index.ts';
import { createSchool } from '../registrar/school.ts';
import { examineMessage } from './judge-message.ts';
import { judgeAnswer } from './judge-question.ts';
import type { QuestionVerdict } from './verdict.ts';

/** What a question is posed from. */
export interface QuestionBasis {
  /** The lab's number. */
  lab: number;
  /** The workspace's seed. */
  seed: number;
  /** The latest complete run that the learner made; undefined where there is none. */
  run: RunRecord | undefined;
}

/**
 * The question as it stands for this seed and run; undefined where it asks for a run and there is none. Throws (exit 3)
 * where the run was recorded without what the question needs.
 */
export function poseQuestion(
  question: Question,
  { lab, seed, run }: QuestionBasis,
): PosedQuestion | undefined {
  const school = schoolOf(seed);
  const random = createRandom(seed, `${lab}/${question.id}`);
  if (question.basis === 'seed') return question.pose(school, random);
  if (!run) return undefined;
  try {
    return question.pose(run, school, random);
  } catch (error) {
    throw couldNotRun(
      `Question ${question.id} cannot be posed from run ${run.id}: ${messageOf(error)}`,
      `Run the lab again: course-labs run ${lab}`,
      error,
    );
  }
}

let latest: School | undefined;

/** A report poses some sixty questions on one seed, and each school would take some ten milliseconds. */
function schoolOf(seed: number): School {
  if (latest?.seed !== seed) latest = createSchool(seed);
  return latest;
}

/**
 * Judges one question; `given` is undefined where it was never answered. Throws a usage error where the answer cannot
 * be read.
 */
export function gradeQuestion(
  question: Question,
  given: string | undefined,
  basis: QuestionBasis,
): QuestionVerdict {
  const posed = poseQuestion(question, basis);
  const selfReported = question.basis === 'run';
  const verdict = {
    kind: 'question' as const,
    exercise: question.id,
    title: question.title,
    possible: question.points,
    selfReported,
    ...(selfReported && basis.run && { run: basis.run.id }),
  };
  if (!posed) return { ...verdict, outcome: 'no-run', points: 0 };
  if (given === undefined) return { ...verdict, outcome: 'unanswered', points: 0 };
  const judgement = judgeAnswer(given, posed.format, question.points);
  // Where the right answer comes from gives it away: it is told with the right answer only.
  const why = judgement.outcome === 'right' ? { why: posed.why } : {};
  const { format } = posed;
  const message =
    format.kind === 'message' && judgement.outcome !== 'right'
      ? { message: examineMessage(given, format) }
      : {};
  return { ...verdict, ...judgement, given: given.trim(), ...message, ...why };
}
