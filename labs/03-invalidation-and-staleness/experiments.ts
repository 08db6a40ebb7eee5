import type { Answer, ExperimentResult, Probe } from 'course-labs/kit';
import { demand, plainSubjects } from 'course-labs/kit';
import { detail, pageWith, put, search, stats, type View } from './views.ts';

/** What the first experiment leaves for texts and predictions. */
export interface FourViews {
  /** Views that still told the old professor after the PUT. */
  stale: number;
  old: string;
  new: string;
  ttlSeconds: number;
}

/** What the readers beside a writer were told; times in milliseconds since the first read. */
export interface Staleness {
  views: readonly ViewStaleness[];
  /** The age of the oldest answer; 0 where none was stale. */
  largestMs: number;
  answers: number;
  stale: number;
}

export interface ViewStaleness {
  view: string;
  answers: number;
  /** Answers whose value had been replaced when they were asked for. */
  stale: number;
  /** Of the stale ones; 0 where there are none. */
  meanAgeMs: number;
  /** The answer that was the oldest: when it was asked for, and when what it told had been replaced. */
  oldest: { askedAtMs: number; replacedAtMs: number } | undefined;
}

/** Short names for tables. */
async function views({ origin }: Probe, name: string): Promise<Readonly<Record<string, View>>> {
  const list = (await pageWith(origin, name)).view;
  return { detail: detail(name), statistics: stats(name), list, search: search(name) };
}

/** The professor of a subject in any of its views. */
export function professorIn({ json }: Pick<Answer, 'json'>, name: string): string {
  const body = json as { professor?: string; results?: { name: string; professor: string }[] };
  const found = body?.results?.find((subject) => subject.name === name) ?? body;
  return found?.professor ?? 'nobody';
}

async function askFor(probe: Probe, { request }: View): Promise<Answer> {
  const answer = await probe.server.request(request);
  const { path } = request;
  const rationale = 'An experiment needs answers.';
  demand('status', 200, answer.status, { asked: `GET ${path}`, rationale, request });
  return answer;
}

async function change(probe: Probe, name: string, professor: string): Promise<Answer> {
  const request = put(probe, name, { professor });
  const answer = await probe.server.request(request);
  const rationale = 'An experiment needs writes.';
  demand('status', 200, answer.status, { asked: `PUT ${request.path}`, rationale, request });
  return answer;
}

/** Asks for four views before a PUT, just after it, and after the TTL. */
export function fourViews(ttlSeconds: number) {
  return async (probe: Probe): Promise<ExperimentResult> => {
    for (const { name } of plainSubjects(probe.school).slice(0, 5)) {
      const all = Object.entries(await views(probe, name));
      const look = async () => {
        const told: string[] = [];
        for (const [, view] of all) told.push(professorIn(await askFor(probe, view), name));
        return told;
      };
      const startedAtMs = probe.clock.nowMs();
      const before = await look();
      const filledAtMs = probe.clock.nowMs();
      const professor = 'Prof. Newcomer';
      await change(probe, name, professor);
      const after = await look();
      // Where a busy machine was too slow for the TTL, another subject tells the story better.
      if (probe.clock.nowMs() >= startedAtMs + ttlSeconds * 1000) continue;
      await probe.waitUntil(filledAtMs + ttlSeconds * 1000 + 20);
      const later = await look();
      const [old = ''] = before;
      const data: FourViews = {
        stale: after.filter((told) => told === old).length,
        old,
        new: professor,
        ttlSeconds,
      };
      const rows = all.map(([view], index) =>
        [view, before[index], after[index], later[index]].map((cell) => cell ?? ''),
      );
      const columns = ['view', 'before', 'just after the PUT', `after ${ttlSeconds} s`];
      const title = `PUT /api/v1/subjects/${name}/ {"professor": "${professor}"}`;
      return { data: { ...data }, exhibit: { kind: 'table', title, columns, rows } };
    }
    throw new Error(`asking eight times took longer than ${ttlSeconds} s, five times`);
  };
}

const writes = 8;
const betweenReadsMs = 20;

/** A writer changes a subject again and again, and a reader beside it looks at each of four views all the time. */
export async function staleness(probe: Probe): Promise<ExperimentResult> {
  const [subject] = plainSubjects(probe.school);
  const name = subject?.name ?? '';
  const all = await views(probe, name);
  let writing = true;
  const reader = async (view: View) => {
    const answers = [await askFor(probe, view)];
    while (writing) {
      await probe.waitUntil(probe.clock.nowMs() + betweenReadsMs);
      answers.push(await askFor(probe, view));
    }
    return answers;
  };
  const startMs = probe.clock.nowMs();
  /** By professor: when another one had taken the place. */
  const replacedAtMs = new Map<string, number>();
  const writer = async () => {
    let professor = professorIn(await askFor(probe, detail(name)), name);
    for (let turn = 1; turn <= writes; turn += 1) {
      await probe.waitUntil(probe.clock.nowMs() + probe.random.integer(350, 650));
      const next = `Prof. Number ${turn}`;
      const { receivedAtMs } = await change(probe, name, next);
      replacedAtMs.set(professor, receivedAtMs);
      professor = next;
    }
  };
  const [told] = await Promise.all([
    Promise.all(Object.values(all).map(reader)),
    writer().finally(() => {
      writing = false;
    }),
  ]);
  const aged = Object.keys(all).map((view, index) =>
    agesOf(
      view,
      told[index] ?? [],
      (answer) => replacedAtMs.get(professorIn(answer, name)),
      startMs,
    ),
  );
  return stalenessResult(name, aged);
}

function agesOf(
  view: string,
  answers: readonly Answer[],
  replacedAt: (answer: Answer) => number | undefined,
  startMs: number,
): ViewStaleness {
  const old = answers.flatMap((answer) => {
    const replacedAtMs = replacedAt(answer);
    // An answer that was asked for before the PUT was answered may tell either.
    if (replacedAtMs === undefined || answer.sentAtMs < replacedAtMs) return [];
    const { sentAtMs: askedAtMs } = answer;
    const since = (moment: number) => Math.round(moment - startMs);
    const times = { askedAtMs: since(askedAtMs), replacedAtMs: since(replacedAtMs) };
    return [{ ...times, ageMs: since(askedAtMs) - since(replacedAtMs) }];
  });
  const oldest = old.toSorted((left, right) => right.ageMs - left.ageMs)[0];
  return {
    view,
    answers: answers.length,
    stale: old.length,
    meanAgeMs: old.reduce((sum, { ageMs }) => sum + ageMs, 0) / Math.max(1, old.length),
    oldest: oldest && { askedAtMs: oldest.askedAtMs, replacedAtMs: oldest.replacedAtMs },
  };
}

function stalenessResult(name: string, views: readonly ViewStaleness[]): ExperimentResult {
  const sum = (of: 'answers' | 'stale') => views.reduce((all, view) => all + view[of], 0);
  const ages = views.map(({ oldest }) => (oldest ? oldest.askedAtMs - oldest.replacedAtMs : 0));
  const data: Staleness = {
    views,
    largestMs: Math.max(...ages),
    answers: sum('answers'),
    stale: sum('stale'),
  };
  const ms = (value: number | undefined) =>
    value === undefined ? '–' : { value, unit: 'ms', digits: 0 };
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `${writes} PUTs to ${name}, and a reader for each view`,
      columns: ['view', 'answers', 'stale', 'mean age', 'oldest, asked at', 'replaced at'],
      rows: views.map(({ view, answers, stale, meanAgeMs, oldest }) => [
        view,
        { value: answers },
        { value: stale },
        ms(stale > 0 ? meanAgeMs : undefined),
        ms(oldest?.askedAtMs),
        ms(oldest?.replacedAtMs),
      ]),
    },
  };
}
