import { demand } from 'course-labs/kit';
import { ask, endElsewhere, freshStudent, gradesPath, lockerPath, statusOf } from './observing.ts';
import { cached, check, demandStatus, first } from './requirement.ts';

/** Who is let in, whatever is kept. */
export const doorChecks = [
  check({
    id: 'no-token-is-401',
    needs: [first],
    title: 'without a good token the answer is 401, whatever is kept',
    points: 5,
    asked: 'a student, and then the same addresses without a token and with an unknown one',
    rationale: 'Nobody even has to sign in to read it: who knows the address is served.',
    help: 'The cache is looked into before it is known who asks.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      for (const path of [...cached, lockerPath]) {
        await ask(probe, student, path);
        await demandStatus(probe, 401, words, { path });
        const unknown = { path, token: probe.random.text(40) };
        await demandStatus(probe, 401, words, unknown);
      }
    },
  }),
  check({
    id: 'refusal-is-not-kept',
    title: 'a refusal is not kept: whoever has a good token is served',
    points: 3,
    asked: 'nobody, then an unknown token, and then a student, for the same addresses',
    rationale: 'One stranger without a token locks out everybody else, for a whole TTL.',
    help: 'The 401 of one request decided about another. Keep only what was answered 200.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      for (const path of [...cached, lockerPath]) {
        await statusOf(probe, path);
        await statusOf(probe, path, probe.random.text(40));
        await demandStatus(probe, 200, words, { path, token: student.tokens[0] });
      }
    },
  }),
  check({
    id: 'logout-ends-it',
    title: 'after logging out the token is dead, here and at the registrar',
    points: 3,
    asked: 'a student, who then logged out, with the same token',
    rationale:
      'People log out where others use the machine after them. Here the next one goes on reading.',
    help: 'What is kept is found without a look-up of the token, or the registrar never hears of the end.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      const [token] = student.tokens;
      for (const path of [...cached, lockerPath]) await ask(probe, student, path);
      const logout = { method: 'POST', path: '/api/v1/users/logout/', token };
      const { status } = await probe.server.request(logout);
      demand('status of the logout', 204, status, { ...words, request: logout });
      for (const path of [...cached, lockerPath]) {
        await demandStatus(probe, 401, words, { path, token });
      }
      const there = (await probe.origin.ask(`/tokens/${token}/`)).status;
      demand('status of the token at the registrar', 404, there, { ...words, request: logout });
      const again = (await probe.server.request(logout)).status;
      demand('status of a logout with the dead token', 401, again, { ...words, request: logout });
    },
  }),
  check({
    id: 'looked-up-each-time',
    title: 'a token that was ended elsewhere is a 401 at once',
    points: 4,
    asked: 'a student twice, then again when another server had ended the session',
    rationale:
      'A stolen phone, a teacher who left: sessions are ended on another server than this one. Remembered tokens outlive that.',
    help: 'Who a token belongs to was remembered. Only the registrar knows whether it is good now.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      const [token, other] = student.tokens;
      for (const path of [...cached, ...cached]) await ask(probe, student, path);
      await endElsewhere(probe, token);
      for (const path of [...cached, lockerPath]) {
        await demandStatus(probe, 401, words, { path, token });
      }
      await ask(probe, student, gradesPath(1), other);
    },
  }),
  check({
    id: 'look-up-fails-closed',
    title: 'when a token cannot be looked up, the answer is a 5xx',
    points: 3,
    asked: 'a student, then again while the registrar could not look up tokens',
    rationale:
      'Served from the cache, an ended session comes back to life with every outage. A 401 would sign everybody out for a failure that is ours.',
    help: 'The error that the look-up throws is caught, and something else is answered.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      for (const path of cached) await ask(probe, student, path);
      await probe.origin.fail({ route: 'token', status: 503 });
      const token = student.tokens[0];
      for (const path of cached) await demandStatus(probe, '5xx', words, { path, token });
    },
  }),
];
