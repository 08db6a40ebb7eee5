import type { RequestListener, ServerResponse } from 'node:http';
import { createRandom } from '../kit/index.ts';

export const names = ['alice', 'bob', 'carol'];
export const markOf = (who: string) => `k3f9-${who}-ü1`;
export const marks = Object.fromEntries(names.map((who) => [who, [markOf(who)]]));
export const requests = names.map((who) => ({ who, path: '/me', headers: { 'x-who': who } }));

type Say = (response: ServerResponse, mark: string) => void;

/** Where a server may put a text. */
const says: readonly Say[] = [
  (response, mark) => response.end(`{"note":"${mark}"}`),
  (response, mark) => response.setHeader('x-note', Buffer.from(mark).toString('latin1')).end(),
  (response, mark) =>
    response.setHeader('set-cookie', ['a=b', `n=${encodeURIComponent(mark)}`]).end('{}'),
  (response, mark) => response.end(Buffer.from(`xy${mark}z`).toString('base64')),
  (response, mark) => {
    // Cut in the middle of a character of two bytes.
    const bytes = Buffer.from(`before ${mark} after`);
    const middle = bytes.indexOf(0xbc);
    response.write(bytes.subarray(0, middle));
    setTimeout(() => response.end(bytes.subarray(middle)), 1);
  },
  (response, mark) => {
    response.write('{}');
    response.addTrailers({ 'x-note': Buffer.from(mark).toString('latin1') });
    response.end();
  },
];

/**
 * A server that mixes up users, answers out of order, and counts what it did. `trouble` may treat the n-th request (from
 * 1) in another way: true says that it gave no answer.
 */
export function mixUp(
  trouble: (count: number, ...of: Parameters<RequestListener>) => boolean = () => false,
) {
  const random = createRandom(7, 'mix-up');
  const did: Record<string, Record<string, number>> = {};
  let count = 0;
  const listener: RequestListener = (request, response) => {
    count += 1;
    const who = String(request.headers['x-who']);
    if (trouble(count, request, response)) return;
    const owner = random.next() < 0.3 ? random.pick(names) : who;
    const of = did[who] ?? {};
    did[who] = { ...of, [owner]: (of[owner] ?? 0) + 1 };
    setTimeout(() => random.pick(says)(response, markOf(owner)), random.integer(0, 4));
  };
  return { listener, did: () => did, count: () => count };
}
