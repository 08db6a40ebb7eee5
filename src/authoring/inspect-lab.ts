import type { Lab, Lesson, Mutant, ProofAnswer } from '../catalog/types.ts';
import { messageOf } from '../errors.ts';
import type { Checks, RunRecord } from '../kit/index.ts';
import { checkProblems, missingChecks } from './check-rules.ts';
import { labProblems, repeated } from './lab-rules.ts';
import { lessonProblems } from './lesson-rules.ts';
import { questionProblems } from './question-rules.ts';
import { starterProblems } from './starter-rules.ts';

/** How many differently built right answers a lab must have. */
const fewestSolutions = 3;

/** What a lab looks like before any of its answers is run. */
export interface InspectedLab {
  lab: Lab;
  problems: readonly string[];
  /** What was found, where nothing is wrong. */
  summary: string;
  /** Undefined where its checks cannot be run: then no answer is proved. */
  checks: Checks | undefined;
  solutions: readonly ProofAnswer[];
  mutants: readonly Mutant[];
}

export async function inspectLab(
  lab: Lab,
  { seeds, run }: { seeds: readonly number[]; run: RunRecord | undefined },
): Promise<InspectedLab> {
  const problems: string[] = [...labProblems(lab)];
  const read = async <T>(load: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await load();
    } catch (error) {
      problems.push(messageOf(error));
      return undefined;
    }
  };
  const lesson: Lesson | undefined = await read(() => lab.lesson());
  const checks = await read(() => lab.checks());
  const solutions = (await read(() => lab.solutions())) ?? [];
  const mutants = (await read(() => lab.mutants())) ?? [];
  if (lesson) problems.push(...lessonProblems(lab, lesson));
  problems.push(...(await starterProblems(lab)), ...questionProblems(lab, seeds, run));
  const wrong = checks ? checkProblems(lab, checks) : [];
  const missing = checks ? missingChecks(lab, checks) : [];
  problems.push(...wrong, ...missing, ...answerProblems(solutions, mutants));
  const count = checks ? Object.values(checks).flat().length : 0;
  return {
    lab,
    problems,
    summary: `${lab.steps.length} steps, ${lab.exercises.length} exercises, ${count} checks`,
    checks: wrong.length === 0 && count > 0 ? checks : undefined,
    solutions,
    mutants,
  };
}

function answerProblems(solutions: readonly ProofAnswer[], mutants: readonly Mutant[]): string[] {
  const all = [...solutions, ...mutants];
  return [
    ...(solutions.length < fewestSolutions
      ? [`there are ${solutions.length} right answers; there must be ${fewestSolutions} at least`]
      : []),
    ...repeated(all.map(({ name }) => name)).map((name) => `two answers have the name ${name}`),
    ...all
      .filter(({ reason }) => reason === '')
      .map(({ name }) => `the answer.md of ${name} gives no reason`),
  ];
}
