import type { Check, Probe } from 'course-labs/kit';
import { defineChecks } from 'course-labs/kit';
import { type Case, varying, withHeader, withThese } from './cases.ts';
import { demandOrigin, type Words } from './page-visits.ts';
import * as replay from './replay.ts';

interface Requirement extends Omit<Check, 'run' | 'needs'>, Words {
  judge(probe: Probe, words: Words): Promise<void>;
}

/** Of a server that stores nothing nothing else can be judged. */
const first = 'repeat-makes-no-origin-call';

function check({ judge, rationale, help, ...rest }: Requirement): Check {
  const words = { rationale, ...(help !== undefined && { help }) };
  const needs = rest.id === first ? {} : { needs: [first] };
  return { group: 'pages', ...rest, ...needs, run: (probe) => judge(probe, words) };
}

/** In each case the second visitor must be answered by the origin. */
function mustAsk(cases: (probe: Probe) => readonly Case[]): Requirement['judge'] {
  return async (probe, words) => {
    for (const each of cases(probe)) await demandOrigin(probe, words, each);
  };
}

const withCookie = { headers: { cookie: 'theme=dark' } };

export default defineChecks({
  C1: [
    check({
      id: first,
      title: 'a plain page costs one call to the origin, whoever asks for it again',
      points: 3,
      rationale: 'Each visitor costs the origin a call: the plug-in is there, and brings nothing.',
      help: 'Nothing is found: the hook is not called for this route, or the key is never the same.',
      judge: replay.repeats,
    }),
    check({
      id: 'response-is-replayed-whole',
      title: 'status, content type, ETag, other headers and body are sent again as they were',
      points: 3,
      rationale: 'By the answer nobody must be able to tell whether it came from the store.',
      help: 'Not all of the response is stored, or not all of what is stored is sent.',
      judge: replay.isWhole,
    }),
    check({
      id: 'only-200-is-kept',
      title: 'only what had status 200 is stored',
      points: 5,
      rationale: 'An error or a detour is over soon. Stored, it lasts a whole TTL for everybody.',
      help: 'Not every response is a page. Look at its status before you store it.',
      judge: mustAsk(() => [
        { what: 'a page before it was there, and after', found: 'nothing' },
        { what: 'a page with status 404, and when it was a 200', found: { status: 404 } },
        { what: 'a page with status 403, and when it was a 200', found: { status: 403 } },
        {
          what: 'a page with status 302, and when it was a 200',
          found: { status: 302, headers: { location: '/' } },
        },
        { what: 'a page with status 503, and when it was a 200', found: { status: 503 } },
        { what: 'a page while the origin failed, and after', found: 'failure' },
      ]),
    }),
    check({
      id: 'head-uses-the-gets-entry',
      title: 'HEAD after GET makes no call, and tells the same length without a body',
      points: 3,
      rationale: 'HEAD asks what a GET would bring: monitors and download managers rely on it.',
      help: 'HEAD is to find what the GET has stored, with its headers, and to send no body.',
      judge: replay.headAfterGet,
    }),
    check({
      id: 'head-leaves-the-get-whole',
      title: 'GET after HEAD brings the whole body',
      points: 2,
      rationale: 'One HEAD of a monitor, and every visitor sees an empty page for a whole TTL.',
      help: 'What the HEAD brought is stored, with the body that it does not have.',
      judge: replay.getAfterHead,
    }),
    check({
      id: 'vary-by-value',
      title: 'what varies on a header is for requests with the same value of it',
      points: 6,
      rationale: 'One visitor is sent the page in the language, or the plan, of another.',
      help: 'The values of the headers that Vary names must be part of the key, each for itself.',
      judge: async (probe, words) => {
        const language = 'Accept-Language';
        await replay.sharesByValue(probe, words);
        const cases = [
          varying('Accept-Language', { [language]: 'de' }, { [language]: 'en' }),
          varying('accept-language', {}, { [language]: 'de' }),
          varying(
            'X-Plan,ACCEPT-LANGUAGE',
            { 'X-Plan': 'a', [language]: 'de' },
            { 'X-Plan': 'a', [language]: 'en' },
          ),
          varying(
            'X-Plan, X-Room',
            { 'X-Plan': '1', 'X-Room': '11' },
            { 'X-Plan': '11', 'X-Room': '1' },
          ),
        ];
        await mustAsk(() => cases)(probe, words);
      },
    }),
    check({
      id: 'absent-is-not-empty',
      title: 'a header that is absent is not the same as one that is empty',
      points: 4,
      rationale:
        'In Django both had one key until 2026 (CVE-2026-113593): pages reached strangers.',
      help: 'In the key nothing and an empty text look alike.',
      judge: mustAsk(() => [
        varying('X-Plan', {}, { 'X-Plan': '' }),
        varying('X-Plan', { 'X-Plan': '' }, {}),
      ]),
    }),
    check({
      id: 'vary-star-is-not-kept',
      title: 'a response with Vary: * is never stored, however it is written',
      points: 4,
      rationale: 'The star says that no key can tell who it is for. Django stored it until 2026.',
      help: 'Vary is a list, with spaces or without, and the star may stand anywhere in it.',
      judge: mustAsk(() => withHeader('Vary', ['*', ' * ', 'Accept-Language, *', '*,X-Plan'])),
    }),
    check({
      id: 'set-cookie-is-not-kept',
      title: 'a response with Set-Cookie is never stored',
      points: 6,
      rationale:
        'Two visitors in one session: when the first one signs in, the second one is in, too.',
      help: 'Whoever gets a cookie gets a page of their own: without the cookie it is still theirs.',
      judge: mustAsk(({ random }) => {
        const cookie = (whose: string) => `session=${random.text(8)}-${whose}`;
        const also = [{}, { 'Cache-Control': 'public, max-age=300' }, { Vary: 'Cookie' }];
        return also.map((headers) => ({
          what: `a page that gives each visitor a session${withThese(headers)}, by alice and by bob`,
          found: { headers: { ...headers, 'Set-Cookie': cookie('alice') } },
          changed: { ...headers, 'set-cookie': cookie('bob') },
        }));
      }),
    }),
    check({
      id: 'private-is-not-kept',
      title: 'a response with Cache-Control: private is never stored',
      points: 4,
      rationale:
        'private says: for this one reader. Nothing but your code keeps that promise here.',
      help: 'Cache-Control is a list, its words mean the same in capitals, and spaces do not count.',
      judge: mustAsk(() =>
        withHeader('Cache-Control', [
          'private',
          'Private',
          'max-age=60,PRIVATE',
          'max-age=60 ,  private , must-revalidate',
        ]),
      ),
    }),
    check({
      id: 'no-store-is-not-kept',
      title: 'a response with no-store or no-cache is never stored',
      points: 4,
      rationale: 'Such a page is true for this moment only: balances, seats, one-time links.',
      help: 'There are three words that forbid it. Each may stand in a list, and in capitals.',
      judge: mustAsk(() =>
        withHeader('Cache-Control', [
          'no-store',
          'max-age=60,No-Store',
          'no-cache',
          'NO-CACHE ,max-age=60',
        ]),
      ),
    }),
    check({
      id: 'signed-in-is-not-kept',
      title: 'what a request with Authorization or Cookie brings is not stored',
      points: 5,
      rationale: 'A page for somebody who is signed in is theirs, even where it does not say so.',
      help: 'Look at the request before its response is stored. A key of their own is not enough.',
      judge: mustAsk(({ school: { alice, bob } }) => {
        const [token, other] = alice.tokens;
        const bobs = { token: bob.tokens[0] };
        return [
          { what: "a page with alice's token, then without", first: { token } },
          { what: "a page with alice's token, then with bob's", first: { token }, second: bobs },
          { what: "a page with alice's token, twice", first: { token }, second: { token } },
          {
            what: 'a page with a token and a cookie, then without',
            first: { token: other, ...withCookie },
          },
          { what: 'a page with a cookie, then without', first: withCookie },
          { what: 'a page with a cookie, twice', first: withCookie, second: withCookie },
        ];
      }),
    }),
    check({
      id: 'signed-in-is-not-served',
      title: 'a request with Authorization or Cookie is not answered from the store',
      points: 4,
      rationale: 'Whoever is signed in is sent the page of strangers: logged out, as it seems.',
      help: 'Look at the request before you look into the store.',
      judge: mustAsk(({ school: { alice } }) => [
        { what: "a page, then with alice's token", second: { token: alice.tokens[0] } },
        { what: 'a page, then with a cookie', second: withCookie },
      ]),
    }),
    check({
      id: 'age-grows',
      title: 'what comes from the store has an Age, which grows',
      points: 2,
      rationale:
        'Age tells clients, and you, that a store is in between, and how old its answer is.',
      help: 'Note when the response was stored, and tell the seconds since then each time.',
      judge: replay.ageGrows,
    }),
    check({
      id: 'login-passes-through',
      title: 'each login reaches the origin, and brings a key of its own',
      points: 3,
      rationale: "Whoever logs in next gets the key of the one before: it is everybody's account.",
      help: 'Only GET and HEAD may be answered from a store. The URL of a POST is not its question.',
      judge: replay.logIn,
    }),
    check({
      id: 'expires-after-ttl',
      title: 'a response is used for CACHE_TTL_S seconds, however often it is asked for',
      points: 1,
      group: 'expiry',
      settings: { cacheTtlSeconds: 1 },
      rationale: 'The TTL is a promise of how old an answer can be.',
      help: 'A response that comes from the store is not to be stored once more.',
      judge: replay.expires,
    }),
    check({
      id: 'none-keeps-nothing',
      title: 'with CACHE_BACKEND=none each request reaches the origin',
      points: 1,
      group: 'none',
      settings: { cacheBackend: 'none' },
      rationale: 'Whoever looks for a wrong page tries it without the store. Here it stays on.',
      help: 'Part of the code stores although the backend is none.',
      judge: mustAsk(() => [{ what: 'a plain page with CACHE_BACKEND=none, twice' }]),
    }),
  ],
});
