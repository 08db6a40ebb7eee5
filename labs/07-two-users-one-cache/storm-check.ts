import type { Probe, User } from 'course-labs/kit';
import { demand, fail } from 'course-labs/kit';
import { freshPair, gradesPath, lockerPath, statsPath } from './observing.ts';
import { check, type Words } from './requirement.ts';

/** Many users at once. */
export const stormCheck = check({
  id: 'no-leak-between-users',
  title: "with many at once, nobody gets another user's texts in any header or body",
  points: 6,
  needs: ['pages-do-not-collide'],
  // A server of its own: whoever else had asked before, and now leaked, would go unnoticed without a mark.
  group: 'storm',
  // Each call takes a moment, so that requests of different users are under way together.
  origin: { roundTripMs: 10 },
  asked: '320 requests of four students with two tokens each, interleaved, 20 at a time',
  rationale:
    'One after the other all is well, and under load strangers meet. This is ChatGPT, 2023: nobody sees it in a test with one user at a time.',
  judge: judgeStorm,
});

async function judgeStorm(probe: Probe, words: Words): Promise<void> {
  const students = [...freshPair(probe), ...freshPair(probe)];
  const nameOf = ({ id }: User) => `student ${id}`;
  const paths = [gradesPath(1), gradesPath(11), statsPath, lockerPath];
  const requests = paths.flatMap((path) =>
    ([0, 1] as const).flatMap((session) =>
      students.map((student) => ({
        who: nameOf(student),
        path,
        headers: { authorization: `Token ${student.tokens[session]}` },
      })),
    ),
  );
  const marks = Object.fromEntries(
    students.map((student) => [nameOf(student), Object.values(student.canaries)]),
  );
  const total = 320;
  const result = await probe.storm(probe.server, { requests, marks, total, connections: 20 });
  const { first: leak, leaked, statuses, users } = result;
  if (leak) {
    const { who, victim, mark, where, request } = leak;
    const inBody = where === 'body';
    fail({
      ...words,
      expected: "answers with another's text: 0",
      actual: `answers with another's text: ${leaked}; the first, to ${who}, held ${mark} of ${victim} in ${inBody ? 'its body' : `the header ${where}`}`,
      request,
      help: inBody
        ? 'While a handler waits, other requests are served: what they share, they overwrite.'
        : 'The bodies are kept apart. What this header is made from is not.',
    });
  }
  const rationale = 'Every request came with a good token, and the origin was well.';
  const context = { ...words, rationale };
  demand('answers with status 200', total, statuses[200] ?? 0, context);
  const own = Object.values(users).reduce((sum, user) => sum + user.own, 0);
  demand('answers with a text of the one who asked', total, own, context);
}
