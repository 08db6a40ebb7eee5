import type { Origin } from './origin.ts';

/**
 * What the registrar itself says now, uncounted: `originTruth(origin, 'subjects', 'C#', 'stats')` asks it for
 * `/subjects/C%23/stats/`. The answer must be a 200: anything else is our own fault, and is thrown.
 */
export async function originTruth<Body>(
  origin: Pick<Origin, 'ask'>,
  ...parts: readonly (string | number)[]
): Promise<Body> {
  const path = `/${parts.map((part) => `${encodeURIComponent(part)}/`).join('')}`;
  const { status, json } = await origin.ask(path);
  if (status !== 200) throw new Error(`the registrar answered ${status} to ${path}`);
  return json as Body;
}
