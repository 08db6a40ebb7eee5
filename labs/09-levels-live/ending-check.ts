import type { Answer, Check, Failure, Probe, User } from 'course-labs/kit';
import { demand, isFailure } from 'course-labs/kit';
import { check } from './requirement.ts';
import { freshId, gradesOf, withId } from './scene.ts';

/** Requests that are answered before the signal comes. */
const answeredBefore = 500;
const clients = 20;
/** Requests that wait at the origin when it comes. */
const waiting = 4;

export const endingCheck: Check = check({
  id: 'sigterm-loses-no-line',
  title: 'after SIGTERM in the middle of traffic, each answered request has its line',
  points: 7,
  asked: `${answeredBefore} requests for grades, ${clients} at a time, and SIGTERM while others are under way`,
  rationale:
    'A deployment ends every server it replaces. If the last seconds of each log are missing, so is what happened in them.',
  help: 'Lines that wait in memory, or in another thread, are gone with the process unless they are flushed at its end.',
  judge: async (probe, words) => {
    const { server, origin, school } = probe;
    const answered = new Map<string, Answer>();
    const ask = async (user: User) => {
      const id = freshId(probe);
      const answer = await server.request(withId(gradesOf(user), id));
      if (answer.status === 200) answered.set(id, answer);
    };

    const readers = school.students.slice(20, 20 + clients);
    const goOn = async (user: User, until: number) => {
      while (answered.size < until) await ask(user);
    };
    const all = (until: number) => Promise.all(readers.map((user) => goOn(user, until)));
    await all(answeredBefore - 2 * clients);

    // These are being served for certain: they wait at the origin until the server has taken notice of its end.
    const held = await origin.hold({ route: 'student-grades', key: `${school.bob.id}` });
    const last = Array.from({ length: waiting }, () => orRefused(ask(school.bob)));
    await held.arrived();
    await all(answeredBefore);
    const crowd = readers.map((user) => orRefused(ask(user)));
    const ended = server.stop();
    await probe.poll(() => takesNoMore(probe), probe.clock.nowMs() + 1_000);
    await held.release();
    await Promise.all([...crowd, ...last, ended]);

    const written = new Set(
      server.logs().flatMap(({ event, reqId }) => (event === 'grades.read' && reqId ? reqId : [])),
    );
    const lost = [...answered].filter(([id]) => !written.has(id));
    const context = { ...words, ...(lost[0] && { request: lost[0][1].request }) };
    demand('answers of 200 without their record of event grades.read', 0, lost.length, context);
  },
});

/** A connection that the shutdown refused is nobody's fault. */
async function orRefused(request: Promise<void>): Promise<void> {
  return request.catch((thrown: Failure | Error) => {
    if (!isFailure(thrown)) throw thrown;
  });
}

async function takesNoMore({ server }: Probe): Promise<boolean> {
  try {
    return (await server.get('/healthz')).status !== 200;
  } catch (thrown) {
    if (isFailure(thrown)) return true;
    throw thrown;
  }
}
