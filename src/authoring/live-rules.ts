import type { Lab } from '../catalog/types.ts';
import { type LiveStep, logLevels } from '../kit/index.ts';
import { createSchool } from '../registrar/school.ts';

/** A demonstration has 60 s for the whole lab. */
const longestDemonstration = 20;
const anySeed = 11;

/** What is wrong with a lab's live scene; nothing, where it has none. */
export function liveSceneProblems({ live, steps }: Pick<Lab, 'live' | 'steps'>): string[] {
  if (live === undefined) return [];
  const { connections } = live;
  const requests = live.requests(createSchool(anySeed)).length;
  return [
    ...(requests >= 1 && requests <= 1000
      ? []
      : [`the live scene has ${requests} requests; it must have 1 to 1,000`]),
    ...(Number.isInteger(connections) && connections >= 1 && connections <= 50
      ? []
      : [`the live scene has ${connections} connections; it must have 1 to 50`]),
    ...(steps.some(({ kind }) => kind === 'live')
      ? []
      : ['the lab has a live scene, and no step that shows it']),
  ];
}

/** What is wrong with a step that shows the live scene. */
export function liveStepProblems({ id, demonstration }: LiveStep, scene: Lab['live']): string[] {
  const total = demonstration.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    ...(scene === undefined ? [`the step ${id} shows a live scene, and the lab has none`] : []),
    ...(demonstration.length === 0 ? [`the step ${id} has no level to demonstrate`] : []),
    ...demonstration
      .filter(({ level }) => !logLevels.includes(level))
      .map(({ level }) => `the step ${id} demonstrates the level ${level}, which is unknown`),
    ...(demonstration.every(({ seconds }) => seconds >= 1) && total <= longestDemonstration
      ? []
      : [
          `the step ${id} must demonstrate each level for 1 s or more, and all for at most ${longestDemonstration} s`,
        ]),
  ];
}
