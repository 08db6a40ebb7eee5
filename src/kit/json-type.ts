import type { Answer } from './server.ts';

/** The content type says JSON: `application/json`, `application/problem+json; charset=utf-8`, in any case. */
export function isJsonType({ headers }: Pick<Answer, 'headers'>): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(String(headers['content-type'] ?? ''));
}
