import type { Option, PosedQuestion, Random, School } from 'course-labs/kit';
import { incidentOf } from './evidence.ts';
import { findingsOf } from './incident-answers.ts';
import { minuteOf, type Plan, timeOf } from './incident-plan.ts';

const clock = (plan: Plan, atMs: number) => timeOf(plan, atMs).slice(11, 19);

export function poseFirstLeak(school: School): PosedQuestion {
  const incident = incidentOf(school);
  const { firstLeak } = findingsOf(incident);
  const { versions, deployMs } = incident.plan;
  return {
    text: 'A leaked answer is one with status 200 that held the data of a user other than the one who asked. Which was the first that was sent, in the time of its line in the access logs? Answer with its request id: `req-` and eight characters.',
    format: { kind: 'text', expected: firstLeak.reqId },
    why: `${firstLeak.reqId}, at ${firstLeak.time}. Its etag was made a moment before for another user, by a line with cache "miss". Version ${versions.bad} had been on instance a since ${clock(incident.plan, deployMs.a)}. The first hit of that version was no leak yet: its user had filled the entry.`,
  };
}

export function poseVictims(school: School): PosedQuestion {
  const { leaked, victims, receivers } = findingsOf(incidentOf(school));
  return {
    text: 'Whose data were shown to somebody else? Over the whole time, and in the answers of both instances: how many users is that?',
    format: { kind: 'number', expected: victims, unit: 'users', tolerance: { absolute: 0 } },
    why: `${victims} users own the etags that somebody else received. ${leaked} answers leaked, to ${receivers} users: a kept answer has one owner, and goes to all who ask in the next 30 s. The ${victims} must be told what was shown; the ${receivers} are asked to delete it.`,
  };
}

export function poseStampede(school: School, random: Random): PosedQuestion {
  const { plan } = incidentOf(school);
  const minutes = [0, 1, 2, 3, 4].map((minute) => minuteOf(plan, minute * 60_000));
  const triggers: Record<string, string> = {
    flush: 'the flush of the cache',
    notice: 'the message to all students',
    web: 'the deploy of the web pages',
    logins: 'the guessed passwords',
    slow: `the slow statistics of ${plan.slowSubject}`,
    debug: 'logging at level debug',
  };
  const order = random.shuffle(Object.keys(triggers));
  const letters = [...'abcdefghijk'];
  const places = [...minutes, ...order.map((name) => triggers[name] ?? '')].map(
    (text, index): Option => ({ id: letters[index] as string, text }),
  );
  const idOf = (text: string) => places.find((place) => place.text === text)?.id ?? '';
  return {
    text: 'At one moment the calls to the origin jumped, and answers began to fail with 503. In which minute did that begin, and what set it off?',
    format: {
      kind: 'match',
      items: [
        { id: '1', text: 'the minute in which the stampede began' },
        { id: '2', text: 'what set it off' },
      ],
      places,
      expected: {
        '1': idOf(minuteOf(plan, plan.flushMs)),
        '2': idOf(triggers.flush ?? ''),
      },
      partialCredit: true,
    },
    why: `${clock(plan, plan.flushMs)}: the whole cache is emptied, and the entries in the counters fall to almost none. Every subject is asked for by many at once, each of them calls, and the origin has four connections. The crowd had been there since ${clock(plan, plan.noticeMs)}, and nine requests in ten were hits: many users make a stampede large, but they do not start it. The web pages had nothing to do with it, and ${plan.slowSubject} was slow before.`,
  };
}
