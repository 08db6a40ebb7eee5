import type { Check, Probe, ProbeRequest } from 'course-labs/kit';
import { apiPath, demand, isFailure } from 'course-labs/kit';
import { check } from './requirement.ts';
import { freshId, gradesOf, withId } from './scene.ts';

/** Requests that are answered before the signal comes. */
const answeredBefore = 500;
const clients = 20;
/** After that, how often the right moment for the signal is looked for. */
const mostLooks = 40;
/** Requests that wait at the origin when it comes. */
const waiting = 4;

/** On the server whose level was changed before: info at the last, or what it started with. */
export const endingCheck: Check = check({
  id: 'sigterm-loses-no-line',
  title: 'after SIGTERM in the middle of traffic, each answered request has its lines',
  points: 7,
  asked: `${answeredBefore} requests for statistics, ${clients} at a time, and SIGTERM while others, for grades, are under way`,
  rationale:
    'A deployment ends every server it replaces. If the last seconds of each log are missing, so is what happened in them.',
  help: 'Lines that wait in memory, or in another thread, are gone with the process unless they are flushed at its end.',
  judge: async (probe, words) => {
    const { server, origin, school } = probe;
    const statistics = {
      path: apiPath('subjects', probe.freshSubjects(1)[0]?.name ?? '', 'stats'),
    };
    const answered = new Map<string, ProbeRequest>();
    const ask = async (request: ProbeRequest): Promise<number> => {
      const id = freshId(probe);
      const { status } = await server.request(withId(request, id));
      if (status === 200) answered.set(id, request);
      return status;
    };
    const goOn = async () => {
      while (answered.size < answeredBefore) {
        demand('status', 200, await ask(statistics), { ...words, request: statistics });
      }
    };
    await Promise.all(Array.from({ length: clients }, goOn));

    // These are being served for certain: they wait at the origin until the server has taken notice of its end.
    const held = await origin.hold({ route: 'student-grades', key: `${school.bob.id}` });
    const grades = Array.from({ length: waiting }, () => orRefused(ask(gradesOf(school.bob))));
    await held.arrived();
    // The worst moment is the one at which an answer is there and its lines are not: where lines wait, it comes soon.
    const told = () => new Set(server.logs().map(({ reqId }) => reqId));
    const more: Promise<void>[] = [];
    for (let look = 0; look < mostLooks; look += 1) {
      const before = answered.size;
      const one = orRefused(ask(statistics));
      more.push(one);
      // A server that works on one request at a time answers none while those wait.
      await Promise.race([one, probe.waitUntil(probe.clock.nowMs() + 500)]);
      const written = told();
      if (answered.size === before || ![...answered.keys()].every((id) => written.has(id))) break;
    }
    const ended = server.stop();
    const tookNotice = await probe.poll(() => takesNoMore(probe), probe.clock.nowMs() + 1_000);
    await held.release();
    await Promise.all([...more, ...grades]);
    const { signal } = await ended;

    const written = told();
    const read = new Set(
      server.logs().flatMap(({ event, reqId }) => (event === 'grades.read' ? [reqId] : [])),
    );
    const lost = [...answered].filter(([id, { path }]) =>
      path === statistics.path ? !written.has(id) : !read.has(id),
    );
    demand('answered requests that are missing from the log', 0, lost.length, words);
    // Killed alone would not do: a machine that is too busy for five seconds is no fault of the server.
    const stayed = !tookNotice && signal === 'SIGKILL';
    demand(
      'after SIGTERM it',
      'ended',
      stayed ? 'went on answering, until it was killed' : 'ended',
      {
        ...words,
        rationale:
          'A deployment waits, and then kills: what was under way is lost with the server.',
        help: 'Whoever handles SIGTERM must end the process, too: app.close() does, once nothing is left to do.',
      },
    );
  },
});

/** A connection that the shutdown refused is nobody's fault. */
async function orRefused(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
  }
}

async function takesNoMore({ server }: Probe): Promise<boolean> {
  try {
    return (await server.get('/healthz')).status !== 200;
  } catch (thrown) {
    if (isFailure(thrown)) return true;
    throw thrown;
  }
}
