/*
 * Given: where the origin has what a request asks for. Each answer has one path and one only, however the request was
 * spelled, so that the path is a good key: lab 2 is about that. Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';

export type Language = 'en' | 'de';

export const languages: readonly Language[] = ['en', 'de'];

export function languageOf({ headers }: FastifyRequest): Language {
  return headers['accept-language'] === 'de' ? 'de' : 'en';
}

/** `/subjects/java/?lang=en` */
export function detailPath(name: string, language: Language): string {
  return `/subjects/${encoded(name)}/?lang=${language}`;
}

/** `/subjects/java/stats/` */
export function statsPath(name: string): string {
  return `/subjects/${encoded(name)}/stats/`;
}

/** What every path of a list begins with, and no other path. */
export const listPrefix = '/subjects/?';

/** `/subjects/?search=Java&page=1&lang=en` */
export function listPath(request: FastifyRequest): string {
  const query = request.query as Record<string, string | string[] | undefined>;
  const search = [query.search].flat()[0] ?? '';
  const page = [query.page].flat()[0] || '1';
  const lang = languageOf(request);
  return `${listPrefix}${new URLSearchParams({ search, page, lang })}`;
}

/** Two spellings are one name when they are equal in lower case. */
const encoded = (name: string) => encodeURIComponent(name.toLowerCase());
