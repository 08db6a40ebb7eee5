import { describe, expect, it } from 'vitest';
import type { LabMutation } from './lab-mutations.ts';
import { inFairOrder } from './sample.ts';

const mutation = (operator: string, answer: string, line: number) =>
  ({ operator, answer, line }) as LabMutation;
const many = [
  ...Array.from({ length: 20 }, (_, line) => mutation('off-by-one', 'long', line)),
  ...Array.from({ length: 3 }, (_, line) => mutation('off-by-one', 'short', line)),
  mutation('drop-await', 'long', 1),
  mutation('drop-throw', 'short', 1),
];

describe('the order of mutants', () => {
  it('gives each operator its share, however often the others apply', () => {
    const firstThree = inFairOrder(many, 1).slice(0, 3);
    expect(firstThree.map(({ operator }) => operator).sort()).toEqual([
      'drop-await',
      'drop-throw',
      'off-by-one',
    ]);
  });

  it('goes from answer to answer within an operator', () => {
    const edges = inFairOrder(many, 1).filter(({ operator }) => operator === 'off-by-one');
    expect(new Set(edges.slice(0, 2).map(({ answer }) => answer)).size).toBe(2);
  });

  it('holds each mutant once, and is repeated by its seed alone', () => {
    expect(new Set(inFairOrder(many, 7))).toEqual(new Set(many));
    expect(inFairOrder(many, 7)).toHaveLength(many.length);
    expect(inFairOrder(many, 7)).toEqual(inFairOrder(many, 7));
    expect(inFairOrder(many, 7)).not.toEqual(inFairOrder(many, 8));
  });
});
