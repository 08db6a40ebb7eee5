import type { Lab } from '../catalog/types.ts';
import { objectives } from '../kit/index.ts';
import { liveSceneProblems, liveStepProblems } from './live-rules.ts';

const pointsOf = { code: 60, question: 40 } as const;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with numbers and slugs over all labs, by folder name. */
export function catalogProblems(labs: readonly Lab[]): ReadonlyMap<string, readonly string[]> {
  const twice = (lab: Lab, field: 'number' | 'slug') =>
    labs
      .filter((other) => other !== lab && other[field] === lab[field])
      .map((other) => other.folderName);
  return new Map(
    labs.map((lab) => [
      lab.folderName,
      (['number', 'slug'] as const).flatMap((field) => {
        const others = twice(lab, field);
        return others.length > 0
          ? [`the ${field} ${lab[field]} is also that of ${others.join(', ')}`]
          : [];
      }),
    ]),
  );
}

/** What is wrong with the definition of one lab: what can be told without running anything. */
export function labProblems(lab: Lab): readonly string[] {
  const ids = lab.exercises.map(({ id }) => id);
  return [
    ...(lab.title.trim() === '' ? ['the title is empty'] : []),
    ...(lab.minutes > 0 ? [] : ['minutes must be above 0']),
    ...unknownObjectives('the lab', lab.objectives),
    ...repeated(ids).map((id) => `two exercises have the id ${id}`),
    ...lab.exercises.flatMap((exercise) => exerciseProblems(lab, exercise)),
    ...(['code', 'question'] as const).flatMap((kind) => pointProblems(lab, kind)),
    ...stepProblems(lab),
    ...scenarioProblems(lab),
    ...liveSceneProblems(lab),
  ];
}

function exerciseProblems(lab: Lab, exercise: Lab['exercises'][number]): string[] {
  const { id, title, objectives: serves, points, hints } = exercise;
  const strange = serves.filter((each) => each in objectives && !lab.objectives.includes(each));
  return [
    ...(title.trim() === '' ? [`${id} has no title`] : []),
    ...unknownObjectives(id, serves),
    ...(serves.length === 0 ? [`${id} serves no objective`] : []),
    ...strange.map((each) => `${id} serves ${each}, which the lab does not name`),
    ...(Number.isInteger(points) && points > 0
      ? []
      : [`the points of ${id} are no whole number above 0`]),
    ...(hints.length === 3 && hints.every((hint) => hint.trim() !== '')
      ? []
      : [`${id} must have three hints, none of them empty`]),
  ];
}

function unknownObjectives(owner: string, ids: readonly string[]): string[] {
  return ids
    .filter((id) => !Object.hasOwn(objectives, id))
    .map((id) => `${owner} names the objective ${id}, which is unknown`);
}

function pointProblems(lab: Lab, kind: 'code' | 'question'): string[] {
  const sum = lab.exercises
    .filter((exercise) => exercise.kind === kind)
    .reduce((all, { points }) => all + points, 0);
  const noun = kind === 'code' ? 'code exercises' : 'questions';
  return sum === pointsOf[kind] ? [] : [`the ${noun} have ${sum} points, not ${pointsOf[kind]}`];
}

function stepProblems({ steps, exercises, live }: Lab): string[] {
  const ids = steps.map(({ id }) => id);
  const kindOf = new Map(exercises.map(({ id, kind }) => [id, kind]));
  const wrong = steps.flatMap((step): string[] => {
    switch (step.kind) {
      case 'question':
        return kindOf.get(step.exercise) === 'question'
          ? []
          : [`the step ${step.id} poses ${step.exercise}, which is no question`];
      case 'edit':
      case 'check':
        return kindOf.get(step.exercise) === 'code'
          ? []
          : [`the step ${step.id} is about ${step.exercise}, which is no code exercise`];
      case 'observe':
        return [...step.predictions, ...(step.shows === undefined ? [] : [step.shows])]
          .filter((id) => !ids.includes(id))
          .map((id) => `the step ${step.id} looks at ${id}, which is no step`);
      case 'explain':
        return step.options.some(({ id }) => id === step.right) &&
          step.options.every(({ id }) => step.because[id])
          ? []
          : [`the step ${step.id} must have its right option, and a because for each`];
      case 'live':
        return liveStepProblems(step, live);
      default:
        return [];
    }
  });
  return [
    ...repeated(ids).map((id) => `two steps have the id ${id}`),
    ...ids.filter((id) => !kebab.test(id)).map((id) => `the step id "${id}" is not in kebab-case`),
    ...wrong,
  ];
}

function scenarioProblems({ scenario }: Lab): string[] {
  const names = scenario.variants.map(({ name }) => name);
  return [
    ...(names.length < 2 ? ['the scenario must have two variants at least'] : []),
    ...repeated(names).map((name) => `two variants have the name ${name}`),
  ];
}

/** Each value that stands more than once, once. */
export function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
