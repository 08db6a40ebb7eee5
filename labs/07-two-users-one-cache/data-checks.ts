import { demand, isJsonType, sameJson, watchExpiry } from 'course-labs/kit';
import {
  ask,
  callsFor,
  freshPair,
  freshStudent,
  gradesPath,
  lockerPath,
  postGrade,
  statsPath,
  truthFor,
} from './observing.ts';
import { cached, check, demandOwn, demandStatus, first } from './requirement.ts';

/** What is kept, for how long, and what never is. */
export const dataChecks = [
  check({
    id: 'fresh-after-write',
    title: "once a grade is posted, that student's pages and statistics are fresh",
    points: 5,
    asked: 'a student: pages and statistics; a teacher posted a grade; the student again',
    rationale: 'The teacher says "it is in", and the student sees nothing, for a whole TTL.',
    help: 'Something of this student is still kept. One new grade moves all pages, and the statistics.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      const paths = [gradesPath(), gradesPath(1), gradesPath(2), gradesPath(12), statsPath];
      for (const path of paths) await ask(probe, student, path);
      await postGrade(probe, student);
      for (const path of paths) await demandOwn(probe, student, path, words);
    },
  }),
  check({
    id: 'write-leaves-others-cached',
    // Keys that run together are found there, and would be taken for a write that clears too much here.
    needs: ['pages-do-not-collide'],
    title: 'a posted grade leaves what is kept for others',
    points: 3,
    asked: 'student 21 or the like, a grade for student 2, and student 21 again',
    rationale: 'On the day of the exams every posted grade empties the cache for all students.',
    help: 'More is thrown away than what belongs to this student: everything, or 21 along with 2.',
    judge: async (probe, words) => {
      const [graded, other] = freshPair(probe);
      for (const path of cached) await ask(probe, other, path);
      await ask(probe, graded, gradesPath(1));
      await postGrade(probe, graded);
      for (const path of cached) {
        const { answer, calls } = await ask(probe, other, path);
        const asked = `student ${other.id}, a grade for student ${graded.id}, and ${other.id} again`;
        const context = { ...words, asked, request: answer.request };
        demand(`calls for data, ${path} of student ${other.id}`, 0, calls, context);
      }
    },
  }),
  check({
    id: 'json-on-hits',
    title: 'a hit has a JSON content type',
    points: 2,
    asked: 'a student: grades and statistics, each twice',
    rationale: 'Clients read a body by its content type: this one works once, and then no more.',
    help: 'The framework writes JSON for objects; what was kept is sent as something else.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      for (const path of cached) {
        await ask(probe, student, path);
        const { answer } = await ask(probe, student, path);
        const said = String(answer.headers['content-type'] ?? 'none');
        const type = isJsonType(answer) ? 'JSON' : said;
        demand(`content type, ${path} again`, 'JSON', type, {
          ...words,
          request: answer.request,
        });
      }
    },
  }),
  check({
    id: 'locker-never-cached',
    needs: [first],
    title: "the locker's combination is never kept",
    points: 4,
    asked: 'a student: the locker twice, and again while the origin failed',
    rationale:
      'What is not kept cannot leak from the cache, from a dump of its memory, or after a slip in a key. For a secret that is read once a day a hit is worth nothing.',
    help: 'The combination came from somewhere else than the origin.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      const context = { ...words, request: { path: lockerPath, token: student.tokens[0] } };
      for (const which of ['first', 'second']) {
        const calls = (await ask(probe, student, lockerPath)).calls;
        demand(
          `calls for data, ${which} time`,
          'at least 1',
          calls > 0 ? 'at least 1' : 0,
          context,
        );
      }
      await demandOwn(probe, student, lockerPath, words);
      await probe.origin.fail({ route: 'student-locker', key: `${student.id}`, status: 503 });
      await demandStatus(probe, '5xx', words, context.request);
    },
  }),
  check({
    id: 'expires-after-ttl',
    title: 'after CACHE_TTL_S the next answer is new',
    points: 3,
    group: 'expiry',
    settings: { cacheTtlSeconds: 1 },
    asked: 'a student, whose statistics then changed, and again after CACHE_TTL_S=1',
    rationale: 'Entries of users who left an hour ago fill the memory, and the data get old.',
    help: 'The entry outlives its TTL, or ends before it. Mind its unit, and what a cache makes of 0 or none.',
    judge: async (probe, words) => {
      const entry = async () => {
        const student = freshStudent(probe);
        const truth = (await truthFor(probe, student, statsPath)) as { count: number };
        const news = { ...truth, count: truth.count + 1 };
        const rule = { route: 'student-stats', key: `${student.id}`, status: 200 } as const;
        return {
          ask: async () => (await ask(probe, student, statsPath)).answer,
          calls: () => callsFor(probe, student),
          change: () => probe.origin.fail({ ...rule, body: JSON.stringify(news) }),
          isNew: ({ json }: { json: unknown }) => sameJson(json, news),
        };
      };
      const expiry = await watchExpiry(probe, { ttlSeconds: 1, usedAt: [0.7], entry });
      const context = { ...words, request: expiry.answer.request };
      const within = expiry.kind === 'early' ? 1 : 0;
      const rationale = 'An entry that ends before its TTL spares the origin less than it could.';
      demand('calls to the origin within the TTL', 0, within, { ...context, rationale });
      const wanted = 'the new statistics';
      const got = {
        expired: wanted,
        early: wanted,
        stale: 'the old ones, once more',
        never: 'the old ones, for 2 s more',
      }[expiry.kind];
      demand('after the TTL', wanted, got, context);
    },
  }),
];
