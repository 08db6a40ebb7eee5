import { describe, expect, it } from 'vitest';
import type { Lab } from '../catalog/types.ts';
import type { BenchReport, Exhibit, PosedQuestion, RunRecord, Step } from '../kit/index.ts';
import type { StoredRun } from '../workspace/types.ts';
import type { LessonEvent } from './events.ts';
import { type LessonPrompts, noPrompts } from './prompts.ts';
import { runLesson } from './run-lesson.ts';
import type { LessonTools } from './tools.ts';

const figures = { kind: 'figures', server: 'demonstration' } as unknown as BenchReport;
const posed: PosedQuestion = {
  text: 'How many?',
  format: { kind: 'number', expected: 3, tolerance: { absolute: 0 } },
  why: 'Counted.',
};

const prices: Exhibit = { kind: 'timeline', moments: [] };

const steps: readonly Step[] = [
  { kind: 'read', id: 'welcome', phase: 'PREDICT' },
  {
    kind: 'predict',
    id: 'guess',
    phase: 'PREDICT',
    ask: { kind: 'number', unit: 'calls' },
    measured: (run) => Number(run.experiments.look?.data.calls),
  },
  {
    kind: 'experiment',
    id: 'look',
    phase: 'RUN',
    settings: {},
    origin: {},
    run: () => Promise.reject(new Error('the tools run it')),
  },
  {
    kind: 'bench',
    id: 'load',
    phase: 'RUN',
    server: 'demonstration',
    rounds: 3,
    durationSeconds: 1,
    demonstration: { rounds: 3, durationSeconds: 1 },
  },
  {
    kind: 'observe',
    id: 'seen',
    phase: 'OBSERVE',
    predictions: ['guess'],
    values: (run) => ({ calls: Number(run.experiments.look?.data.calls) }),
  },
  { kind: 'question', id: 'ask', phase: 'EXPLAIN', exercise: 'Q1' },
  { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
  { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
];

const texts = new Map(
  steps.map(({ id }) => [id, { id, title: id, text: id === 'seen' ? 'It was {{calls}}.' : id }]),
);

/** A lab of these steps, with tools that are exact and instant. */
function world(kind: StoredRun['kind'] = 'guided', passesAt = 1, erroredFor?: string) {
  const events: LessonEvent[] = [];
  const places: (string | undefined)[] = [];
  const saved: StoredRun[] = [];
  const logs: Record<string, string> = {};
  let gradings = 0;
  const tools: LessonTools = {
    experiment: async () => ({
      exhibit: { kind: 'timeline', moments: [], commands: ['grep req-1 {{log}}'] },
      data: { calls: 3 },
      log: '{"level":30,"reqId":"req-1"}\n',
    }),
    bench: async () => figures,
    live: async ({ id }) => (id === 'left-at-once' ? undefined : prices),
    grade: async () => {
      gradings += 1;
      const points = gradings >= passesAt ? 60 : 0;
      const checks = erroredFor === undefined ? [] : [{ outcome: 'errored', reason: erroredFor }];
      const verdict = { points, possible: 60, notJudged: 0, checks } as never;
      return { verdict, answer: 'mine' };
    },
    pose: () => ({ points: 10, question: posed }),
    answer: async () => ({ kind: 'question', outcome: 'right' }) as never,
    fileOf: () => 'server.ts',
  };
  const record: RunRecord = {
    id: 1,
    lab: 1,
    seed: 7,
    predictions: {},
    benches: {},
    experiments: {},
  };
  const run = { id: 1, kind, complete: false, record } as unknown as StoredRun;
  const lab = {
    number: 1,
    title: 'T',
    minutes: 5,
    steps,
    lesson: async () => texts,
  } as never as Lab;
  const start = (
    prompts: Partial<LessonPrompts> = {},
    more: { from?: string; run?: StoredRun } = {},
  ) =>
    runLesson({
      lab,
      next: undefined,
      run,
      prompts: { ...noPrompts, ...prompts },
      tools,
      store: {
        save: async (stored) => void saved.push(stored),
        standAt: async (step) => void places.push(step),
        keepLog: async (step, text) => {
          logs[step] = text;
        },
        logFile: (step) => `my work/${step}.log`,
      },
      onEvent: (event) => events.push(event),
      ...more,
    });
  return { start, events, places, saved, logs };
}

const kinds = (events: readonly LessonEvent[]) => events.map(({ kind }) => kind);

describe('a guided run', () => {
  it('goes through its steps in order, and keeps each result before the next step', async () => {
    const { start, events, places, saved } = world();
    const end = await start({ predict: async () => 5, answer: async () => '3' });
    expect(end).toEqual({ kind: 'finished' });
    expect(places).toEqual([...steps.map(({ id }) => id), undefined]);
    expect(saved.map(({ complete }) => complete)).toEqual([false, false, true]);
    expect(saved.at(-1)?.record).toMatchObject({
      predictions: { guess: 5 },
      benches: { load: figures },
      experiments: { look: { data: { calls: 3 } } },
    });
    expect(kinds(events).filter((kind) => kind !== 'step')).toEqual([
      'experiment',
      'bench',
      'predictions',
      'text',
      'posed',
      'question',
      'edit',
      'verdict',
      'summary',
    ]);
    expect(events).toContainEqual({ kind: 'text', text: 'It was 3.' });
    expect(events.find(({ kind }) => kind === 'summary')).toMatchObject({
      comparisons: [{ predicted: 5, measured: 3, close: true }],
    });
  });

  it('lays the log of an experiment aside, and names its file where it is to be searched', async () => {
    const { start, events, saved, logs } = world();
    await start();
    expect(logs).toEqual({ look: '{"level":30,"reqId":"req-1"}\n' });
    const result = events.flatMap((event) =>
      event.kind === 'experiment' ? [event.result] : [],
    )[0];
    expect(result?.exhibit.commands).toEqual(["grep req-1 'my work/look.log'"]);
    expect(JSON.stringify(saved)).toContain('grep req-1 {{log}}');
    expect(JSON.stringify(saved)).not.toContain('level');
  });

  it('is left at EDIT, and goes on there with the run that it had', async () => {
    const first = world();
    expect(await first.start({ edited: async () => 'leave' })).toEqual({
      kind: 'left',
      at: 'edit',
    });
    const second = world();
    const run = first.saved.at(-1) as StoredRun;
    expect(await second.start({}, { from: 'edit', run })).toEqual({ kind: 'finished' });
    expect(second.places).toEqual(['edit', 'check', undefined]);
  });

  it('goes back to the edit after a check that did not pass', async () => {
    const { start, places } = world('guided', 2);
    await start({ retry: async () => 'edit' });
    // It stands at the edit as soon as the check has not passed: whoever is interrupted there goes on at the edit.
    expect(places.slice(-6)).toEqual(['edit', 'check', 'edit', 'edit', 'check', undefined]);
  });

  it('stands at the edit when it is left after a check', async () => {
    const { start, places } = world('guided', 2);
    expect(await start({ retry: async () => 'leave' })).toEqual({ kind: 'left', at: 'edit' });
    expect(places.at(-1)).toBe('edit');
  });
});

describe('a demonstration', () => {
  it('asks nothing, and leaves the questions to the guided run', async () => {
    const { start, events, saved } = world('demonstration');
    await start();
    expect(kinds(events)).not.toContain('posed');
    expect(saved.at(-1)?.record.predictions).toEqual({});
    const headings = events.filter((event) => event.kind === 'step');
    expect(headings.at(-1)).toMatchObject({ index: 7, total: 7 });
    expect(events.at(-1)).toMatchObject({ kind: 'summary', demonstration: true });
  });

  it('ends, with what happened, where the right answer could not be judged', async () => {
    const why = 'The registrar ended (SIGKILL).';
    const { start, events } = world('demonstration', 2, why);
    await expect(start()).rejects.toMatchObject({
      exitCode: 3,
      message: `The right answer could not be judged: ${why}`,
    });
    expect(events.at(-1)).toMatchObject({ kind: 'verdict' });
    expect(await world('guided', 2, why).start({ retry: async () => 'leave' })).toEqual({
      kind: 'left',
      at: 'edit',
    });
  });
});

describe('a live step', () => {
  it('is read before it is opened, shows what the levels cost, and leaves nothing behind', async () => {
    const { start, events, saved } = world();
    let proceeded = 0;
    const live = (id: string) =>
      ({ kind: 'live', id, phase: 'RUN', demonstration: [{ level: 'info', seconds: 1 }] }) as const;
    const lab = {
      number: 1,
      title: 'T',
      minutes: 5,
      steps: [live('watch'), live('left-at-once')],
      lesson: async () =>
        new Map(['watch', 'left-at-once'].map((id) => [id, { id, title: id, text: id }])),
    };
    const proceed = async () => {
      proceeded += 1;
      if (proceeded === 1) expect(kinds(events)).toEqual(['step']);
    };
    expect(await start({ proceed }, { lab } as never)).toEqual({ kind: 'finished' });
    expect(kinds(events)).toEqual(['step', 'live', 'step', 'summary']);
    expect(events[1]).toEqual({ kind: 'live', exhibit: prices });
    expect([proceeded, saved]).toEqual([3, []]);
  });
});

describe('a lesson', () => {
  it('never shows a gap where a figure belongs', async () => {
    const broken = new Map([...texts, ['welcome', { id: 'welcome', title: 'w', text: '{{gap}}' }]]);
    const { start } = world();
    const lab = { number: 1, title: 'T', minutes: 5, steps, lesson: async () => broken } as never;
    await expect(start({}, { lab } as never)).rejects.toThrow(/gap/);
  });
});
