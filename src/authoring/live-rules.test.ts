import { describe, expect, it } from 'vitest';
import type { LiveScene, LiveStep, LogLevel } from '../kit/index.ts';
import { liveSceneProblems, liveStepProblems } from './live-rules.ts';

const scene: LiveScene = {
  settings: { logLevel: 'info' },
  origin: {},
  requests: ({ alice }) => [{ path: `/?user=${alice.id}` }],
  connections: 10,
};

const step = (...demonstration: { level: LogLevel; seconds: number }[]): LiveStep => ({
  kind: 'live',
  id: 'watch',
  phase: 'RUN',
  demonstration,
});
const good = step({ level: 'info', seconds: 4 }, { level: 'debug', seconds: 4 });

describe('the rules of live scenes', () => {
  it('let a sound one pass, and a lab without any', () => {
    expect(liveSceneProblems({ live: scene, steps: [good] })).toEqual([]);
    expect(liveStepProblems(good, scene)).toEqual([]);
    expect(liveSceneProblems({ steps: [] })).toEqual([]);
  });

  it.each<[Partial<LiveScene>, string]>([
    [{ connections: 0 }, 'has 0 connections; it must have 1 to 50'],
    [{ connections: 51 }, 'has 51 connections'],
    [{ requests: () => [] }, 'has 0 requests; it must have 1 to 1,000'],
  ])('refuse a scene with %o', (change, words) => {
    const problems = liveSceneProblems({ live: { ...scene, ...change }, steps: [good] });
    expect(problems).toEqual([expect.stringContaining(words)]);
  });

  it('refuse a scene that no step shows, and a step without a scene', () => {
    expect(liveSceneProblems({ live: scene, steps: [] })).toEqual([
      'the lab has a live scene, and no step that shows it',
    ]);
    expect(liveStepProblems(good, undefined)).toEqual([
      'the step watch shows a live scene, and the lab has none',
    ]);
  });

  it.each<[LiveStep, string]>([
    [step(), 'the step watch has no level to demonstrate'],
    [step({ level: 'loud' as LogLevel, seconds: 2 }), 'the level loud, which is unknown'],
    [step({ level: 'info', seconds: 0.5 }), 'each level for 1 s or more'],
    [step({ level: 'info', seconds: 21 }), 'all for at most 20 s'],
  ])('refuse a demonstration that cannot be shown in its time', (each, words) => {
    expect(liveStepProblems(each, scene)).toEqual([expect.stringContaining(words)]);
  });
});
