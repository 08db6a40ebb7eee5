import type { Check, Probe, ProbeRequest } from 'course-labs/kit';
import { fail, findPieces } from 'course-labs/kit';
import { around, inWords } from './excerpt.ts';
import { linesOf, lockerPath, loginOf, settle, statsPath, students } from './observing.ts';
import { check, told, type Words, works } from './requirement.ts';

/** A request that has something to hide. */
interface Sent {
  /** In words, unique: `the password of a login`. */
  what: string;
  secret: string;
  request: ProbeRequest;
}

/** At debug everything is written that is written at info, and more. */
const common = {
  needs: [works, told],
  group: 'at-debug',
  settings: { logLevel: 'debug' },
} as const;

export const secretChecks: readonly Check[] = [
  check({
    id: 'no-password-in-the-log',
    ...common,
    title: 'no password is in the log, whatever becomes of the login',
    points: 8,
    asked:
      'at debug: logins with a mistyped user name, with a broken body, while the registrar was down, and a good one',
    rationale:
      'Many people read logs: developers, operators, whoever runs the search that they are copied to. And a password opens more than one door. This is Twitter and GitHub, May 2018, and Facebook, March 2019.',
    help: 'Look at each way that a body can take into a record: as a field of a field, in a message, with an error.',
    judge: async (probe, words) => {
      const { server, origin, random } = probe;
      const [good, mistyped, broken, unlucky] = students(probe, 4);
      const text = JSON.stringify({ username: broken.username, password: broken.password });
      const sent: Sent[] = [
        { what: 'the password of a good login', secret: good.password, request: loginOf(good) },
        {
          what: 'the password that came with a mistyped user name',
          secret: mistyped.password,
          request: loginOf({ ...mistyped, username: `${mistyped.username}${random.text(3)}` }),
        },
        {
          what: 'the password in a body that is no JSON',
          secret: broken.password,
          // With the wrong quotes: what a parser then quotes begins with the password.
          request: {
            ...loginOf(broken),
            body: text.replace(`"${broken.password}"`, `'${broken.password}'`),
          },
        },
      ];
      for (const { request } of sent) await server.request(request);
      await origin.fail({ route: 'token-create', status: 503 });
      const last = { secret: unlucky.password, request: loginOf(unlucky) };
      await server.request(last.request);
      const all = [...sent, { what: 'the password of a login that failed at the origin', ...last }];
      await demandNone(probe, all, words);
    },
  }),
  check({
    id: 'no-token-in-the-log',
    ...common,
    title: 'no token is in the log: of a header, an address, a cookie, a login, or a failed call',
    points: 8,
    asked:
      'at debug: tokens in Authorization, behind the ? of addresses, in cookies, one that a login gives, one whose look-up failed',
    rationale:
      'Who has the token is the user, until it ends: no password is asked for. A log full of tokens is a ring of keys, and base64 is no lock.',
    help: 'A header and an address hold more than their names say, and an error knows what it was about.',
    judge: async (probe, words) => {
      const { server, school, origin, random } = probe;
      const [asks, links, links2, visits, unlucky] = students(probe, 5);
      const name = school.subjects[0]?.name ?? '';
      const [session, stranger] = [visits.tokens[1], random.text(40)];
      const json = Buffer.from(JSON.stringify({ token: session })).toString('base64url');
      const sent: Sent[] = [
        {
          what: 'the token of the header Authorization',
          secret: asks.tokens[0],
          request: { path: lockerPath, token: asks.tokens[0] },
        },
        {
          what: 'a token of that header that nobody has',
          secret: stranger,
          request: { path: lockerPath, token: stranger },
        },
        {
          what: 'the token behind the ? of an address',
          secret: links.tokens[1],
          request: {
            path: `${lockerPath}?token=${links.tokens[1]}`,
            token: links.tokens[0],
          },
        },
        {
          what: 'the percent-encoded token behind the ? of an address',
          secret: links2.tokens[0],
          request: { path: `${statsPath(name)}?next=${percentEncoded(links2.tokens[0])}` },
        },
        {
          what: 'the token in a cookie',
          secret: visits.tokens[0],
          request: { path: statsPath(name), headers: { cookie: `session=${visits.tokens[0]}` } },
        },
        {
          what: 'the token in a cookie in base64',
          secret: session,
          request: { path: statsPath(name), headers: { cookie: `lang=en; session=${json}` } },
        },
      ];
      for (const { request } of sent) await server.request(request);

      const request = loginOf(asks);
      const { json: given } = await server.request(request);
      const { key } = given as { key: string };
      await origin.fail({ route: 'token', key: unlucky.tokens[0], status: 503 });
      const last = { path: lockerPath, token: unlucky.tokens[0] };
      await server.request(last);
      const all = [
        ...sent,
        { what: 'the token that a login gave', secret: key, request },
        { what: 'the token whose look-up failed', secret: last.token, request: last },
      ];
      await demandNone(probe, all, words);
    },
  }),
  check({
    id: 'no-combination-in-the-log',
    ...common,
    title: "no locker's combination is in the log",
    points: 4,
    asked: 'at debug: a student looks up the locker',
    rationale:
      'At info it does not show. Then somebody looks for a bug, sets the level to debug for an hour, and what all users were answered in that hour is in the log.',
    help: 'An answer that belongs to one user is logged for many readers.',
    judge: async (probe, words) => {
      const [student] = students(probe, 1);
      const request = { path: lockerPath, token: student.tokens[0] };
      await probe.server.request(request);
      const what = "the combination of a student's locker";
      await demandNone(probe, [{ what, secret: student.canaries.locker, request }], words);
    },
  }),
];

/** Looks for each secret in every line of the log. */
async function demandNone(probe: Probe, sent: readonly Sent[], words: Words): Promise<void> {
  await settle(probe);
  const secrets = Object.fromEntries(sent.map(({ what, secret }) => [what, [secret]]));
  for (const line of linesOf(probe.server)) {
    const [piece] = findPieces(line, secrets);
    if (piece === undefined) continue;
    const { before, found, after } = around(line, piece);
    const { request } = sent.find(({ what }) => what === piece.owner) as Sent;
    fail({
      ...words,
      expected: `in the log, of ${piece.owner}: nothing`,
      actual: `in the log, of ${piece.owner}: ${piece.piece}, ${inWords[piece.as]}, in ${before}${found}${after}`,
      request,
    });
  }
}

/** Every character of it, as an address may hold it. */
function percentEncoded(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
}
