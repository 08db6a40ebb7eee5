import type { Random } from 'course-labs/kit';

/** The two servers behind the load balancer. */
export const instances = ['a', 'b'] as const;

export type Instance = (typeof instances)[number];

type OnEach = Readonly<Record<Instance, number>>;

/** What happens when, in milliseconds after the first record; the traffic and what goes wrong follow from it. */
export interface Plan {
  /** Epoch milliseconds at which the logs begin: a full minute. */
  startMs: number;
  /** The origin breaks off two calls, before anything else: it has nothing to do with what follows. */
  blipMs: number;
  /** The version with the unsafe response cache. */
  deployMs: OnEach;
  /** Somebody tries passwords. */
  loginsMs: number;
  /** A message to all students, who then look. */
  noticeMs: number;
  /** Support hears of it. */
  reportMs: number;
  /** A deploy of another service, right before the stampede. */
  innocentMs: number;
  /** Everything that is kept is thrown away. */
  flushMs: number;
  debugMs: OnEach;
  infoMs: OnEach;
  rollbackMs: OnEach;
  /** Versions of the API: before, and with the response cache. */
  versions: { good: string; bad: string };
  /** Its statistics took long before the incident, and do during it. */
  slowSubject: string;
}

/** How long the logs go on. */
export const lengthMs = 300_000;
/** Kept answers are used for so long. */
export const ttlMs = 30_000;

const second = 1_000;

/** The moments of one seed's incident. The flush and its consequences begin in the third minute, in its first half. */
export function planIncident(random: Random, subjects: readonly string[]): Plan {
  const between = (low: number, high: number) => random.integer(low * second, high * second);
  const deploy = between(42, 56);
  const flush = between(127, 134);
  const debug = between(186, 194);
  const info = between(252, 258);
  const rollback = info + between(5, 9);
  const minor = random.integer(11, 28);
  return {
    startMs: Date.UTC(2026, 5, 12, random.integer(7, 15), random.pick([0, 15, 30, 45])),
    blipMs: between(14, 20),
    deployMs: { a: deploy, b: deploy + between(16, 22) },
    loginsMs: between(84, 90),
    noticeMs: between(107, 112),
    reportMs: flush - between(8, 11),
    innocentMs: flush - between(3, 6),
    flushMs: flush,
    debugMs: { a: debug, b: debug + between(2, 4) },
    infoMs: { a: info, b: info + between(1, 3) },
    rollbackMs: { a: rollback, b: rollback + between(6, 9) },
    versions: { good: `2.${minor}.${random.integer(2, 9)}`, bad: `2.${minor + 1}.0` },
    slowSubject: random.pick(subjects),
  };
}

/** Whether the instance runs the version with the response cache. */
export function hasResponseCache(plan: Plan, instance: Instance, atMs: number): boolean {
  return plan.deployMs[instance] <= atMs && atMs < plan.rollbackMs[instance];
}

export function isAtDebug(plan: Plan, instance: Instance, atMs: number): boolean {
  return plan.debugMs[instance] <= atMs && atMs < plan.infoMs[instance];
}

/** A moment of the plan as logs write it: `2026-06-12T10:02:07.345Z`. */
export function timeOf(plan: Plan, atMs: number): string {
  return new Date(plan.startMs + Math.round(atMs)).toISOString();
}

/** The minute of a moment, as a clock shows it: `10:02`. */
export function minuteOf(plan: Plan, atMs: number): string {
  return timeOf(plan, atMs).slice(11, 16);
}
