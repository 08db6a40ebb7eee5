import { describe, expect, it } from 'vitest';
import { createIntake } from './intake.ts';

/** Reading a line takes 1 ms of the processor here. */
function intakeOf(budgetMs: number) {
  let spent = 0;
  const read: string[] = [];
  let unread = 0;
  const intake = createIntake({
    onRecord: ({ line }) => {
      spent += 1;
      read.push(line);
    },
    onUnread: (lines) => {
      unread += lines;
    },
    spentMs: () => spent,
    budgetMs,
  });
  return { intake, read, unread: () => unread };
}

describe('the intake', () => {
  it('reads as long as there is time, looking now and then, and counts what it does not read', () => {
    const { intake, read, unread } = intakeOf(100);
    for (let line = 0; line < 500; line += 1) intake.line(`line ${line}`);
    expect([read.length, unread()]).toEqual([128, 372]);
    intake.renew();
    for (let line = 0; line < 50; line += 1) intake.line(`line ${line}`);
    expect([read.length, unread()]).toEqual([178, 372]);
  });

  it('leaves blank lines out', () => {
    const { intake, read } = intakeOf(10);
    for (const line of ['', '  ', '\t', 'text']) intake.line(line);
    expect(read).toEqual(['text']);
  });
});
