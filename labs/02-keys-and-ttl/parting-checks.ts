import type { Check, Probe } from 'course-labs/kit';
import { apiPath, demand, sameJson } from 'course-labs/kit';
import {
  type Asked,
  askRightly,
  demandApart,
  freshPlainSubject,
  type Language,
  list,
  query,
  subject,
  told,
  type Words,
  wideSearches,
} from './asking.ts';
import { demandNoCollision } from './collisions.ts';
import { check, freshSearch, looksInside } from './requirement.ts';

/** A list with a parameter that stands twice: right for one of the values, and so are both values after that. */
async function demandOneOf(probe: Probe, ones: Asked[], spelled: string, words: Words) {
  const request = { path: `${apiPath('subjects')}${spelled}` };
  const { status, json } = await probe.server.get(request.path);
  const context = { ...words, asked: told(request), request };
  demand('status', 'below 500', status < 500 ? 'below 500' : status, context);
  const truths = await Promise.all(ones.map(({ truth }) => probe.origin.ask(truth)));
  // To refuse such a request is fine, too.
  const isRight = status >= 400 || truths.some((truth) => sameJson(truth.json, json));
  const wanted = 'that of one of the two values';
  demand('list', wanted, isRight ? wanted : 'neither', context);
  for (const each of ones) {
    await askRightly(probe, each, `${told(request)}, then ${told(each.request)}`, words);
  }
}

/** Requests that must get different answers have an entry each. */
export const partingChecks: readonly Check[] = [
  check({
    id: 'languages-do-not-mix',
    title: 'each language has its own entry, for lists and for subjects',
    points: 6,
    rationale:
      'One client decides what all others read until the entry expires. What changes an answer without being in the key is how caches are poisoned.',
    help: 'Accept-Language changes the answer, and the key does not know it.',
    judge: async (probe, words) => {
      const orders: Language[][] = [
        ['de', 'en'],
        ['en', 'de'],
      ];
      for (const order of orders) {
        const { name } = freshPlainSubject(probe);
        const subjects = order.map((lang) => subject(name, lang));
        // A name finds its own subject: an empty list would be alike in both languages.
        const lists = order.map((lang) => list({ search: name, lang }));
        for (const each of [subjects, lists]) await demandApart(probe, each, words);
      }
    },
  }),
  check({
    id: 'pages-do-not-mix',
    title: 'each page has its own entry',
    points: 3,
    needs: looksInside,
    rationale: 'Whoever turns the page is shown the one that somebody else asked for.',
    help: 'Two pages of a list have the same key.',
    judge: async (probe, words) => {
      const [search = ''] = await wideSearches(probe);
      await demandApart(probe, [list({ search }), list({ search, page: 2 })], words);
      await demandApart(probe, [list({ page: 3 }), list({ page: 2 }), list({})], words);
    },
  }),
  check({
    id: 'searches-do-not-mix',
    title: 'two searches that differ in any character have an entry each',
    points: 4,
    needs: looksInside,
    rationale: 'The origin looks for a text as it is: to share an entry is to answer wrongly.',
    help: 'Something makes two searches alike that the origin tells apart: case, or spaces.',
    judge: async (probe, words) => {
      const text = freshSearch(probe, 'Xy');
      const turned = [...text].reverse().join('');
      const alike = [text, text.toLowerCase(), text.toUpperCase(), ` ${text}`, `${text} `, turned];
      const searches = ['Art', 'art', ...alike].map((search) => list({ search }));
      await demandApart(probe, searches, words);
    },
  }),
  check({
    id: 'routes-do-not-mix',
    title: 'a subject and a search for its name have an entry each',
    points: 3,
    needs: looksInside,
    rationale: 'A client that asked for a list is sent a subject, or the other way round.',
    help: 'Both routes make the same key of the same text.',
    judge: async (probe, words) => {
      const [one, other] = [freshPlainSubject(probe).name, freshPlainSubject(probe).name];
      const searches = (name: string) =>
        [name, name.toLowerCase()].map((search) => list({ search }));
      await demandApart(probe, [subject(one), ...searches(one)], words);
      await demandApart(probe, [...searches(other), subject(other)], words);
    },
  }),
  check({
    id: 'parts-do-not-collide',
    title: 'no text makes the key of another question, such as a search for a&page=2',
    points: 4,
    needs: looksInside,
    rationale:
      "Whoever sends the right text gets another question's answer, or has theirs given to others.",
    help: 'The parts of the key are joined so that a text can hold what stands between them.',
    judge: demandNoCollision,
  }),
  check({
    id: 'awkward-names-are-right',
    title: 'names like C#, constructor and __proto__ get their own data',
    points: 3,
    needs: looksInside,
    rationale: 'One such name among thousands, and its page shows an error, or something else.',
    help: 'A plain object knows names of its own, some caches do too, and a path needs encoding.',
    judge: async (probe, words) => {
      const names = probe.school.awkwardSubjects.map(({ name }) => name);
      const subjects = names.map((name) => subject(name));
      const lists = names.map((name) => list({ search: name }));
      for (const each of [subjects, lists]) await demandApart(probe, each, words);
      // There are no subjects of these names, only some that look like them.
      const help = 'In the key, a name has lost what makes it different from another one.';
      for (const name of ['C', 'C-', 'R-D', 'RD', 'ab', 'Fisica', 'proto', 'null-', 'A Search']) {
        const asked = told(subject(name).request);
        await askRightly(probe, subject(name), asked, { ...words, help });
      }
    },
  }),
  check({
    id: 'repeated-parameters-are-one',
    title: 'of a parameter that stands twice one value is used, and nothing is mixed up',
    points: 2,
    needs: looksInside,
    rationale:
      'If the key takes one value and the origin is asked for the other, anyone can put a wrong answer under the key of a right one.',
    help: 'Where a parameter stands twice, frameworks give an array; key and origin must see the same single value.',
    judge: async (probe, words) => {
      const [, letter = ''] = await wideSearches(probe);
      const [x, y] = [freshSearch(probe), freshSearch(probe)];
      const searches = query(['search', x], ['search', y]);
      await demandOneOf(probe, [list({ search: x }), list({ search: y })], searches, words);
      const turned = query(['page', 2], ['search', letter], ['page', 1]);
      const pages = [1, 2].map((page) => list({ search: letter, page }));
      await demandOneOf(probe, pages, turned, words);
    },
  }),
];
