import { demand, demandJson } from 'course-labs/kit';
import { ask, freshPair, freshStudent, gradesPath, statsPath, truthFor } from './observing.ts';
import { cached, check, demandOwn, first } from './requirement.ts';

/** Who shares an entry, and who must not. */
export const keyChecks = [
  check({
    id: first,
    needs: [],
    title: 'a repeat of grades or statistics makes no call for data, and gets an equal body',
    points: 5,
    asked: 'a student: two pages of grades and the statistics, each twice',
    rationale:
      'Whoever is afraid of leaks can cache nothing at all, and the origin pays for it. A cache that keeps users apart saves as much.',
    help: 'The handler asks the origin without looking for what it has kept.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      for (const path of cached) {
        const one = await ask(probe, student, path);
        const two = await ask(probe, student, path);
        const context = { ...words, request: two.answer.request };
        demand(`calls for data, ${path} again`, 0, two.calls, context);
        demandJson(`${path} again`, one.answer.json, two.answer.json, context);
      }
    },
  }),
  check({
    id: 'owners-are-right',
    needs: [first],
    title: 'two users who ask for the same address get their own data each',
    points: 5,
    asked: 'two students in turn, twice: the same page of grades, and the statistics',
    rationale:
      'Both are signed in, both addresses are the same, and one reads the grades of the other. This is Klarna, 2021.',
    help: 'The key does not tell who asks. What changes the answer must change the key.',
    judge: async (probe, words) => {
      const pair = [freshStudent(probe), freshStudent(probe)];
      for (const path of [gradesPath(1), statsPath]) {
        for (const student of [...pair, ...pair]) await demandOwn(probe, student, path, words);
      }
    },
  }),
  check({
    id: 'pages-do-not-collide',
    title: "no page of one user is another's, or another page",
    points: 5,
    asked: 'student 1 for page 11, then student 11 for page 1; and the other way round',
    rationale:
      'The right key for every user but some. Nobody finds this by trying it out with two accounts of their own.',
    help: 'Two of these requests made the same key: 1 and 11 is written like 11 and 1, or the page is not in it.',
    judge: async (probe, words) => {
      const { alice, bob } = probe.school;
      const [low, high] = freshPair(probe);
      for (const [student, page] of [
        [alice, 11],
        [bob, 1],
        [alice, 1],
        [bob, 11],
        [high, 1],
        [low, 11],
        [high, 11],
        [low, 1],
      ] as const) {
        await demandOwn(probe, student, gradesPath(page), words);
      }
    },
  }),
  check({
    id: 'tokens-share-entry',
    title: "a user's second token finds what was kept with the first",
    points: 4,
    asked: 'a student with one token, and with another one of theirs',
    rationale:
      'Every sign-in starts with an empty cache and adds a copy of the same data. And what is to be made fresh stands under keys that nobody remembers.',
    help: 'The key is made from the token. The data belong to the user.',
    judge: async (probe, words) => {
      const student = freshStudent(probe);
      for (const path of cached) {
        await ask(probe, student, path);
        const { answer, calls } = await ask(probe, student, path, student.tokens[1]);
        const context = { ...words, request: answer.request };
        demand(`calls for data, ${path} with the second token`, 0, calls, context);
        demandJson(path, await truthFor(probe, student, path), answer.json, context);
      }
    },
  }),
];
