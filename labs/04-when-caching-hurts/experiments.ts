import type { Cell, ExperimentResult, Probe, Server } from 'course-labs/kit';
import { originTruth, plainSubjects } from 'course-labs/kit';
import { askAll, askWell, oneOffs, searchCalls, searchPath, seatsPath } from './requests.ts';

/** Ends an experiment where a server is not as it must be. */
const words = { asked: 'a request of an experiment', rationale: 'It is to be shown, not to fail.' };
const get = (server: Server, path: string) => askWell(server, { path }, words);

/** What the seats leave for texts. */
export interface SeatsData {
  /** Free seats: at the start, and at the end as the server told and as they were. */
  free: Record<'start' | 'told' | 'truth', number>;
}

/** One subject's seats are booked elsewhere, all of them; the server is asked four times meanwhile. */
export async function seats(probe: Probe): Promise<ExperimentResult> {
  const { server } = probe;
  const elsewhere = await probe.launch({ cacheBackend: 'none' });
  const name = plainSubjects(probe.school)[0]?.name ?? '';
  const truth = async () => (await originTruth<{ free: number }>(probe.origin, 'seats', name)).free;
  const start = await truth();
  const rows: Cell[][] = [];
  let [left, told] = [start, start];
  for (const share of [0, 0.5, 0.75, 1]) {
    // Every answer of the registrar is a booking: the first of our server's, all of the other's.
    while ((await truth()) > Math.round(start * (1 - share))) {
      await get(elsewhere, seatsPath(name));
    }
    left = await truth();
    told = ((await get(server, seatsPath(name))).json as { free: number }).free;
    rows.push([`${start - left} booked`, { value: left }, { value: told }]);
  }
  const data: SeatsData = { free: { start, told, truth: left } };
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `Seats of ${name}, within one minute`,
      columns: ['until then', 'really free', 'our server says'],
      rows,
      notes: ['Our server keeps its answer for 60 s. The bookings came by another way.'],
    },
  };
}

/** How many of the flood come only once, and how many the cache has room for. */
export const flood = { oneOffs: 500, room: 50, favourites: 3 } as const;

/** What the flood leaves for texts. */
export interface FloodData {
  failed: number;
  /** Of favourites. */
  asked: number;
  hits: number;
  /** To the origin, for searches that were then answered 5xx. */
  wasted: number;
}

/** 500 searches that come once, and from the hundredth on three favourites after every five of them. */
export async function fullCache(probe: Probe): Promise<ExperimentResult> {
  const { server, origin } = probe;
  const once = oneOffs(probe, flood.oneOffs);
  const favourites = oneOffs(probe, flood.favourites);
  const failed = new Set<string>();
  const failures = { once: 0, favourites: 0 };
  const ask = (kind: keyof typeof failures) => async (search: string) => {
    const { status } = await server.get(searchPath(search));
    if (status < 500) return;
    failed.add(search);
    failures[kind] += 1;
  };
  let asked = 0;
  for (let from = 0; from < once.length; from += 5) {
    await askAll(once.slice(from, from + 5), ask('once'));
    if (from < 100) continue;
    asked += favourites.length;
    await askAll(favourites, ask('favourites'));
  }
  const sum = async (searches: readonly string[]) =>
    [...(await searchCalls(origin, searches)).values()].reduce((all, each) => all + each, 0);
  const calls = { once: await sum(once), favourites: await sum(favourites) };
  const data: FloodData = {
    failed: failures.once,
    asked,
    hits: asked - calls.favourites,
    wasted: await sum([...failed]),
  };
  const row = (what: string, count: number, kind: keyof typeof failures): Cell[] => [
    what,
    { value: count },
    { value: count - failures[kind] },
    { value: failures[kind] },
    { value: calls[kind] },
  ];
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `Searches, with room for ${flood.room} entries`,
      columns: ['', 'asked', 'answered', 'failed (5xx)', 'calls to the origin'],
      rows: [
        row('that come once', once.length, 'once'),
        row('three favourites, again and again', asked, 'favourites'),
      ],
      notes: failed.size > 0 ? [`The server logged: ${await loggedError(probe)}`] : [],
    },
  };
}

/** Logs come a little after answers. */
async function loggedError({ server, clock, poll }: Probe): Promise<string> {
  const find = () =>
    server.logs().flatMap(({ fields }) => (fields?.err as { message?: string })?.message ?? [])[0];
  await poll(() => find() !== undefined, clock.nowMs() + 2_000);
  return find() ?? 'nothing';
}
