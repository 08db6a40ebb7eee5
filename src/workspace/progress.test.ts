import { expect, it } from 'vitest';
import {
  bestPoints,
  emptyProgress,
  isPassed,
  labProgress,
  recordAnswer,
  recordAttempt,
  recordFinished,
  recordHint,
  recordPosition,
} from './progress.ts';
import type { Attempt, Progress } from './types.ts';

const attempt = (exercise: string, points: number, passed = false): Attempt => ({
  exercise,
  at: '2026-03-01T09:30:00.000Z',
  seed: 7,
  points,
  possible: 30,
  notJudged: 0,
  passed,
  failed: passed ? [] : ['entry-expires'],
  hash: 'ab',
});

const answer = (points: number) => ({ given: 'b', at: '2026-03-01T09:30:00.000Z', points });

it('begins with nothing', () => {
  expect(labProgress(emptyProgress, 3)).toEqual({
    position: undefined,
    finished: false,
    answers: {},
    hints: {},
    attempts: [],
  });
  expect(bestPoints(emptyProgress, 3)).toBe(0);
  expect(isPassed(emptyProgress, 3, 'C1')).toBe(false);
});

it('keeps all gradings, and counts the best one of each exercise', () => {
  const gradings = [
    attempt('C1', 10),
    attempt('C1', 30, true),
    attempt('C1', 20),
    attempt('C2', 5),
  ];
  const progress = gradings.reduce<Progress>((all, one) => recordAttempt(all, 3, one), {
    ...emptyProgress,
  });
  expect(labProgress(progress, 3).attempts).toEqual(gradings);
  expect(bestPoints(progress, 3)).toBe(35);
  expect(isPassed(progress, 3, 'C1')).toBe(true);
  expect(isPassed(progress, 3, 'C2')).toBe(false);
  expect(isPassed(progress, 4, 'C1')).toBe(false);
});

it('keeps the last answer to a question', () => {
  let progress = recordAnswer(emptyProgress, 3, 'Q1', answer(10));
  progress = recordAnswer(progress, 3, 'Q1', answer(4));
  progress = recordAnswer(progress, 3, 'Q2', answer(8));
  progress = recordAttempt(progress, 3, attempt('C1', 30));
  expect(bestPoints(progress, 3)).toBe(42);
});

it('counts hints up to three', () => {
  let progress: Progress = emptyProgress;
  const shown = [1, 2, 3, 4].map(() => {
    progress = recordHint(progress, 3, 'C1');
    return labProgress(progress, 3).hints.C1;
  });
  expect(shown).toEqual([1, 2, 3, 3]);
});

it('knows where a guided run stands, until it is finished', () => {
  let progress = recordPosition(emptyProgress, 3, { step: 'edit', run: 5 });
  expect(labProgress(progress, 3).position).toEqual({ step: 'edit', run: 5 });
  progress = recordFinished(progress, 3);
  expect(labProgress(progress, 3)).toMatchObject({ position: undefined, finished: true });
  progress = recordPosition(progress, 3, { step: 'intro', run: 6 });
  expect(labProgress(progress, 3)).toMatchObject({ finished: true });
});

it('remembers the lab that was last worked on, and leaves the others and the given value alone', () => {
  const before = recordHint(emptyProgress, 3, 'C1');
  const after = recordHint(before, 9, 'C1');
  expect(after.lastLab).toBe(9);
  expect(labProgress(after, 3)).toEqual(labProgress(before, 3));
  expect(before.lastLab).toBe(3);
  expect(emptyProgress).toEqual({ labs: {}, lastLab: undefined });
});
