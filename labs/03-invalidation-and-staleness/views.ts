import type { CallFilter, Origin, Probe, ProbeRequest, School } from 'course-labs/kit';
import { apiPath } from 'course-labs/kit';

/** One answer of the API that tells of subjects, and what it is made from. */
export interface View {
  /** `the detail in German`. */
  label: string;
  request: ProbeRequest;
  /** Where the registrar has it. */
  originPath: string;
  /** The calls that it costs. */
  calls: CallFilter;
}

const inLanguage = { en: 'in English', de: 'in German' } as const;

export function detail(name: string, language: 'en' | 'de' = 'en'): View {
  return {
    label: `the detail of ${name} ${inLanguage[language]}`,
    request: { path: apiPath('subjects', name), headers: { 'accept-language': language } },
    originPath: `/subjects/${encodeURIComponent(name)}/?lang=${language}`,
    calls: { route: 'subject', key: name },
  };
}

export function stats(name: string): View {
  return {
    label: `the statistics of ${name}`,
    request: { path: apiPath('subjects', name, 'stats') },
    originPath: `/subjects/${encodeURIComponent(name)}/stats/`,
    calls: { route: 'subject-stats', key: name },
  };
}

export function search(text: string, language: 'en' | 'de' = 'en'): View {
  const query = `search=${encodeURIComponent(text)}`;
  return {
    label: `the search for ${text} ${inLanguage[language]}`,
    request: { path: `${apiPath('subjects')}?${query}`, headers: { 'accept-language': language } },
    originPath: `/subjects/?${query}&lang=${language}`,
    calls: { route: 'subjects' },
  };
}

export function page(number: number, language: 'en' | 'de' = 'en'): View {
  return {
    label: `page ${number} of the list ${inLanguage[language]}`,
    request: {
      path: `${apiPath('subjects')}?page=${number}`,
      headers: { 'accept-language': language },
    },
    originPath: `/subjects/?page=${number}&lang=${language}`,
    calls: { route: 'subjects' },
  };
}

/** The page of the unfiltered list that a subject stands on now. */
export async function pageWith(origin: Pick<Origin, 'ask'>, name: string) {
  for (let number = 1; ; number += 1) {
    const { status, json } = await origin.ask(page(number).originPath);
    if (status !== 200) throw new Error(`no page of the list holds ${name}`);
    const { results } = json as { results: { name: string }[] };
    if (results.some((subject) => subject.name === name)) return { number, view: page(number) };
  }
}

/** A change of a subject, by staff. */
export function put({ school }: Pick<Probe, 'school'>, name: string, body: object): ProbeRequest {
  return { method: 'PUT', path: apiPath('subjects', name), body, token: staffToken(school) };
}

/** A new subject, by staff. */
export function post({ school }: Pick<Probe, 'school'>, body: object): ProbeRequest {
  return { method: 'POST', path: apiPath('subjects'), body, token: staffToken(school) };
}

export function staffToken({ staff }: School): string {
  const [someone] = staff;
  if (!someone) throw new Error('the school has no staff');
  return someone.tokens[0];
}
