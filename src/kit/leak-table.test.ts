import { describe, expect, it } from 'vitest';
import { leakTable } from './leak-table.ts';
import type { StormResult, StormUser } from './storm.ts';

const user = (own: number, victims: StormUser['victims'] = {}, change: Partial<StormUser> = {}) => {
  const others = Object.values(victims).reduce((sum, count) => sum + count, 0);
  return { asked: own + others, answered: own + others, own, others, victims, ...change };
};

const leaky: StormResult = {
  answered: 2000,
  leaked: 1000,
  statuses: { 200: 2000 },
  failed: 0,
  users: { alice: user(512, { bob: 488 }), bob: user(488, { alice: 512 }) },
  first: {
    sequence: 2,
    who: 'bob',
    victim: 'alice',
    mark: 'k3f9-alice-p1',
    where: 'body',
    request: { path: '/api/v1/me/grades/?page=1' },
  },
};

describe('the leak table', () => {
  it('has a row for each user, and one for all', () => {
    const commands = ['curl -s 1', 'curl -s 2'];
    expect(leakTable(leaky, { connections: 20, total: 2000, commands })).toEqual({
      kind: 'table',
      title: '2,000 requests, alice and bob interleaved, 20 at a time',
      columns: ['asked by', 'answers', 'own', "someone else's", ''],
      rows: [
        ['alice', { value: 1000 }, { value: 512 }, { value: 488 }, "all bob's"],
        ['bob', { value: 1000 }, { value: 488 }, { value: 512 }, "all alice's"],
        ['leaked', '', '', { value: 1000 }, 'of 2,000'],
      ],
      notes: ["The first leak: answer 2, for bob. In the body stands alice's mark k3f9-alice-p1."],
      commands,
    });
  });

  it('says that nothing leaked', () => {
    const users = { alice: user(3), bob: user(3), carol: user(3) };
    const statuses = { 200: 9 };
    const sound = { ...leaky, answered: 9, leaked: 0, statuses, users, first: undefined };
    const table = leakTable(sound);
    expect(table).toMatchObject({
      title: '9 requests, alice, bob and carol interleaved',
      notes: ["No answer held anybody else's mark."],
    });
    expect(table).not.toHaveProperty('commands');
  });

  it('tells the victims apart where there are several', () => {
    const users = { alice: user(0, { bob: 1200, carol: 3 }), bob: user(1) };
    const table = leakTable({ ...leaky, users });
    const rows = table.kind === 'table' ? table.rows : [];
    expect(rows.map((row) => row.at(-1))).toEqual(["1,200 bob's, 3 carol's", '', 'of 2,000']);
  });

  it('says what was not answered, not 200, not marked, not sent', () => {
    const users = { alice: user(4, {}, { asked: 8, answered: 7 }) };
    const statuses = { 200: 4, 401: 3 };
    const result = { ...leaky, answered: 7, failed: 1, statuses, users, first: undefined };
    expect(leakTable(result, { total: 2000 })).toMatchObject({
      title: '8 requests, all by alice',
      notes: [
        "No answer held anybody else's mark.",
        "3 answers held nobody's mark.",
        'Answers by status: 4 × 200, 3 × 401.',
        '1 request got no answer.',
        'The storm was given up after 8 of 2,000 requests.',
      ],
    });
  });

  it('names the header that leaks', () => {
    const first = { ...leaky.first, where: 'set-cookie' } as StormResult['first'];
    const { notes } = leakTable({ ...leaky, first });
    expect(notes?.[0]).toContain('In the header set-cookie stands');
  });
});
