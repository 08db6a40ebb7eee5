import type { Lesson } from '../catalog/types.ts';
import type { PredictStep, RunRecord, Step } from '../kit/index.ts';

/** A prediction beside what was measured. */
export interface PredictionComparison {
  step: string;
  title: string;
  /** As it was given, in the words of the option for a choice; undefined where none was given. */
  predicted: number | string | undefined;
  measured: number | string;
  unit: string | undefined;
  /** Undefined where none was given. */
  close: boolean | undefined;
}

/** A numeric prediction this many times too high or too low still counts as close. */
const defaultCloseFactor = 2;

/**
 * Compares the predictions of a run with what it measured, in the order of the steps; `only` names steps. What could not
 * be measured on this machine is left out.
 */
export function comparePredictions(
  steps: readonly Step[],
  lesson: Lesson,
  run: RunRecord,
  only?: readonly string[],
): PredictionComparison[] {
  return steps
    .filter((step): step is PredictStep => step.kind === 'predict')
    .filter((step) => only === undefined || only.includes(step.id))
    .flatMap((step) => compare(step, lesson.get(step.id)?.title ?? step.id, run) ?? []);
}

function compare(
  step: PredictStep,
  title: string,
  run: RunRecord,
): PredictionComparison | undefined {
  const given = run.predictions[step.id];
  const measured = step.measured(run);
  if (measured === undefined) return undefined;
  const words = (value: number | string): number | string =>
    step.ask.kind === 'choice'
      ? (step.ask.options.find((option) => option.id === value)?.text ?? value)
      : value;
  return {
    step: step.id,
    title,
    predicted: given === undefined ? undefined : words(given),
    measured: words(measured),
    unit: step.ask.kind === 'number' ? step.ask.unit : undefined,
    close: given === undefined ? undefined : isClose(given, measured, step.closeFactor),
  };
}

function isClose(
  given: number | string,
  measured: number | string,
  factor = defaultCloseFactor,
): boolean {
  if (typeof given !== 'number' || typeof measured !== 'number') return given === measured;
  if (given === measured) return true;
  if (given <= 0 || measured <= 0) return false;
  return Math.max(given / measured, measured / given) <= factor;
}
