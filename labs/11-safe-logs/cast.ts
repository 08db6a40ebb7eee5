/*
 * Who comes to the server in the experiments of this lab, and what each of them has to hide.
 */
import type { Origin, Probe, ProbeRequest, Server } from 'course-labs/kit';
import { lockerPath, loginOf, statsPath, students } from './observing.ts';

/** One secret of somebody who came. */
export interface Secret {
  /** `the password of ada.rossi, who signed in`: unique. */
  name: string;
  secret: string;
  /** In words, how it gets into the log of the demonstration server, at info or at debug. */
  how: string;
}

interface Visit {
  request: ProbeRequest;
  /** What fails at the origin while it is there. */
  fault?: Parameters<Origin['fail']>[0];
  secrets(answer: unknown): Secret[];
}

/** Seven students, one after the other, with nine secrets. What fails is well again afterwards. */
export async function play(
  probe: Pick<Probe, 'origin' | 'random' | 'school'>,
  server: Server,
): Promise<Secret[]> {
  const all: Secret[] = [];
  for (const { request, fault, secrets } of visits(probe)) {
    if (fault) await probe.origin.fail(fault);
    const { json } = await server.request(request);
    if (fault) await probe.origin.clearRules();
    all.push(...secrets(json));
  }
  return all;
}

function visits({ school, random }: Pick<Probe, 'random' | 'school'>): Visit[] {
  const [signsIn, mistypes, unlucky, opens, follows, returns, early] = students(
    { school, random },
    7,
  );
  const stats = statsPath(school.subjects[0]?.name ?? '');
  const cookie = Buffer.from(JSON.stringify({ id: returns.id, token: returns.tokens[0] }));
  return [
    {
      request: loginOf(signsIn),
      secrets: (answer) => [
        {
          name: `the password of ${signsIn.username}, who signed in`,
          secret: signsIn.password,
          how: 'posted.password is one level down; "password" in the list means the field at the top, and no other',
        },
        {
          name: `the new token of ${signsIn.username}`,
          secret: textIn(answer, 'key') ?? signsIn.tokens[0],
          how: 'the list says "token", and here it is called key',
        },
      ],
    },
    {
      request: loginOf({ ...mistypes, username: `${mistypes.username}${random.text(2)}` }),
      secrets: () => [
        {
          name: `the password of ${mistypes.username}, who mistyped the user name`,
          secret: mistypes.password,
          how: 'the body stands in the record',
        },
      ],
    },
    {
      request: loginOf(unlucky),
      fault: { route: 'token-create', status: 503 },
      secrets: () => [
        {
          name: `the password of ${unlucky.username}, who came while the registrar was down`,
          secret: unlucky.password,
          how: 'the error keeps what was sent to the origin, and the log keeps all of the error',
        },
      ],
    },
    {
      request: { path: lockerPath, token: opens.tokens[0] },
      secrets: () => [
        {
          name: `the token of ${opens.username}, who looked up the locker`,
          secret: opens.tokens[0],
          how: 'the headers stand in the record',
        },
        {
          name: `the combination of the locker of ${opens.username}`,
          secret: opens.canaries.locker,
          how: 'the answer is logged, at level debug',
        },
      ],
    },
    {
      request: { path: `${stats}?token=${follows.tokens[0]}` },
      secrets: () => [
        {
          name: `the token of ${follows.username}, who followed a link`,
          secret: follows.tokens[0],
          how: 'the whole address is logged, with what stands behind the ?',
        },
      ],
    },
    {
      request: {
        path: stats,
        headers: { cookie: `session=${cookie.toString('base64url')}` },
      },
      secrets: () => [
        {
          name: `the token of ${returns.username}, who came with a cookie`,
          secret: returns.tokens[0],
          how: 'nobody named req.headers.cookie; it is base64, which anyone can decode',
        },
      ],
    },
    {
      request: { path: lockerPath, token: early.tokens[0] },
      fault: { route: 'token', key: early.tokens[0], status: 503 },
      secrets: () => [
        {
          name: `the token of ${early.username}, which could not be looked up`,
          secret: early.tokens[0],
          how: 'the error keeps the address that was asked, and the token is a part of it',
        },
      ],
    },
  ];
}

/** A learner's own server may answer anything. */
function textIn(answer: unknown, field: string): string | undefined {
  const value = (answer as Record<string, unknown> | null | undefined)?.[field];
  return typeof value === 'string' && value.length >= 20 ? value : undefined;
}
