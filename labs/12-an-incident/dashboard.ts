import type { Cell, ExperimentResult, Probe } from 'course-labs/kit';
import { incidentOf } from './evidence.ts';
import { lengthMs, minuteOf, timeOf } from './incident-plan.ts';
import type { Served } from './incident-play.ts';

const windowMs = 30_000;

/** What the school's monitoring showed of the five minutes: figures, half a minute each. */
export async function dashboard({ school }: Probe): Promise<ExperimentResult> {
  const { plan, served } = incidentOf(school);
  const starts = Array.from({ length: lengthMs / windowMs }, (_, index) => index * windowMs);
  const rows = starts.map((startMs): Cell[] => {
    const isIn = (atMs: number) => atMs >= startMs && atMs < startMs + windowMs;
    const answers = served.filter(({ endMs }) => isIn(endMs));
    const calls = served.filter(({ call }) => call && isIn(call.atMs)).length;
    return [timeOf(plan, startMs).slice(11, 19), ...figuresOf(answers), { value: calls }];
  });
  return {
    data: { from: minuteOf(plan, 0) },
    exhibit: {
      kind: 'table',
      title: 'The dashboard: 12 June 2026, both instances',
      columns: ['from', 'answers', 'failed', 'half took, ms', 'hit rate', 'calls to the origin'],
      rows,
      notes: ['Half of the answers took at most the time in the fourth column.'],
    },
  };
}

function figuresOf(answers: readonly Served[]): Cell[] {
  const took = answers.map(({ endMs, request }) => endMs - request.atMs).sort((a, b) => a - b);
  const count = (outcome: Served['cache']) =>
    answers.filter(({ cache }) => cache === outcome).length;
  const hits = count('hit');
  return [
    { value: answers.length },
    { value: answers.filter(({ status }) => status >= 500).length },
    { value: took[Math.floor(took.length / 2)] ?? 0 },
    { value: (100 * hits) / Math.max(1, hits + count('miss')), unit: '%', digits: 0 },
  ];
}
