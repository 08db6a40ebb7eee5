import type { Check, Probe } from 'course-labs/kit';
import { type Case, varying, withHeader } from '../06-whole-responses/cases.ts';
import { demandOrigin } from '../06-whole-responses/page-visits.ts';
import { repeats } from '../06-whole-responses/replay.ts';
import { check, inMemory } from './requirement.ts';

/** Public pages, as in lab 6. */
export const pageChecks: readonly Check[] = [
  check({
    ...inMemory,
    id: 'page-is-kept',
    title: 'a plain page costs one call to the origin, whoever asks for it again',
    points: 1,
    asked: 'a plain page, by three browsers',
    rationale: 'A response cache that was dangerous for some pages is not to be missed by all.',
    help: 'What speaks against keeping this page? Nothing: no header says so.',
    judge: repeats,
  }),
  check({
    ...inMemory,
    id: 'page-of-one-is-not-for-all',
    needs: ['page-is-kept'],
    title: 'what is not for everybody is neither kept nor answered from what is kept',
    points: 3,
    asked: 'pages with cookies, private ones, failures; visitors who are signed in',
    rationale: 'A page that was made for one visitor is sent to all others. This is Steam, 2015.',
    help: 'Ask the request whether it is somebody in particular, and the response whether it may be kept.',
    judge: async (probe, { rationale, help }) => {
      const words = { rationale, ...(help !== undefined && { help }) };
      for (const each of cases(probe)) await demandOrigin(probe, words, each);
    },
  }),
];

function cases({ school: { alice, bob }, random }: Probe): Case[] {
  const session = (whose: string) => `session=${random.text(8)}-${whose}`;
  const signedIn = { token: alice.tokens[0] };
  const withCookie = { headers: { cookie: 'theme=dark' } };
  return [
    {
      what: 'a page that gives each visitor a session, by alice and by bob',
      found: { headers: { 'Set-Cookie': session('alice') } },
      changed: { 'set-cookie': session('bob') },
    },
    ...withHeader('Cache-Control', ['Private', 'max-age=60,No-Store', 'no-cache , max-age=60']),
    varying('Accept-Language', { 'Accept-Language': 'de' }, { 'Accept-Language': 'en' }),
    { what: 'a page before it was there, and after', found: 'nothing' },
    { what: 'a page while the origin failed, and after', found: 'failure' },
    { what: 'a page with status 403, and when it was a 200', found: { status: 403 } },
    { what: "a page with alice's token, then without", first: signedIn },
    { what: "a page, then with bob's token", second: { token: bob.tokens[0] } },
    { what: 'a page with a cookie, then without', first: withCookie },
    { what: 'a page, then with a cookie', second: withCookie },
  ];
}
