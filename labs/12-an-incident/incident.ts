import type { School } from 'course-labs/kit';
import { createRandom, plainSubjects } from 'course-labs/kit';
import { accessLine } from './incident-access.ts';
import { applicationEntries } from './incident-application.ts';
import { counterLines } from './incident-counters.ts';
import { deployLines } from './incident-deploys.ts';
import { throughPipe } from './incident-pipe.ts';
import { instances, type Plan, planIncident } from './incident-plan.ts';
import { play, type Served } from './incident-play.ts';
import { makeTraffic } from './incident-traffic.ts';

/** The incident of one school: what happened, and the files that tell of it. */
export interface Incident {
  plan: Plan;
  /** By the time of their answers. */
  served: readonly Served[];
  /** Texts by file name, JSON lines. */
  files: Readonly<Record<string, string>>;
}

/** The incident of this school; the same for the same seed. Pure, and takes a tenth of a second or so. */
export function createIncident(school: School): Incident {
  const random = createRandom(school.seed, 'incident');
  const subjects = plainSubjects(school).map(({ name }) => name);
  const plan = planIncident(random.fork('plan'), subjects);
  const served = play(random.fork('play'), plan, makeTraffic(random.fork('traffic'), plan, school));
  const texts = instances.flatMap((instance): [string, readonly string[]][] => [
    [
      `access-${instance}.jsonl`,
      served
        .filter(({ request }) => request.instance === instance)
        .map((each) => accessLine(plan, each)),
    ],
    [
      `app-${instance}.jsonl`,
      throughPipe(plan, instance, applicationEntries(plan, school, served, instance)),
    ],
  ]);
  const files = [
    ...texts,
    ['counters.jsonl', counterLines(plan, served)],
    ['deploys.jsonl', deployLines(plan, school)],
  ] as const;
  return {
    plan,
    served,
    files: Object.fromEntries(files.map(([name, lines]) => [name, `${lines.join('\n')}\n`])),
  };
}
