import type { IncomingHttpHeaders } from 'node:http';
import type { Page } from './routes.ts';

const forbidding = ['private', 'no-store', 'no-cache'];

/** The request says who sends it: what it brings may be for nobody else. */
export function isPersonal({ authorization, cookie }: IncomingHttpHeaders): boolean {
  return authorization !== undefined || cookie !== undefined;
}

/** A page that may be sent to everybody, as far as it says. */
export function isForAll({ status, headers }: Page): boolean {
  const lower = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const directives = (lower.get('cache-control') ?? '').toLowerCase().split(/[\s,=]+/);
  return (
    status === 200 &&
    !lower.has('set-cookie') &&
    !lower.has('vary') &&
    !forbidding.some((each) => directives.includes(each))
  );
}
