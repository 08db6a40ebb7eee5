import type { InspectedLab } from './inspect-lab.ts';
import {
  judgeMutant,
  judgeStarter,
  type ProofResult,
  passesEverything,
  whyNotRight,
} from './proof-sentences.ts';
import { type ProofPlace, type Proved, proveAnswer } from './prove-answer.ts';
import type { ValidationLine } from './report.ts';

export type ProofTask = () => Promise<void>;

export interface ProofTaskOptions {
  place: ProofPlace;
  seeds: readonly [number, ...number[]];
  thorough: boolean;
  add(line: ValidationLine): void;
}

/**
 * The tasks of a lab, for each seed those that need it: with the first seed the starter, each right answer and each wrong
 * one, with the others the right answers again. Each answer adds its line when all is known of it.
 */
export function proofTasks(
  { lab, checks, solutions, mutants }: InspectedLab,
  { place, seeds, thorough, add }: ProofTaskOptions,
): readonly (readonly ProofTask[])[] {
  if (!checks) return seeds.map(() => []);
  const [firstSeed] = seeds;
  const prove = (answer: string | undefined, seed: number, only?: readonly string[]) =>
    proveAnswer({ lab, checks, answer, seed, place, ...(only && { only }) });
  const say = (kind: ValidationLine['kind'], name: string, { ok, text }: ProofResult) =>
    add({ lab: lab.folderName, kind, name, ok, text });

  const starter = async () =>
    say('starter', 'starter', judgeStarter(await prove(undefined, firstSeed)));
  const right = solutions.map(({ name, folder }) =>
    solutionTasks(
      seeds,
      (seed) => prove(folder, seed),
      (result) => say('solution', name, result),
    ),
  );
  const wrong = mutants.map(({ name, folder, rejectedBy }) => async () => {
    // Whether it starts is seen at the first check, whichever that is.
    const only = thorough || rejectedBy === 'start' ? undefined : [rejectedBy];
    say('mutant', name, judgeMutant(await prove(folder, firstSeed, only), rejectedBy));
  });
  return seeds.map((_, index) => {
    const ofSeed = right.flatMap((tasks) => tasks[index] ?? []);
    return index === 0 ? [starter, ...ofSeed, ...wrong] : ofSeed;
  });
}

/** One task for each seed. The first seed that does not pass is told, and those that were not begun are left out. */
function solutionTasks(
  seeds: readonly number[],
  prove: (seed: number) => Promise<Proved>,
  say: (result: ProofResult) => void,
): readonly ProofTask[] {
  const passed: number[] = [];
  let told = false;
  return seeds.map((seed) => async () => {
    if (told) return;
    const problem = whyNotRight(await prove(seed));
    if (problem === undefined) passed.push(seed);
    if (told || (problem === undefined && passed.length < seeds.length)) return;
    told = true;
    say(problem === undefined ? passesEverything(seeds) : { ok: false, text: problem });
  });
}

/** One line for each check: the wrong answers that it was seen to reject, of those that name it. */
export function checkLines(
  { lab, checks, mutants }: InspectedLab,
  lines: readonly ValidationLine[],
): readonly ValidationLine[] {
  const rejected = new Set(
    lines
      .filter(({ lab: of, kind, ok }) => of === lab.folderName && kind === 'mutant' && ok)
      .map(({ name }) => name),
  );
  return Object.values(checks ?? {})
    .flat()
    .map(({ id }) => {
      const killed = mutants.filter(
        ({ name, rejectedBy }) => rejectedBy === id && rejected.has(name),
      );
      const text =
        killed.length > 0
          ? `rejects ${killed.map(({ name }) => name).join(', ')}`
          : 'rejects no wrong answer';
      return { lab: lab.folderName, kind: 'check' as const, name: id, ok: killed.length > 0, text };
    });
}
