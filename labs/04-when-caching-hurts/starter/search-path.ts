/*
 * Given: where a search stands at the registrar. The path is canonical, as lab 2 has it: requests
 * that get the same answer have the same path, others have another one. So it is a key as well.
 * Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';

export function searchPath(request: FastifyRequest): string {
  const { search, page } = request.query as Record<string, string | string[] | undefined>;
  const wanted = new URLSearchParams({
    lang: request.headers['accept-language'] === 'de' ? 'de' : 'en',
    page: oneOf(page) || '1',
    search: oneOf(search) ?? '',
  });
  return `/subjects/?${wanted}`;
}

/** Of a parameter that is given more than once, the first value. */
function oneOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
