import { expect, it } from 'vitest';
import { createStormTally } from './storm-tally.ts';

const marks = { alice: ['k3f9-alice', 'locker-7731'], bob: ['q8z1-bob-b'] };
const asking = (who: string) => ({ who, path: `/?of=${who}`, headers: { accept: '*/*' } });
const saying = (body: string, status = 200) => ({ status, headers: [], body });

it('counts answers by who asked and whose texts they held', () => {
  const tally = createStormTally(marks);
  const answers: [string, string, number?][] = [
    ['alice', 'k3f9-alice'],
    ['bob', 'q8z1-bob-b'],
    ['bob', 'nobody is here', 401],
    ['bob', 'q8z1-bob-b and k3f9-alice and locker-7731'],
    ['alice', 'q8z1-bob-b'],
    ['carol', 'k3f9-alice, q8z1-bob-b'],
  ];
  for (const [who, body, status] of answers) {
    tally.asked(asking(who));
    tally.answered(asking(who), saying(body, status));
  }
  tally.asked(asking('bob'));
  tally.failed();
  expect(tally.result()).toEqual({
    answered: 6,
    leaked: 3,
    statuses: { 200: 5, 401: 1 },
    failed: 1,
    users: {
      alice: { asked: 2, answered: 2, own: 1, others: 1, victims: { bob: 1 } },
      bob: { asked: 4, answered: 3, own: 1, others: 1, victims: { alice: 1 } },
      carol: { asked: 1, answered: 1, own: 0, others: 1, victims: { alice: 1, bob: 1 } },
    },
    first: {
      sequence: 4,
      who: 'bob',
      victim: 'alice',
      mark: 'k3f9-alice',
      where: 'body',
      request: { path: '/?of=bob', headers: { accept: '*/*' } },
    },
  });
});

it('finds marks in headers, in whatever form, and says in which', () => {
  const tally = createStormTally(marks);
  const cookie = `session=${Buffer.from('for k3f9-alice').toString('base64url')}`;
  tally.asked(asking('bob'));
  tally.answered(asking('bob'), {
    status: 200,
    headers: [
      ['content-type', 'application/json'],
      ['set-cookie', cookie],
    ],
    body: 'q8z1-bob-b',
  });
  expect(tally.result()).toMatchObject({
    leaked: 1,
    users: { bob: { own: 0, others: 1 } },
    first: { where: 'set-cookie', mark: 'k3f9-alice' },
  });
});

it('counts for users with awkward names too', () => {
  const tally = createStormTally({ ['__proto__']: ['k3f9-proto'] });
  for (const who of ['constructor', '__proto__']) {
    tally.asked(asking(who));
    tally.answered(asking(who), saying('k3f9-proto'));
  }
  const { users } = JSON.parse(JSON.stringify(tally.result()));
  expect(Object.entries(users)).toMatchObject([
    ['constructor', { others: 1 }],
    ['__proto__', { own: 1, others: 0 }],
  ]);
});
