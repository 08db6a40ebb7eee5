import type { CountedAnswer, Probe, Subject } from 'course-labs/kit';
import {
  apiPath,
  askCounted,
  defineChecks,
  demand,
  demandJson,
  originTruth,
} from 'course-labs/kit';

/** Asks for the statistics of a subject, and counts what that costs the origin. */
function ask(probe: Probe, { name }: Subject): Promise<CountedAnswer> {
  const path = apiPath('subjects', name, 'stats');
  return askCounted(probe.origin, probe.server, { path }, { route: 'subject-stats' });
}

export default defineChecks({
  C1: [
    {
      id: 'repeat-costs-nothing',
      title: 'a second request makes no call to the origin and gets an equal body',
      points: 12,
      // Checks of one group share a server: each asks for subjects that no other has asked for.
      group: 'shared',
      run: async (probe) => {
        const [subject] = probe.freshSubjects(1) as [Subject];
        const first = await ask(probe, subject);
        const second = await ask(probe, subject);
        const context = {
          asked: `${subject.name}, and then the same again`,
          rationale: 'Each repeat costs the database as much as the first request.',
          help: 'The handler asks the origin without looking first for what it has kept.',
          request: second.answer.request,
        };
        demand('calls to the origin for the second request', 0, second.calls, context);
        demand('status of the second answer', 200, second.answer.status, context);
        demandJson('second body', first.answer.json, second.answer.json, context);
      },
    },
    {
      id: 'subjects-do-not-mix',
      title: 'two subjects have an entry each',
      points: 10,
      // Of a server that keeps nothing this cannot be told.
      needs: ['repeat-costs-nothing'],
      group: 'shared',
      run: async (probe) => {
        const [one, other] = probe.freshSubjects(2) as [Subject, Subject];
        await ask(probe, one);
        const { answer } = await ask(probe, other);
        const truth = await originTruth(probe.origin, 'subjects', other.name, 'stats');
        demandJson(`body for ${other.name}`, truth, answer.json, {
          asked: `${one.name}, then ${other.name}`,
          rationale: 'A key that leaves something out gives one reader what another asked for.',
          help: 'Both subjects share a key. What changes the answer must change the key.',
          request: answer.request,
        });
      },
    },
    {
      id: 'none-keeps-nothing',
      title: 'with CACHE_BACKEND=none each request reaches the origin',
      points: 8,
      // Other settings: a server of its own.
      settings: { cacheBackend: 'none' },
      run: async (probe) => {
        const [subject] = probe.freshSubjects(1) as [Subject];
        await ask(probe, subject);
        const { answer, calls } = await ask(probe, subject);
        demand('calls to the origin for the second request', 1, calls, {
          asked: `${subject.name}, twice, with CACHE_BACKEND=none`,
          rationale: 'A cache that cannot be switched off cannot be ruled out when data are wrong.',
          help: 'Look at what the setting decides in your code.',
          request: answer.request,
        });
      },
    },
  ],
  // Yours: one check or more, with 30 points in all.
  C2: [],
});
