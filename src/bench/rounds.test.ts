import { describe, expect, it } from 'vitest';
import type { BenchOptions } from '../kit/index.ts';
import { measuredOf, noFailures } from './figures.testing.ts';
import type { Measure, MeasureRequest } from './measured.ts';
import { type BenchProgress, type RoundsPlan, runRounds } from './rounds.ts';

const options: BenchOptions = {
  rounds: 3,
  durationSeconds: 2,
  connections: 20,
  warmUpSeconds: 1,
};

function planOf(measure: Measure, change: Partial<RoundsPlan> = {}): RoundsPlan {
  return {
    title: 'GET /',
    server: 'mine',
    path: '/',
    variants: ['off', 'on'],
    options,
    startAnew: async () => {},
    measure,
    ...change,
  };
}

/** Keeps what was asked. */
function recording(answer: Measure): { asked: MeasureRequest[]; measure: Measure } {
  const asked: MeasureRequest[] = [];
  return {
    asked,
    measure(request, signal) {
      asked.push(request);
      return answer(request, signal);
    },
  };
}

const named = ({ variant, round }: Pick<MeasureRequest, 'variant' | 'round'>) =>
  `${variant} ${round ?? 'warm-up'}`;

describe('runRounds', () => {
  it('measures every variant in every round, there and back, each time anew and warmed up', async () => {
    const { asked, measure } = recording(async () => measuredOf(10));
    const done: string[] = [];
    const startAnew = async () => void done.push(...asked.splice(0).map(named), 'anew');
    const result = await runRounds(planOf(measure, { startAnew }));
    const order = ['off 0', 'on 0', 'on 1', 'off 1', 'off 2', 'on 2'];
    expect([...done, ...asked.map(named)]).toEqual([
      ...['anew', 'off warm-up', 'on warm-up'],
      ...['anew', 'off warm-up', 'off 0', 'on warm-up', 'on 0'],
      ...['anew', 'on warm-up', 'on 1', 'off warm-up', 'off 1'],
      ...['anew', 'off warm-up', 'off 2', 'on warm-up', 'on 2'],
    ]);
    expect(result.kind === 'measured' && result.measurements.map(named)).toEqual(order);
  });

  it('takes as long for each as the options say', async () => {
    const { asked, measure } = recording(async () => measuredOf(10));
    await runRounds(planOf(measure));
    expect(asked[0]).toMatchObject({ durationSeconds: 1, connections: 20 });
    expect(asked[3]).toMatchObject({ durationSeconds: 2, connections: 20 });
  });

  it('says what it does, and how far it is', async () => {
    const said: BenchProgress[] = [];
    const measure = async () => measuredOf(10);
    await runRounds(planOf(measure, { onProgress: (progress) => said.push(progress) }));
    expect(said.map(({ fraction }) => Math.round(fraction * 20))).toEqual([
      0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18,
    ]);
    expect(said[0]).toEqual({ variant: 'off', round: undefined, rounds: 3, fraction: 0 });
    expect(said.map(({ variant, round }) => `${variant} ${round ?? 'first'}`)).toEqual([
      ...['off first', 'on first', 'off 0', 'off 0', 'on 0', 'on 0'],
      ...['on 1', 'on 1', 'off 1', 'off 1', 'off 2', 'off 2', 'on 2', 'on 2'],
    ]);
  });

  it('hands over what was measured after every round, and waits until it is saved', async () => {
    const saved: number[] = [];
    const { asked, measure } = recording(async () => measuredOf(10));
    const onRound: RoundsPlan['onRound'] = async (measurements) => {
      const before = asked.length;
      await Promise.resolve();
      expect(asked.length).toBe(before);
      saved.push(measurements.length);
    };
    await runRounds(planOf(measure, { onRound }));
    expect(saved).toEqual([2, 4, 6]);
  });

  it('stops at the first measurement that failed, and says why', async () => {
    const failures = { ...noFailures, non2xx: 4 };
    const saved: number[] = [];
    const { asked, measure } = recording(async ({ variant, round }) =>
      variant === 'on' && round === 1
        ? {
            ...measuredOf(6, { failures }),
            statuses: { 200: 6, 500: 4 },
            serverError: 'TypeError: x at server.ts:31:14',
          }
        : measuredOf(10),
    );
    const onRound = (measurements: readonly unknown[]) => void saved.push(measurements.length);
    expect(await runRounds(planOf(measure, { onRound }))).toEqual({
      kind: 'refused',
      title: 'GET /',
      options,
      server: 'mine',
      variant: 'on',
      round: 1,
      reason: '4 of 10 answers were 500.',
      failures,
      serverError: 'TypeError: x at server.ts:31:14',
      path: '/',
    });
    expect(named(asked.at(-1) as MeasureRequest)).toBe('on 1');
    expect(saved).toEqual([2]);
  });

  it('throws the figures of warm-ups away, failures too', async () => {
    const measure: Measure = async ({ round }) =>
      round === undefined ? measuredOf(0) : measuredOf(10);
    expect((await runRounds(planOf(measure))).kind).toBe('measured');
  });

  it('does without a warm-up of no length', async () => {
    const { asked, measure } = recording(async () => measuredOf(10));
    await runRounds(planOf(measure, { options: { ...options, warmUpSeconds: 0 } }));
    expect(asked).toHaveLength(6);
  });

  it('measures nothing more once the signal has fired', async () => {
    const abort = new AbortController();
    const reason = new Error('left');
    const { asked, measure } = recording(async ({ round }, signal) => {
      expect(signal).toBe(abort.signal);
      if (round === 1) abort.abort(reason);
      return measuredOf(10);
    });
    await expect(runRounds(planOf(measure, { signal: abort.signal }))).rejects.toBe(reason);
    expect(asked.map(named).at(-1)).toBe('on 1');
  });
});
