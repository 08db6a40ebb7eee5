import type { InspectedLab } from './inspect-lab.ts';
import { judgeMutant, judgeSolution, judgeStarter, type ProofResult } from './proof-sentences.ts';
import { type ProofPlace, proveAnswer } from './prove-answer.ts';
import type { ValidationLine } from './report.ts';

export interface ProofTaskOptions {
  place: ProofPlace;
  seeds: readonly [number, ...number[]];
  thorough: boolean;
  add(line: ValidationLine): void;
}

/** One task for the starter, for each right answer and each wrong one; each adds its line. */
export function proofTasks(
  { lab, checks, solutions, mutants }: InspectedLab,
  { place, seeds, thorough, add }: ProofTaskOptions,
): readonly (() => Promise<void>)[] {
  if (!checks) return [];
  const [firstSeed] = seeds;
  const prove = (answer: string | undefined, wanted: readonly number[], only?: readonly string[]) =>
    proveAnswer({ lab, checks, answer, seeds: wanted, place, ...(only && { only }) });
  const say = (kind: ValidationLine['kind'], name: string, { ok, text }: ProofResult) =>
    add({ lab: lab.folderName, kind, name, ok, text });

  return [
    async () => say('starter', 'starter', judgeStarter(await prove(undefined, [firstSeed]))),
    ...solutions.map(
      ({ name, folder }) =>
        async () =>
          say('solution', name, judgeSolution(await prove(folder, seeds))),
    ),
    ...mutants.map(({ name, folder, rejectedBy }) => async () => {
      // Whether it starts is seen at the first check, whichever that is.
      const only = thorough || rejectedBy === 'start' ? undefined : [rejectedBy];
      say('mutant', name, judgeMutant(await prove(folder, [firstSeed], only), rejectedBy));
    }),
  ];
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
