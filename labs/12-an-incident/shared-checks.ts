import type { Check, FailureContext, Probe, Server, User } from 'course-labs/kit';
import { demand, demandJson, judgePromptly, shortText } from 'course-labs/kit';
import { warmUp } from '../05-backends/observe.ts';
import {
  ask,
  freshStudent,
  gradesPath,
  postGrade,
  statsPath,
  truthFor,
} from '../07-two-users-one-cache/observing.ts';
import { check, keeps, onServer } from './requirement.ts';

const redis = { group: 'redis', settings: { cacheBackend: 'redis' } } as const;
const first = 'shared-b-hits-what-a-filled';
const paths = [gradesPath(1), gradesPath(2), statsPath];

/** Both instances, each with a connection to its Redis. */
async function both(probe: Probe): Promise<Record<'a' | 'b', Probe>> {
  const b = await probe.launch({ instance: 'b' });
  for (const server of [probe.server, b] satisfies Server[]) await warmUp(probe, server);
  return { a: probe, b: onServer(probe, b) };
}

/** With a store that both instances share; judged where there is a Redis. */
export const sharedChecks: readonly Check[] = [
  check({
    ...redis,
    id: first,
    needs: [keeps],
    title: 'Redis: what instance a has kept, instance b finds',
    points: 1,
    asked: 'a student, grades and statistics of instance a, and then of b',
    rationale: 'With ten instances that do not share, each entry is paid for ten times.',
    help: 'What is in the key that a and b do not have in common, or is it kept beside the store?',
    judge: async (probe, words) => {
      const { a, b } = await both(probe);
      await judgePromptly(probe, async () => {
        const student = freshStudent(probe);
        for (const path of paths) await ask(a, student, path);
        for (const path of paths) {
          const { answer, calls } = await ask(b, student, path);
          demand(`calls for data, ${path} of b`, 0, calls, { ...words, request: answer.request });
        }
      });
    },
  }),
  check({
    ...redis,
    id: 'shared-owners-are-right',
    needs: [first],
    title: 'Redis: two users get their own data each, on either instance',
    points: 3,
    asked: 'two students, for the same addresses, by turns of instance a and b',
    rationale: 'What is shared by all instances leaks on all instances.',
    help: 'The key in the store does not tell who asks.',
    judge: async (probe, words) => {
      const { a, b } = await both(probe);
      const students = [freshStudent(probe), freshStudent(probe)];
      for (const on of [a, b, a]) {
        for (const student of students) {
          for (const path of paths) await demandTruth(on, student, path, words);
        }
      }
    },
  }),
  check({
    ...redis,
    id: 'shared-grade-is-fresh-everywhere',
    needs: [first],
    title: 'Redis: a grade that is posted through a is seen through b, and leaves others kept',
    points: 2,
    asked: 'two students of a and b, a grade for the first of them through a, and both of b again',
    rationale: 'The teacher says "it is in". Every second click of the student shows it.',
    help: 'What a remembers of the grade, b does not know: it has to stand in the store.',
    judge: async (probe, words) => {
      const { a, b } = await both(probe);
      await judgePromptly(probe, async () => {
        const [graded, other] = [freshStudent(probe), freshStudent(probe)];
        for (const on of [a, b]) {
          for (const path of paths) {
            await ask(on, graded, path);
            await ask(on, other, path);
          }
        }
        await postGrade(a, graded);
        for (const on of [b, a]) {
          for (const path of paths) await demandTruth(on, graded, path, words);
        }
        for (const path of paths) {
          const { answer, calls } = await ask(b, other, path);
          const help = 'More is made fresh than what belongs to the student who got the grade.';
          const context = { ...words, help, request: answer.request };
          demand(`calls for data of the other student, ${path}`, 0, calls, context);
        }
      });
      const struck = a.redis.commands().find(({ name }) => name.startsWith('FLUSH'));
      const sent = struck ? shortText([struck.name, ...struck.args].join(' '), 60) : 'none';
      demand('commands that empty everything', 'none', sent, words);
    },
  }),
];

/** The answer is the student's own, as the registrar has it now. */
async function demandTruth(probe: Probe, student: User, path: string, words: FailureContext) {
  const { answer } = await ask(probe, student, path);
  const truth = await truthFor(probe, student, path);
  const where = `student ${student.id}, ${path} of ${probe.server.settings.instance ?? 'a'}`;
  demandJson(where, truth, answer.json, { ...words, request: answer.request });
}
