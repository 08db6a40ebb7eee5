import type { Option, PosedQuestion, Random, RunRecord } from 'course-labs/kit';
import { experimentData } from 'course-labs/kit';
import type { Queue } from './experiments.ts';

const asOptions = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

/** Texts to be put in places: two of each place, drawn and mixed. */
function placed(
  random: Random,
  pools: Readonly<Record<string, readonly string[]>>,
  places: Readonly<Record<string, string>>,
) {
  const drawn = Object.entries(pools).flatMap(([place, pool]) =>
    random
      .shuffle(pool)
      .slice(0, 2)
      .map((text) => ({ place, text })),
  );
  const order = random.shuffle(drawn).map((each, index) => ({ ...each, id: `${index + 1}` }));
  const format = {
    kind: 'match' as const,
    items: order.map(({ id, text }) => ({ id, text })),
    places: asOptions(places),
    expected: Object.fromEntries(order.map(({ id, place }) => [id, place])),
    partialCredit: true,
  };
  const listed = Object.keys(pools).map(
    (place) =>
      `${place}: ${order
        .filter((each) => each.place === place)
        .map(({ id }) => id)
        .join(' and ')}`,
  );
  return { format, listed: listed.join('; ') };
}

/** Q1: what the rules of this lab make of six pairs of requests. */
export function poseRules(random: Random): PosedQuestion {
  const seconds = random.pick([30, 120, 300]);
  const [one, other] = random.shuffle(['de', 'en']);
  const header = random.pick(['X-Plan', 'X-Room', 'X-Theme']);
  const used = [
    'GET gets a 200 without Cache-Control; then the same GET',
    `GET gets a 200 with Cache-Control: max-age=${seconds}; then HEAD`,
    `GET with Accept-Language: ${one} gets a 200 with Vary: Accept-Language; then the same GET`,
    'GET with Cookie: theme=dark gets a 200 with Cache-Control: public; then GET without a cookie',
  ];
  const unused = [
    `GET with Accept-Language: ${one} gets a 200 with Vary: Accept-Language; then GET with Accept-Language: ${other}`,
    `GET without ${header} gets a 200 with Vary: ${header}; then GET with an empty ${header}`,
    'GET gets a 200 without Cache-Control; then the same GET with Authorization',
    'GET gets a 200 without Cache-Control; then the same GET with a cookie',
    'GET gets a 200 without Cache-Control; then the same GET, 3 s after CACHE_TTL_S has passed',
  ];
  const never = [
    `GET gets a ${random.pick([404, 403, 302, 503])} without Cache-Control; then the same GET`,
    'GET gets a 200 with Set-Cookie and Cache-Control: public; then the same GET',
    `GET gets a 200 with Cache-Control: max-age=${seconds},${random.pick(['Private', 'NO-CACHE', 'No-Store'])}; then the same GET`,
    `GET gets a 200 with Vary: ${header}, *; then the same GET`,
    'GET with Authorization gets a 200 without Cache-Control; then the same GET without Authorization',
    'POST gets a 200; then a GET of the same URL',
  ];
  const places = {
    used: 'stored, and the second request is answered from the store',
    unused: 'stored, but the second request goes to the origin',
    never: 'not stored',
  };
  const { format, listed } = placed(random, { used, unused, never }, places);
  return {
    text: 'By the rules of this lab: what becomes of the first response of each pair?',
    format,
    why: `${listed}. Not stored is a response that forbids it, that is no 200 to a GET, or that a request with Authorization or Cookie brought, unless it says public. Of what is stored, a request gets only what fits its own headers, and one with Authorization or Cookie only what says public.`,
  };
}

/** Q2: whose session bob was given, when the entry had expired on the way. */
export function poseQueue(run: RunRecord): PosedQuestion {
  const { ttlSeconds, visits, bobGot } = experimentData<Queue>(run, 'queue');
  const seconds = (atMs: number) => `${(atMs / 1000).toFixed(2)} s`;
  const came = visits.map(({ who, atMs }) => `${who} at ${seconds(atMs)}`).join(', ');
  const [filler] = visits;
  const again = visits.find(({ who }) => who === bobGot);
  return {
    text: `To the welcome page came ${came}. CACHE_TTL_S was ${ttlSeconds}. **Whose session did bob receive?**`,
    format: {
      kind: 'choice',
      options: asOptions(Object.fromEntries(visits.map(({ who }) => [who, who]))),
      expected: bobGot,
    },
    why: `${filler?.who} came first, and what ${filler?.who} got was stored for ${ttlSeconds} s. The first who came after that was ${bobGot}, at ${seconds(again?.atMs ?? 0)}: ${bobGot} reached the origin, and what it gave to ${bobGot} went to everybody behind, bob included.`,
  };
}

/** One response of Django, and the 5.2 release from which it no longer reaches the second visitor. */
interface Handed {
  text: string;
  /** The last number of the release: 14 for 5.2.14; 0 where it never did, Infinity where it still does. */
  until: number;
}

const handed: readonly Handed[] = [
  { text: 'Vary: *; then asked for by somebody else', until: 14 },
  {
    text: "SESSION_SAVE_EVERY_REQUEST is on: to alice's session cookie, renewing it; then asked for without a cookie",
    until: 14,
  },
  { text: 'Cache-Control: Private; then asked for by somebody else', until: 15 },
  { text: 'Vary: " * ", with spaces; then asked for by somebody else', until: 15 },
  { text: 'to a request with Authorization, no Cache-Control; then without it', until: 15 },
  {
    text: 'to Cookie: theme=dark, with Set-Cookie: sessionid=... and Vary: Cookie; then with Cookie: theme=dark',
    until: 16,
  },
  { text: 'Vary: X-Plan, to a request without X-Plan; then with an empty one', until: 19 },
  { text: 'a plain 200; then asked for by somebody else', until: Number.POSITIVE_INFINITY },
  {
    text: 'to a request with Authorization, Cache-Control: public; then without it',
    until: Number.POSITIVE_INFINITY,
  },
  {
    text: 'Vary: Accept-Language, to a request with de; then asked for with de',
    until: Number.POSITIVE_INFINITY,
  },
  { text: 'Cache-Control: private; then asked for by somebody else', until: 0 },
  { text: 'a 404; then asked for when the page is there', until: 0 },
  { text: 'Vary: Accept-Language, to a request with de; then asked for with en', until: 0 },
];

/** Releases between which at least two of these were repaired. */
const releases = [
  [13, 14],
  [13, 15],
  [13, 16],
  [14, 15],
  [14, 16],
  [14, 19],
  [15, 19],
] as const;

const table = `
| CVE | what was stored or shared | fixed in |
|---|---|---|
| 2026-6907 | responses with \`Vary: *\` | 5.2.14 |
| 2026-35192 | session responses without \`Vary: Cookie\`, with SESSION_SAVE_EVERY_REQUEST | 5.2.14 |
| 2026-8404 | \`Private\`, in other than lower case | 5.2.15 |
| 2026-35193 | responses to requests with Authorization, unless public | 5.2.15 |
| 2026-48587 | \`Vary\` with spaces around a name or the star | 5.2.15 |
| 2026-48588 | Set-Cookie with \`Vary: Cookie\`, to a request that had another cookie | 5.2.16 |
| 2026-113593 | a header that is absent shared its key with an empty one | 5.2.19 |
`;

/** Q3: which of six responses two releases of Django hand to the second visitor. */
export function poseReleases(random: Random): PosedQuestion {
  const [older, newer] = random.pick(releases);
  const those = (fits: (until: number) => boolean) =>
    handed.filter(({ until }) => fits(until)).map(({ text }) => text);
  const pools = {
    both: those((until) => until > newer),
    older: those((until) => until > older && until <= newer),
    neither: those((until) => until <= older),
  };
  const places = {
    both: `5.2.${older} and 5.2.${newer} hand it out`,
    older: `only 5.2.${older} does`,
    neither: 'neither does',
  };
  const { format, listed } = placed(random, pools, places);
  return {
    text: `${table.trim()}\n\nA view is behind \`cache_page\`, and has no other protection. Which of these responses does the second request get from the store, with **Django 5.2.${older}** and with **5.2.${newer}**?`,
    format,
    why: `${listed}. A release hands out what is repaired only later; plain and public responses to equal requests are what cache_page is for; private in lower case, other values of a header in Vary and a 404 were never handed out.`,
  };
}
