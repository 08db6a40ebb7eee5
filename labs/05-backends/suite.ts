import type { Answer, FailureContext, Probe, RedisEntry, Subject } from 'course-labs/kit';
import { demand, isJsonType, originTruth, sameJson, watchExpiry } from 'course-labs/kit';
import { ask, askAll, callsFor, changeProfessor, requestFor } from './observe.ts';

export const freshSubject = (probe: Probe) => probe.freshSubjects(1)[0] as Subject;

/** What every backend that keeps anything must do, in the same words. */
export const keepsAnswers = {
  asked: 'two subjects, their statistics and descriptions, and then all of it again',
  rationale: 'What is not found again was kept for nothing: each repetition is paid for.',
  help: 'Follow one value: how it is written, under which key, and what comes back for that key.',
  judge: async (probe: Probe, context: FailureContext) => {
    const subjects = probe.freshSubjects(2);
    await askAll(probe, probe.server, subjects, context);
    const { calls, last } = await askAll(probe, probe.server, subjects, context);
    demand('calls to the origin for all of it again', 0, calls, context);
    const type = isJsonType(last) ? 'JSON' : String(last.headers['content-type'] ?? 'none');
    demand('content type of a hit', 'JSON', type, context);
    const subject = freshSubject(probe);
    const request = requestFor(subject, 'stats');
    const failed = { ...context, asked: `${subject.name}, while the origin failed once`, request };
    const fault = { route: 'subject-stats', key: subject.name, status: 503, times: 1 } as const;
    await probe.origin.fail(fault);
    const { status } = await probe.server.request(request);
    demand('status', '5xx', status >= 500 && status < 600 ? '5xx' : status, failed);
    await ask(probe, probe.server, subject, 'stats', { ...failed, asked: 'the same again' });
  },
};

export const expires = {
  asked:
    'one subject, once more within CACHE_TTL_S=1, and after it, when its statistics had changed',
  rationale: 'The TTL is a promise of how old an answer can be. It is the same for every backend.',
  help: 'Seconds, milliseconds, a moment, or none at all: read what your store takes as the TTL.',
  judge: async (probe: Probe, context: FailureContext) => {
    const expiry = await watchExpiry(probe, {
      ttlSeconds: 1,
      usedAt: [0.7],
      entry: () => watched(probe),
    });
    const { request } = expiry.answer;
    const early = expiry.kind === 'early' ? 1 : 0;
    demand('calls to the origin within the TTL', 0, early, { ...context, request });
    const old = expiry.kind === 'never' || expiry.kind === 'stale';
    const told = old ? 'the old statistics' : 'the new statistics';
    demand('after the TTL', 'the new statistics', told, { ...context, request });
  },
};

/** An entry whose statistics change once it is filled. */
async function watched(probe: Probe) {
  const subject = freshSubject(probe);
  const truth = await originTruth<{ count: number }>(
    probe.origin,
    'subjects',
    subject.name,
    'stats',
  );
  const news = { ...truth, count: truth.count + 1 };
  const rule = { route: 'subject-stats', key: subject.name, status: 200 } as const;
  return {
    ask: async () => {
      const answer = await probe.server.request(requestFor(subject, 'stats'));
      const rationale = 'The origin was well.';
      demand('status', 200, answer.status, {
        asked: subject.name,
        rationale,
        request: answer.request,
      });
      return answer;
    },
    calls: () => callsFor(probe, subject),
    change: () => probe.origin.fail({ ...rule, body: JSON.stringify(news) }),
    isNew: (answer: Answer) => sameJson(answer.json, news),
  };
}

/** What Redis holds after two subjects were asked for, one was changed, and one does not exist. */
export async function entriesAfterUse(
  probe: Probe,
  context: FailureContext,
): Promise<readonly RedisEntry[]> {
  const [changed, other] = probe.freshSubjects(2) as [Subject, Subject];
  await askAll(probe, probe.server, [changed], context);
  await probe.server.request(
    requestFor({ name: `no-such-subject-${probe.random.text(8)}` }, 'stats'),
  );
  await changeProfessor(probe, probe.server, changed, context);
  await askAll(probe, probe.server, [other], context);
  const entries = await probe.redis.entries();
  demand('keys in Redis', 'some', entries.length > 0 ? 'some' : 'none', context);
  return entries;
}

/** After a PUT through one server, another (or the same) tells the truth. */
export async function seesPut(
  probe: Probe,
  context: FailureContext,
  reader = probe.server,
): Promise<void> {
  const subjects = [freshSubject(probe)] as const;
  await askAll(probe, probe.server, subjects, context);
  await askAll(probe, reader, subjects, context);
  await changeProfessor(probe, probe.server, subjects[0], context);
  await askAll(probe, reader, subjects, context);
  await askAll(probe, probe.server, subjects, context);
}
