import type { BenchReport } from '../kit/index.ts';

/** Whose server was measured, in words. */
export const serverNames: Readonly<Record<BenchReport['server'], string>> = {
  demonstration: "the lab's server",
  mine: 'your server',
  solution: "the lab's right answer",
};
