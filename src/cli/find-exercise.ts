import type { Lab } from '../catalog/types.ts';
import { usageError } from '../errors.ts';
import type { Exercise } from '../kit/index.ts';

/** Finds an exercise of a lab by its id, in any case. Throws a usage error that names all of them. */
export function findExercise(lab: Lab, name: string): Exercise {
  const exercise = lab.exercises.find(({ id }) => id.toLowerCase() === name.toLowerCase());
  if (exercise !== undefined) return exercise;
  const ids = lab.exercises.map(({ id }) => id).join(', ');
  throw usageError(`Lab ${lab.number} has no exercise "${name}".`, `It has: ${ids}`);
}
