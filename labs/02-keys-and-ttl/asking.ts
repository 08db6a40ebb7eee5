import type { Answer, FailureContext, Probe, ProbeRequest, Subject } from 'course-labs/kit';
import { apiPath, demand, demandJson } from 'course-labs/kit';

/** One way to ask for something. */
export interface Asked {
  request: ProbeRequest;
  /** Where the registrar says what must be answered: a path of its own, with the query. */
  truth: string;
}

export type Language = 'de' | 'en';

/** What a list depends on. */
export interface ListOf {
  search?: string;
  page?: number | string;
  lang?: Language;
}

type Headers = Readonly<Record<string, string>>;
type Parameter = readonly [name: string, value: string | number];

/** `?search=a%26b&page=2`, in this order; spaces as `%20`, which every framework reads alike. */
export function query(...parameters: Parameter[]): string {
  const pairs = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** A list, asked for with just the parameters and headers that are given. */
export function listAs(of: ListOf, spelled: string, headers: Headers = {}): Asked {
  const { search = '', page = 1, lang = 'en' } = of;
  return {
    request: { path: `${apiPath('subjects')}${spelled}`, headers },
    truth: `/subjects/${query(['search', search], ['page', page], ['lang', lang])}`,
  };
}

/** A list, asked for in the plainest way. */
export function list(of: ListOf): Asked {
  const { search, page, lang } = of;
  const parameters: Parameter[] = [];
  if (search !== undefined) parameters.push(['search', search]);
  if (page !== undefined) parameters.push(['page', page]);
  return listAs(of, query(...parameters), speaking(lang));
}

/** A subject by its name, in any spelling. */
export function subject(name: string, lang?: Language, more: Spelling = {}): Asked {
  const { spelled = '', headers = {} } = more;
  return {
    request: {
      path: `${apiPath('subjects', name)}${spelled}`,
      headers: { ...speaking(lang), ...headers },
    },
    truth: `/subjects/${encodeURIComponent(name)}/${query(['lang', lang ?? 'en'])}`,
  };
}

interface Spelling {
  /** The query as it is sent: `?ref=mail`. */
  spelled?: string;
  headers?: Headers;
}

export function speaking(lang: Language | undefined): Headers {
  return lang === undefined ? {} : { 'accept-language': lang };
}

/** A request in words: `/api/v1/subjects/Python/ (accept-language: de)`. */
export function told({ path, headers = {} }: ProbeRequest): string {
  const all = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return all.length === 0 ? path : `${path} (${all.join(', ')})`;
}

/** The words of a failure without what was asked. */
export type Words = Pick<FailureContext, 'rationale' | 'help'>;

const wrongAnswer: Words = {
  rationale: 'The cache or the key changed what a client is answered.',
  help: 'Look at what the origin is asked for here, and under which key its answer is kept.',
};

/** Asks, and demands what the registrar says; the wording of what is no 200 is free. */
export async function askRightly(
  { origin, server }: Pick<Probe, 'origin' | 'server'>,
  { request, truth }: Asked,
  asked = told(request),
  words = wrongAnswer,
): Promise<Answer> {
  const { status, json } = await origin.ask(truth);
  const answer = await server.request(request);
  const context = { ...words, asked, request };
  demand('status', status, answer.status, context);
  if (status === 200) demandJson('body', json, answer.json, context);
  return answer;
}

/** All of these must get one answer: only the first may cost a call. */
export async function demandShared(
  probe: Probe,
  spellings: readonly Asked[],
  words: Words,
): Promise<void> {
  const [first, ...others] = spellings as [Asked, ...Asked[]];
  await askRightly(probe, first);
  for (const each of others) {
    const before = await probe.origin.count();
    await askRightly(probe, each);
    const asked = `${told(first.request)}, then ${told(each.request)}`;
    const context = { ...words, asked, request: each.request };
    const calls = (await probe.origin.count()) - before;
    demand('calls to the origin for the second one', 0, calls, context);
  }
}

/** Each of these has an answer of its own; asked for once more, each is still right and costs nothing. */
export async function demandApart(
  probe: Probe,
  questions: readonly Asked[],
  words: Words,
): Promise<void> {
  let previous: string | undefined;
  for (const each of questions) {
    const asked = told(each.request);
    const after = previous === undefined ? '' : ` after ${previous}`;
    await askRightly(probe, each, `${asked}${after}`, words);
    previous = asked;
  }
  for (const each of questions) {
    const before = await probe.origin.count();
    const asked = `${told(each.request)}, a second time`;
    await askRightly(probe, each, asked, words);
    const context = { ...words, asked, request: each.request };
    const calls = (await probe.origin.count()) - before;
    demand('calls to the origin for what was asked before', 0, calls, context);
  }
}

/** Not one of the names that trip careless code: those have a check of their own. */
export function freshPlainSubject(probe: Probe): Subject {
  const awkward = new Set(probe.school.awkwardSubjects.map(({ name }) => name));
  const [one] = probe.freshSubjects(1) as [Subject];
  return awkward.has(one.name) ? freshPlainSubject(probe) : one;
}

/** Searches of one letter that find more than a page, in an order of the seed. */
export async function wideSearches(probe: Probe): Promise<readonly string[]> {
  const found: string[] = [];
  for (const letter of 'aeiorstnl') {
    const { json } = await probe.origin.ask(`/subjects/${query(['search', letter])}`);
    if ((json as { next: unknown }).next !== null) found.push(letter);
  }
  if (found.length < 3) throw new Error(`only ${found.length} searches find more than a page`);
  return found;
}
