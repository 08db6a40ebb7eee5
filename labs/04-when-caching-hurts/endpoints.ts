import type { Random } from 'course-labs/kit';

/** What has to be known of an endpoint before a cache is put in front of it. */
export interface Endpoint {
  what: string;
  /** Reads a second, over all answers. */
  reads: number;
  /** Changes a second, over all answers. */
  writes: number;
  /** What an answer costs without a cache. */
  costMs: number;
  /** How many different answers the reads spread over. */
  answers: number;
  /** Each user has answers of their own. */
  isPrivate: boolean;
  /** How old an answer may be, in seconds. */
  oldSeconds: number;
}

/** What a look into the cache costs. */
export const lookUpMs = 0.1;
/** Below so many requests for each fill, a cache is not worth its keep here. */
export const leastPerFill = 2;
/** The longest TTL that is called short. */
export const shortSeconds = 5;

export type Place = 'never-old' | 'never-cheap' | 'never-reuse' | 'short' | 'cache';

export interface Decision {
  place: Place;
  /** The number that decides, in words. */
  because: string;
}

/** Requests that come while one answer may be kept. */
export const perFill = ({ reads, answers, oldSeconds }: Endpoint) => (reads / answers) * oldSeconds;

/** The four questions of the lesson, in their order; the first that says no ends it. */
export function decide(endpoint: Endpoint): Decision {
  const { costMs, oldSeconds } = endpoint;
  const requests = perFill(endpoint);
  const shown = requests < 10 ? requests.toFixed(2) : Math.round(requests).toLocaleString('en');
  if (oldSeconds === 0) return { place: 'never-old', because: 'it may be 0 s old' };
  if (costMs <= lookUpMs) return { place: 'never-cheap', because: `it costs ${costMs} ms` };
  const because = `${shown} requests for each fill`;
  if (requests < leastPerFill) return { place: 'never-reuse', because };
  const ttl = `${because}, and a TTL of ${oldSeconds} s`;
  return { place: oldSeconds <= shortSeconds ? 'short' : 'cache', because: ttl };
}

/** `a subject's statistics: 220 reads/s of 40 answers, ...` */
export function describe(endpoint: Endpoint): string {
  const { what, reads, writes, costMs, answers, isPrivate, oldSeconds } = endpoint;
  const whose = isPrivate ? 'private' : 'public';
  const many = answers === 1 ? '1 answer' : `${answers.toLocaleString('en')} answers`;
  return `${what}: ${reads} reads/s of ${many} (${whose}), ${writes} writes/s, ${costMs} ms, may be ${oldSeconds} s old`;
}

/** Eight endpoints of a seed: each decision is there at least once, and every one is far from its limit. */
export function drawEndpoints(random: Random): readonly Endpoint[] {
  const tens = (low: number, high: number) => 10 * random.integer(low, high);
  const thousands = (low: number, high: number) => 1000 * random.integer(low, high);
  const open = { isPrivate: false };
  const own = { isPrivate: true };
  const kept: Endpoint[] = [
    {
      ...open,
      what: 'statistics of a subject',
      reads: tens(10, 30),
      writes: 0.2,
      costMs: 25,
      answers: 40,
      oldSeconds: 300,
    },
    {
      ...open,
      what: 'the announcements',
      reads: tens(3, 9),
      writes: 0.001,
      costMs: 6,
      answers: 1,
      oldSeconds: 60,
    },
    {
      ...own,
      what: 'my timetable, asked for by an app that is always open',
      reads: tens(80, 160),
      writes: 0.01,
      costMs: 9,
      answers: thousands(2, 4),
      oldSeconds: 120,
    },
  ];
  const short: Endpoint[] = [
    {
      ...open,
      what: 'the hall’s screen: who is called next',
      reads: tens(20, 60),
      writes: 3,
      costMs: 12,
      answers: 1,
      oldSeconds: random.integer(1, 2),
    },
    {
      ...open,
      what: 'how busy each of the rooms is',
      reads: tens(30, 60),
      writes: 20,
      costMs: 15,
      answers: 12,
      oldSeconds: random.integer(2, 3),
    },
  ];
  const exact: Endpoint[] = [
    {
      ...open,
      what: 'free seats, for booking',
      reads: tens(10, 40),
      writes: 8,
      costMs: 4,
      answers: 40,
      oldSeconds: 0,
    },
    {
      ...own,
      what: 'my balance, when the canteen takes money from it',
      reads: tens(3, 9),
      writes: 20,
      costMs: 5,
      answers: 2000,
      oldSeconds: 0,
    },
  ];
  const once: Endpoint[] = [
    {
      ...open,
      what: 'searches, as people type them',
      reads: tens(4, 9),
      writes: 0.01,
      costMs: 10,
      answers: thousands(200, 400),
      oldSeconds: 300,
    },
    {
      ...own,
      what: 'my statistics',
      reads: tens(1, 3),
      writes: 0.2,
      costMs: 30,
      answers: thousands(8, 12),
      oldSeconds: 60,
    },
    {
      ...own,
      what: 'my certificate, to be printed',
      reads: 1,
      writes: 0.01,
      costMs: 400,
      answers: thousands(2, 6),
      oldSeconds: 600,
    },
  ];
  const cheap: Endpoint = {
    ...open,
    what: 'the opening hours, a constant of the program',
    reads: tens(60, 90),
    writes: 0,
    costMs: random.pick([0.01, 0.02, 0.03]),
    answers: 1,
    oldSeconds: 3600,
  };
  return random.shuffle([
    ...random.shuffle(kept).slice(0, 2),
    random.pick(short),
    random.pick(exact),
    cheap,
    ...once,
  ]);
}
