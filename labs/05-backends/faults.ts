import type { FailureContext, Probe, Subject } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import { ask, askAll, changeProfessor, inWords, isUsed, requestFor, resources } from './observe.ts';

/** Slow reconnections are fine; those that never come are not. */
const backWithinMs = 15_000;
/** How long Redis stays away at least: time for a client to try its connection again, and to stumble over that. */
const awayMs = 700;
const trafficMs = 1_200;
/** Warnings beyond one a second: a lost connection may be told a few times in its first moments. */
const toBeginWith = 5;

/**
 * Takes Redis away while a request is under way, asks on, and brings it back. Everything must be answered with the
 * truth while it is away, and then the cache must be used again.
 */
export async function loseRedis(
  probe: Probe,
  how: 'kill' | 'freeze',
  context: FailureContext,
): Promise<void> {
  const { server, redis, origin, clock } = probe;
  const [kept, underWay, fresh, later] = probe.freshSubjects(4) as [
    Subject,
    Subject,
    Subject,
    Subject,
  ];
  await askAll(probe, server, [kept], context);
  await inWords(context, async () => {
    // It has missed already; what the origin brings is to be kept when Redis is gone.
    const held = await origin.hold({ route: 'subject-stats', key: underWay.name });
    const waiting = ask(probe, server, underWay, 'stats', context);
    waiting.catch(() => {});
    await held.arrived();
    await redis[how]();
    const goneAtMs = clock.nowMs();
    await held.release();
    await waiting;
    const all = [kept, fresh].flatMap((subject) =>
      resources.map((resource) => ask(probe, server, subject, resource, context)),
    );
    await Promise.all(all);
    await changeProfessor(probe, server, kept, context);
    const askAgain = () => ask(probe, server, kept, 'stats', context);
    await askAgain();
    while (clock.nowMs() < goneAtMs + awayMs) await askAgain();
  });

  await redis.restore();
  const used = await isUsed(probe, server, later, backWithinMs);
  const answered = 'answered from Redis';
  const never = `not in ${backWithinMs / 1000} s`;
  demand('repetitions after its return', answered, used ? answered : never, {
    ...context,
    rationale:
      'The outage is over, and the origin carries all the load until someone restarts you.',
    help: 'Something gave up for good: a connection that is not made again, or a switch that stays off.',
    request: requestFor(later, 'stats'),
  });
}

/** Kills Redis, keeps asking, and counts what stands in the log at warn or above. */
export async function countWarnings(probe: Probe, context: FailureContext): Promise<void> {
  const { server, clock } = probe;
  const subjects = probe.freshSubjects(4);
  const warnings = () =>
    server.logs().filter(({ level }) => level && ['warn', 'error', 'fatal'].includes(level)).length;
  const before = warnings();
  const startedAtMs = clock.nowMs();
  await probe.redis.kill();
  let requests = 0;
  await inWords(context, async () => {
    while (clock.nowMs() < startedAtMs + trafficMs) {
      await Promise.all(subjects.map((subject) => server.request(requestFor(subject, 'stats'))));
      requests += subjects.length;
    }
  });
  const seconds = Math.ceil((clock.nowMs() - startedAtMs) / 1000);
  const most = seconds + toBeginWith;
  const found = warnings() - before;
  const what = `records at warn or above in ${seconds} s without Redis`;
  const told = (count: number) => `${count}, for ${requests} requests`;
  const expected = `at most one a second, and ${toBeginWith} to begin with`;
  demand(what, expected, found <= most ? expected : told(found), context);
}
