import { describe, expect, it } from 'vitest';
import type { PredictStep, RunRecord } from '../kit/index.ts';
import { comparePredictions } from './predictions.ts';

const run: RunRecord = {
  id: 1,
  lab: 5,
  seed: 7,
  predictions: { calls: 9, winner: 'a' },
  benches: {},
  experiments: {},
};

function step(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']): PredictStep {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured };
}

const winner = step(
  'winner',
  {
    kind: 'choice',
    options: [
      { id: 'a', text: 'memory' },
      { id: 'b', text: 'Redis' },
    ],
  },
  () => 'b',
);

describe('comparePredictions', () => {
  it('puts what was said beside what came, in words', () => {
    const calls = step('calls', { kind: 'number', unit: 'calls' }, () => 6);
    expect(comparePredictions([calls, winner], new Map(), run)).toEqual([
      { step: 'calls', title: 'calls', predicted: 9, measured: 6, unit: 'calls', close: true },
      {
        step: 'winner',
        title: 'winner',
        predicted: 'memory',
        measured: 'Redis',
        unit: undefined,
        close: false,
      },
    ]);
  });

  it('leaves out what could not be measured here', () => {
    const absent = step('away', { kind: 'number', unit: 's' }, () => undefined);
    const compared = comparePredictions([absent, winner], new Map(), run);
    expect(compared.map((each) => each.step)).toEqual(['winner']);
  });
});
