/**
 * Builds a path of the API: every part is percent-encoded, and it ends with a slash, as in Django REST Framework.
 * `apiPath('subjects', 'C#', 'stats')` is `/api/v1/subjects/C%23/stats/`.
 */
export function apiPath(...parts: readonly (string | number)[]): string {
  return `/api/v1/${parts.map((part) => `${encodeURIComponent(part)}/`).join('')}`;
}
