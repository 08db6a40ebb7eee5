import { couldNotRun } from '../errors.ts';
import { comparePredictions } from '../grading/predictions.ts';
import type { Step } from '../kit/index.ts';
import { fill } from './fill.ts';
import { isComplete } from './measured.ts';
import { performStep } from './perform-step.ts';
import { headingOf, type LessonOptions, type LessonState } from './state.ts';

export type LessonEnd = { kind: 'finished' } | { kind: 'left'; at: string };

/** Runs a lab's steps in order; each leaves its result in the stored run before the next begins. */
export async function runLesson(options: LessonOptions): Promise<LessonEnd> {
  const { lab, store } = options;
  const state: LessonState = {
    ...options,
    lesson: await lab.lesson(),
    demonstration: options.run.kind === 'demonstration',
    record: async (change) => {
      const record = change(state.run.record);
      state.run = { ...state.run, record, complete: isComplete(lab.steps, record) };
      await store.save(state.run);
    },
  };
  // Questions are answered from a run of the learner's own: a demonstration leaves them out.
  const steps = lab.steps.filter(({ kind }) => kind !== 'question' || !state.demonstration);
  const find = (id: string | undefined) => steps.findIndex((step) => step.id === id);
  let index = Math.max(0, find(options.from));
  while (index < steps.length) {
    const step = steps[index] as Step;
    await store.standAt(step.id);
    announce(state, step, { index: index + 1, total: steps.length });
    const outcome = await performStep(step, state);
    if (outcome !== 'next' && 'leaveAt' in outcome) {
      await store.standAt(outcome.leaveAt);
      return { kind: 'left', at: outcome.leaveAt };
    }
    index = outcome === 'next' ? index + 1 : find(outcome.step);
  }
  await store.standAt(undefined);
  state.onEvent({
    kind: 'summary',
    lab: headingOf(lab),
    comparisons: comparePredictions(lab.steps, state.lesson, state.run.record),
    next: options.next,
    demonstration: state.demonstration,
  });
  return { kind: 'finished' };
}

function announce(state: LessonState, step: Step, place: { index: number; total: number }): void {
  const section = state.lesson.get(step.id);
  if (section === undefined) {
    throw couldNotRun(
      `The lesson.md of this lab has no section for the step ${step.id}.`,
      'What else it lacks: course-labs labs validate',
    );
  }
  const text = fill(section.text, step.values?.(state.run.record) ?? {});
  const seen = step.kind === 'observe';
  state.onEvent({
    kind: 'step',
    lab: headingOf(state.lab),
    phase: step.phase,
    ...place,
    title: section.title,
    // An observation begins with what was predicted and what came; its text explains the difference.
    text: seen ? '' : text,
  });
  if (!seen) return;
  const comparisons = comparePredictions(
    state.lab.steps,
    state.lesson,
    state.run.record,
    step.predictions,
  );
  if (comparisons.length > 0) state.onEvent({ kind: 'predictions', comparisons });
  state.onEvent({ kind: 'text', text });
}
