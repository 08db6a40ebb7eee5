import { defineChecks, demand } from 'course-labs/kit';
import { ask, callsFor } from './observe.ts';
import { redisChecks } from './redis-checks.ts';
import { check, first } from './requirement.ts';
import { expires, freshSubject, keepsAnswers, seesPut } from './suite.ts';

export default defineChecks({
  C1: [
    check({
      id: first.none,
      title: 'none: each request reaches the origin',
      points: 3,
      on: 'none',
      asked: 'one subject twice, and then five times at once',
      rationale: 'Whoever looks for wrong data tries it without cache. Here part of it stays on.',
      help: 'With CACHE_BACKEND=none something still keeps answers, or lets requests share one.',
      judge: async (probe, context) => {
        const subject = freshSubject(probe);
        const get = () => ask(probe, probe.server, subject, 'stats', context);
        const calls = (await get()).calls + (await get()).calls;
        demand('calls to the origin for 2 requests', 2, calls, context);
        const held = await probe.origin.hold({ route: 'subject-stats', key: subject.name });
        // Who shares calls gets the time to do so; from others all five are there at once.
        const all = async () => (await callsFor(probe, subject)) >= calls + 5;
        const letGo = probe.poll(all, probe.clock.nowMs() + 1_000).then(() => held.release());
        await Promise.all([...Array.from({ length: 5 }, get), letGo]);
        const atOnce = (await callsFor(probe, subject)) - calls;
        demand('calls to the origin for 5 requests at once', 5, atOnce, context);
      },
    }),
    check({
      id: first.memory,
      title: 'memory: what was asked for is answered without the origin',
      points: 5,
      on: 'memory',
      ...keepsAnswers,
    }),
    check({
      id: 'memory-expires',
      title: 'memory: an entry is used for CACHE_TTL_S seconds, and no longer',
      points: 3,
      on: 'memory',
      shortTtl: true,
      ...expires,
    }),
    check({
      id: 'memory-sees-a-put',
      title: 'memory: after a PUT the next answer is new',
      points: 3,
      on: 'memory',
      asked: 'one subject, a PUT that gives it another professor, and the subject again',
      rationale: 'The one who has just changed something looks at once, and sees the old.',
      help: 'The routes call delete with the keys that a PUT has made stale.',
      judge: (probe, context) => seesPut(probe, context),
    }),
    ...redisChecks,
  ],
});
