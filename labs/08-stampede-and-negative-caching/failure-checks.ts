import type { Check, FailureContext, Probe } from 'course-labs/kit';
import { demand, demandJson } from 'course-labs/kit';
import { askExpired } from './expired.ts';
import {
  ask,
  at,
  callsFor,
  change,
  check,
  failedOr,
  freshName,
  singleFlight,
  truthAbout,
} from './requirement.ts';
import { callsAbout, madeUpName, statsPath, times, together } from './scenes.ts';

export const failureChecks: readonly Check[] = [
  check({
    id: 'failure-is-told-and-over',
    title: 'a failed call is a 5xx for all who waited, and the next request asks again',
    points: 6,
    needs: singleFlight,
    asked:
      'one subject while the origin answered 503, by one client and by ten at once, and after it',
    rationale: 'The origin was away for a moment. What is left of that must not go on failing.',
    help: 'A call that failed leaves something behind: an entry, a promise, or those who wait.',
    judge: async (probe, words) => {
      for (const clients of [1, 10]) {
        const name = freshName(probe);
        await probe.origin.fail({ ...callsAbout(name), status: 503 });
        const requests = times(clients, name);
        const answers = await together(probe, { held: callsAbout(name), requests });
        for (const { status } of answers) {
          demand('status while it failed', '5xx', failedOr(status), at(words, name));
        }
        await probe.origin.clearRules();
        const { status, json } = await probe.server.get(statsPath(name));
        demand('status of the next answer', 200, status, at(words, name));
        demandJson('next body', await truthAbout(probe, name), json, at(words, name));
      }
    },
  }),
  check({
    id: 'stale-while-the-origin-fails',
    title: 'within CACHE_GRACE_S an expired answer is served while the origin fails, and logged',
    points: 6,
    group: 'grace',
    settings: { cacheTtlSeconds: 1, cacheNegativeTtlSeconds: 1, cacheGraceSeconds: 60 },
    asked: 'three subjects, filled with CACHE_TTL_S=1; after that, while the origin answered 503',
    rationale:
      "Yesterday's statistics help more than an error page, and clients that get an answer do not ask again. But somebody must be told.",
    help: 'What has expired must still be there, and must be used only when the call has failed.',
    judge: async (probe, words) => {
      const { server, origin } = probe;
      const [name, gone, missing] = [freshName(probe), freshName(probe), madeUpName(probe)];
      const old = await ask(probe, name);
      await ask(probe, gone);
      const { receivedAtMs } = await server.get(statsPath(missing));
      for (const each of [name, missing]) await origin.fail({ ...callsAbout(each), status: 503 });
      await origin.fail({ ...callsAbout(gone), status: 404 });
      const expired = (each: string) => askExpired(probe, each, receivedAtMs + 1_000, words);

      const stale = await expired(name);
      demand('status while the origin fails', 200, stale.status, at(words, name));
      demandJson('body while it fails', old.json, stale.json, at(words, name));
      const asked = await callsFor(probe, name);
      await server.get(statsPath(name));
      const renewed = {
        ...at(words, name),
        rationale: 'Who does not ask does not notice that the origin is well again.',
        help: 'An answer that was served once more counts as fresh from then on.',
      };
      const again = (await callsFor(probe, name)) > asked ? 'asked' : 'not asked';
      demand('for the next request the origin is', 'asked', again, renewed);
      await demandRecord(probe, at(words, name));
      const five = await together(probe, { held: callsAbout(name), requests: times(5, name) });
      for (const { status } of five) demand('status of five at once', 200, status, at(words, name));

      const only = 'Only statistics are served again: an old 404 would hide what is there by now.';
      const kept404 = await expired(missing);
      const help = 'What has expired is served whatever it was.';
      const rest = { ...at(words, missing), rationale: only, help };
      demand('status of an expired 404', '5xx', failedOr(kept404.status), rest);
      const no404 =
        'A 404 is an answer, and no failure: the subject is gone, and it looks as if it were there.';
      const taken = {
        ...at(words, gone),
        rationale: no404,
        help: 'Not every other status is a failure.',
      };
      demand('status where the origin now says 404', 404, (await expired(gone)).status, taken);

      await origin.clearRules();
      const news = await change(probe, name);
      const { json } = await server.get(statsPath(name));
      demandJson('body once the origin is well', news, json, renewed);
    },
  }),
  check({
    id: 'stale-has-an-end',
    title: 'after the grace time, and where none is set, a failed origin is a 5xx',
    points: 3,
    needs: ['stale-while-the-origin-fails'],
    group: 'expiry',
    settings: { cacheTtlSeconds: 1 },
    asked:
      'one subject with CACHE_TTL_S=1 and no grace, one with CACHE_GRACE_S=1; after that, while the origin answered 503',
    rationale: 'How old an answer may be is a promise. Who breaks it in silence serves last year.',
    help: 'The age of what has expired is not compared with the grace time.',
    judge: async (probe, words) => {
      const lenient = await probe.launch({ cacheGraceSeconds: 1 });
      const [strict, other] = [freshName(probe), freshName(probe)];
      const { receivedAtMs } = await ask(probe, strict);
      const last = await ask(probe, other, lenient);
      for (const each of [strict, other])
        await probe.origin.fail({ ...callsAbout(each), status: 503 });
      const { status } = await askExpired(probe, strict, receivedAtMs + 1_000, words);
      demand('status without a grace time', '5xx', failedOr(status), at(words, strict));

      const endMs = last.receivedAtMs + 2_000;
      await probe.waitUntil(endMs);
      let seen = 0;
      const failed = async () => {
        seen = (await lenient.get(statsPath(other))).status;
        return failedOr(seen) === '5xx';
      };
      await probe.poll(failed, endMs + 2_000);
      demand('status after the grace time', '5xx', failedOr(seen), at(words, other));
    },
  }),
];

/** Logs come a little after answers. */
const logPatienceMs = 2_000;

async function demandRecord(probe: Probe, context: FailureContext): Promise<void> {
  const levels = () =>
    probe.server.logs().flatMap(({ event, level }) => (event === 'stale' ? [level ?? 'none'] : []));
  await probe.poll(() => levels().includes('warn'), probe.clock.nowMs() + logPatienceMs);
  const rationale = 'Nobody sees a failure that clients do not see. It must be in the log.';
  const help = "request.log.warn({ event: 'stale' }, ...) writes such a record.";
  const found = levels().includes('warn') ? 'warn' : (levels()[0] ?? 'there is none');
  demand('level of a record of event stale', 'warn', found, { ...context, rationale, help });
}
