import type { Probe } from 'course-labs/kit';
import { fail, sameJson } from 'course-labs/kit';
import {
  type Asked,
  askRightly,
  freshPlainSubject,
  list,
  subject,
  told,
  type Words,
  wideSearches,
} from './asking.ts';

/** What people put between the parts of a key; the first is nothing at all. */
const delimiters = ['', '&page=', '&', ':', '|', '-', '_', ',', '/', ' '];

/** Two questions whose keys are alike where their parts are joined carelessly. */
interface Pair {
  /** Fills; there is such an answer. */
  one: Asked;
  /** Must not be answered with that. */
  other: Asked;
}

/** Ends by a failure where a text that holds a delimiter makes the key of another question. */
export async function demandNoCollision(probe: Probe, words: Words): Promise<void> {
  const [, , letter = ''] = await wideSearches(probe);
  const { name } = freshPlainSubject(probe);
  for (const between of delimiters) {
    for (const pair of pairs(letter, name, between)) await demandDistinct(probe, pair, words);
  }
}

/** The text before the page and behind it, the page always in the key or only where it is not 1, and the language. */
function pairs(letter: string, name: string, between: string): Pair[] {
  const behind = `${letter}${between}2`;
  const before = `2${between}${letter}`;
  const ofSubject = { one: subject(name, 'de'), other: subject(`${name}${between}de`) };
  return [
    { one: list({ search: behind }), other: list({ search: letter, page: 2 }) },
    { one: list({ search: before }), other: list({ search: letter, page: 2 }) },
    { one: list({ search: behind }), other: list({ search: letter, page: `2${between}1` }) },
    { one: list({ search: before }), other: list({ search: letter, page: `1${between}2` }) },
    { one: list({ search: `${letter}${between}de` }), other: list({ search: letter, lang: 'de' }) },
    // A name never holds a slash.
    ...(between === '/' ? [] : [ofSubject]),
  ];
}

async function demandDistinct(probe: Probe, { one, other }: Pair, words: Words): Promise<void> {
  const filled = await askRightly(probe, one, told(one.request), words);
  const asked = `${told(one.request)}, then ${told(other.request)}`;
  const { status } = await probe.origin.ask(other.truth);
  if (status === 200) {
    await askRightly(probe, other, asked, words);
    return;
  }
  // There is no such page or subject. How that is said is free: it just must not be said by the other's answer.
  const answer = await probe.server.request(other.request);
  if (!sameJson(answer.json, filled.json)) return;
  const expected = `an answer of its own (the origin says ${status})`;
  const actual = 'the answer to the request before';
  fail({ ...words, asked, expected, actual, request: other.request });
}
