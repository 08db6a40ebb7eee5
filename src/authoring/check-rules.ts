import { isDeepStrictEqual } from 'node:util';
import type { Lab } from '../catalog/types.ts';
import { messageOf } from '../errors.ts';
import { orderChecks } from '../grading/check-order.ts';
import type { Check, Checks, CodeExercise } from '../kit/index.ts';
import { repeated } from './lab-rules.ts';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with the checks of a lab, before any of them runs. */
export function checkProblems(lab: Pick<Lab, 'exercises'>, checks: Checks): readonly string[] {
  const exercises = lab.exercises.filter((each): each is CodeExercise => each.kind === 'code');
  const known = exercises.map(({ id }) => id);
  const all = Object.values(checks).flat();
  return [
    ...Object.keys(checks)
      .filter((id) => !known.includes(id))
      .map((id) => `checks.ts has checks for ${id}, which is no code exercise`),
    ...repeated(all.map(({ id }) => id)).map((id) => `two checks have the id ${id}`),
    ...all.flatMap(ownProblems),
    ...exercises.flatMap((exercise) => exerciseProblems(exercise, checks[exercise.id] ?? [])),
  ];
}

function ownProblems({ id, title, points }: Check): string[] {
  return [
    ...(kebab.test(id) ? [] : [`the check id "${id}" is not in kebab-case`]),
    ...(id === 'start'
      ? ['no check may be called start: mutants that do not start are named so']
      : []),
    ...(title.trim() === '' ? [`the check ${id} has no title`] : []),
    ...(Number.isInteger(points) && points > 0
      ? []
      : [`the points of the check ${id} are no whole number above 0`]),
  ];
}

/** Code exercises that nothing judges yet. The answers can be proved by the checks of the others all the same. */
export function missingChecks(lab: Pick<Lab, 'exercises'>, checks: Checks): readonly string[] {
  return lab.exercises
    .filter(({ id, kind }) => kind === 'code' && (checks[id] ?? []).length === 0)
    .map(({ id }) => `${id} has no checks: write them in checks.ts`);
}

function exerciseProblems({ id, points }: CodeExercise, checks: readonly Check[]): string[] {
  if (checks.length === 0) return [];
  const sum = checks.reduce((all, check) => all + check.points, 0);
  return [
    ...(sum === points ? [] : [`the checks of ${id} have ${sum} points, not ${points}`]),
    ...needProblems(checks),
    ...groupProblems(checks),
  ];
}

function needProblems(checks: readonly Check[]): string[] {
  if (repeated(checks.map(({ id }) => id)).length > 0) return [];
  try {
    orderChecks(checks);
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}

function groupProblems(checks: readonly Check[]): string[] {
  const groups = [...new Set(checks.flatMap(({ group }) => group ?? []))];
  return groups
    .filter((group) => {
      const [first, ...others] = checks.filter((check) => check.group === group);
      return others.some(({ settings }) => !isDeepStrictEqual(settings, first?.settings));
    })
    .map((group) => `the checks of the group ${group} have different settings`);
}
