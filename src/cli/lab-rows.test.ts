import { describe, expect, it } from 'vitest';
import type { LabSummary } from '../catalog/lab-list.ts';
import type { Lab } from '../catalog/types.ts';
import {
  emptyProgress,
  labProgress,
  type Progress,
  recordAttempt,
  recordFinished,
  recordPosition,
} from '../workspace/index.ts';
import { labAfter, labRow, nextLab } from './lab-rows.ts';
import { endOfRun } from './run-ends.ts';

const labs = [1, 2, 3].map(
  (number) =>
    ({
      number,
      title: `Lab ${number}`,
      steps: [
        { id: 'welcome', phase: 'PREDICT' },
        { id: 'edit', phase: 'EDIT', kind: 'edit', exercise: 'C1' },
        { id: 'check', phase: 'CHECK', kind: 'check', exercise: 'C1' },
      ],
      exercises: [{ id: 'C1', kind: 'code', points: 60 }],
    }) as unknown as LabSummary & Lab,
);
const lab1 = labs[0] as LabSummary & Lab;

const passed = (progress: Progress, lab: number) =>
  recordAttempt(progress, lab, { exercise: 'C1', passed: true, points: 60 } as never);
const finished = (progress: Progress, lab: number) => recordFinished(passed(progress, lab), lab);

describe('the lab to go on with', () => {
  it('is the first at the beginning, and none at the end', () => {
    expect(nextLab(labs, emptyProgress)?.number).toBe(1);
    expect(nextLab(labs, [1, 2, 3].reduce(finished, emptyProgress))).toBeUndefined();
  });

  it('is the one that was last open, until nothing of it is left', () => {
    let progress = recordPosition(emptyProgress, 2, { step: 'edit', run: 1 });
    expect(nextLab(labs, progress)?.number).toBe(2);
    // Graded from a second terminal: its run still waits at the edit.
    progress = passed(progress, 2);
    expect(nextLab(labs, progress)?.number).toBe(2);
    expect(labRow(labs[1] as LabSummary, progress)).toMatchObject({
      state: 'done',
      next: 'continue at EDIT',
    });
    expect(nextLab(labs, recordFinished(progress, 2))?.number).toBe(3);
  });

  it('comes after the one that is done; before it, where all after it are done', () => {
    expect(labAfter(labs, emptyProgress, 1)?.number).toBe(2);
    expect(labAfter(labs, emptyProgress, 3)?.number).toBe(1);
    expect(labAfter(labs, finished(emptyProgress, 3), 2)?.number).toBe(1);
  });
});

describe('a run that went to its end', () => {
  it('is over where the code has passed, and goes on at the edit where it has not', () => {
    const open = recordPosition(emptyProgress, 1, { step: 'check', run: 4 });
    expect(labProgress(endOfRun(passed(open, 1), lab1, 4), 1)).toMatchObject({
      finished: true,
      position: undefined,
    });
    expect(labProgress(endOfRun(open, lab1, 4), 1)).toMatchObject({
      finished: true,
      position: { step: 'edit', run: 4 },
    });
  });
});
