import type { Check } from 'course-labs/kit';
import { demandShared, freshPlainSubject, listAs, query, speaking, subject } from './asking.ts';
import { check, freshSearch, looksInside, oneOfEach } from './requirement.ts';

/** Requests that must get the same answer share an entry. */
export const sharingChecks: readonly Check[] = [
  check({
    id: 'parameter-order-shares',
    title: 'the order of the parameters makes no entry of its own',
    points: 6,
    rationale:
      'Browsers, apps and links write parameters in any order. Each order fills the cache anew.',
    help: 'The key still holds the parameters in the order in which they came.',
    judge: async (probe, words) => {
      const search = freshSearch(probe);
      const orders = [`?search=${search}&page=1`, `?page=1&search=${search}`];
      const same = orders.map((spelled) => listAs({ search }, spelled));
      await demandShared(probe, same, words);
    },
  }),
  check({
    id: 'defaults-share',
    title: 'what is left out is the same as its default',
    points: 6,
    rationale:
      'Most visitors leave out what has a default. Spelled out, the same answer is loaded again.',
    help: 'What was left out and what was spelled out are two texts in the key.',
    judge: async (probe, words) => {
      const search = freshSearch(probe);
      const pages = ['', '&page=', '&page=1'];
      const found = pages.map((page) => listAs({ search }, `?search=${search}${page}`));
      const all = ['', '?search=', '?page=1', '?search=&page='].map((each) => listAs({}, each));
      const languages = oneOfEach(probe, [{}, speaking('en')]);
      for (const same of [found, all, ...languages]) await demandShared(probe, same, words);
    },
  }),
  check({
    id: 'name-case-shares',
    title: 'a name in any case is one entry',
    points: 6,
    rationale: 'Links and people write names as they like. Each way costs a call, and memory.',
    help: 'The key holds the name as it was written, at least where it has letters like É.',
    judge: async (probe, words) => {
      const letters = ['Überblick', 'Física', 'Théâtre français'];
      for (const name of [freshPlainSubject(probe).name, probe.random.pick(letters)]) {
        const cases = [name, name.toUpperCase(), name.toLowerCase()];
        const same = cases.map((each) => subject(each));
        await demandShared(probe, same, words);
      }
    },
  }),
  check({
    id: 'unknown-parameters-make-no-entries',
    title: 'parameters that the API does not know make no entries',
    points: 6,
    rationale:
      'Campaigns give every link a mark of its own. As part of the key, each visitor is a miss and the entries that matter are pushed out; anyone can do that on purpose.',
    help: 'The key holds a parameter that changes nothing in the answer.',
    judge: async (probe, words) => {
      const names = ['utm_source', 'utm_campaign', 'fbclid', 'ref', `q${probe.random.text(4)}`];
      const noise = Array.from({ length: 20 }, (_, index) =>
        query([names[index % names.length] ?? '', probe.random.text(6)]),
      );
      const search = freshSearch(probe);
      const lists = noise.map((spelled) => listAs({ search }, `${spelled}&search=${search}`));
      const { name } = freshPlainSubject(probe);
      const subjects = noise.map((spelled) => subject(name, undefined, { spelled }));
      for (const same of [lists, subjects]) await demandShared(probe, same, words);
    },
  }),
  check({
    id: 'other-headers-make-no-entries',
    title: 'headers that change nothing make no entries',
    points: 4,
    needs: looksInside,
    rationale:
      'Every browser and every request differs in some header. With all of them in the key, no two clients share an answer.',
    help: 'The key holds a header that changes nothing in the answer.',
    judge: async (probe, words) => {
      const agents = ['curl/8.5.0', 'Mozilla/5.0 (X11; Linux x86_64)', 'school-app/3.1'];
      const headers = agents.map((agent) => ({
        'user-agent': agent,
        referer: `https://school.example/${probe.random.text(6)}`,
        'x-request-id': probe.random.text(16),
      }));
      for (const same of oneOfEach(probe, headers)) await demandShared(probe, same, words);
    },
  }),
];
