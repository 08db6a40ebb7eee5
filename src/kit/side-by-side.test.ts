import { describe, expect, it } from 'vitest';
import type { Answer, ProbeRequest } from './server.ts';
import type { SideAnswer, SideBySideOptions } from './side-answer.ts';
import { sideBySide } from './side-by-side.ts';

const marks = { alice: ['k3f9-alice'], bob: ['q8z1-bob-b'] };
const alice = { id: 1, username: 'alice', role: 'student' } as const;
const bob = { id: 11, username: 'bob', role: 'student' } as const;
const tokens = { alice: 'a1b2c3d4e5f60718299c', bob: 'b7c1d04e6a92b0c1d202' };

function answer(
  json: unknown,
  request: Partial<ProbeRequest>,
  change: Partial<Answer> = {},
): Answer {
  return {
    request: { path: '/api/v1/me/grades/?page=1', ...request },
    status: 200,
    headers: { 'content-type': 'application/json' },
    text: JSON.stringify(json),
    json,
    sentAtMs: 0,
    receivedAtMs: 1,
    ...change,
  };
}

const grades = {
  owner: 1,
  results: [{ subject: 'C#', grade: 97, note: 'Well done · k3f9-alice' }],
};
const first: SideAnswer = {
  heading: 'alice asked first',
  user: alice,
  answer: answer(grades, { token: tokens.alice }),
};
const second: SideAnswer = {
  heading: 'bob asked the same address',
  user: bob,
  answer: answer(grades, { headers: { Authorization: `Token ${tokens.bob}` } }),
};

function rightOf(right: SideAnswer, options: SideBySideOptions = { marks }) {
  const exhibit = sideBySide(first, right, options);
  if (exhibit.kind !== 'side-by-side') throw new Error(exhibit.kind);
  return exhibit.columns[1].lines;
}

const answerOf = (json: unknown, change: Partial<Answer> = {}): SideAnswer => ({
  ...second,
  answer: answer(json, second.answer.request, change),
});

describe('two answers side by side', () => {
  it('show who asked, and mark what is not the asker’s', () => {
    const common = { title: 'By hand', notes: ['The origin was asked once.'], commands: ['curl'] };
    const lines = ['subject   C#', 'grade     97'].map((text) => ({ text }));
    const note = 'note      Well done · k3f9-alice';
    expect(sideBySide(first, second, { marks, ...common })).toEqual({
      kind: 'side-by-side',
      ...common,
      columns: [
        {
          heading: 'alice asked first',
          lines: [
            { text: 'GET /api/v1/me/grades/?page=1' },
            { text: 'Authorization: Token a1…9c  (student 1)' },
            { text: '' },
            { text: '200' },
            { text: 'owner     1' },
            ...lines,
            { text: note },
          ],
        },
        {
          heading: 'bob asked the same address',
          lines: [
            { text: 'GET /api/v1/me/grades/?page=1' },
            { text: 'Authorization: Token b7…02  (student 11)' },
            { text: '' },
            { text: '200' },
            { text: 'owner     1', mark: 'not bob' },
            ...lines,
            { text: note, mark: "alice's mark" },
          ],
        },
      ],
    });
  });

  it('show the headers of interest first, and any that leaks, without tokens', () => {
    const headers = {
      'content-type': 'application/json',
      'x-note': `of ${Buffer.from('k3f9-alice').toString('base64')}`,
      'set-cookie': [`session=${tokens.alice}; HttpOnly`, 'a=b'],
    };
    const lines = rightOf(answerOf({ owner: 11 }, { status: 201, headers }));
    expect(lines.slice(3)).toEqual([
      { text: '201' },
      { text: 'set-cookie   session=a1…9c; HttpOnly' },
      { text: 'set-cookie   a=b' },
      { text: 'x-note       of azNmOS1hbGljZQ==', mark: "alice's mark" },
      { text: 'owner        11' },
    ]);
    expect(rightOf(answerOf({}, { headers }), { headers: ['content-type'] }).slice(4)).toEqual([
      { text: 'content-type   application/json' },
      { text: 'body           {}' },
    ]);
  });

  it('count what is not shown, and say what leaks in it', () => {
    const many = { count: 20, results: Array.from({ length: 10 }, () => grades.results[0]) };
    const lines = rightOf(answerOf(many));
    expect(lines).toHaveLength(4 + 8 + 1);
    expect(lines.at(-1)).toEqual({
      text: '…           23 more fields',
      mark: "alice's mark",
    });
    const chosen = rightOf(answerOf(many), { fields: ['results.9.note', 'count', 'absent'] });
    expect(chosen.slice(4)).toEqual([
      { text: 'note    Well done · k3f9-alice' },
      { text: 'count   20' },
      { text: '…       29 more fields' },
    ]);
  });

  it('show a stranger, other headers of the request, and a body that is no JSON', () => {
    const request = { method: 'post', headers: { Cookie: 'a=b' } };
    const stranger = {
      heading: 'somebody',
      answer: answer({ owner: 1 }, request),
    };
    expect(rightOf(stranger)).toEqual([
      { text: 'POST /api/v1/me/grades/?page=1' },
      { text: 'no token' },
      { text: 'Cookie: a=b' },
      { text: '' },
      { text: '200' },
      { text: 'owner     1', mark: 'not theirs' },
    ]);
    const text = '<html>\n  <body>k3f9-alice</body>';
    expect(rightOf(answerOf(undefined, { text, status: 502 })).slice(3)).toEqual([
      { text: '502' },
      { text: 'body      <html> <body>k3f9-alice…', mark: "alice's mark" },
    ]);
    expect(rightOf(answerOf(undefined, { text: '', status: 204 })).slice(3)).toEqual([
      { text: '204' },
    ]);
  });
});
