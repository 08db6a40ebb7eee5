import { describe, expect, it } from 'vitest';
import { createSchool } from './school.ts';
import { useRegistrar } from './use-registrar.testing.ts';

const seed = 47;
const { students, staff, alice, bob } = createSchool(seed);
const origin = useRegistrar(seed);
const { get, send } = origin;

interface Grade {
  note: string;
}

describe("a student's data", () => {
  it.each([1, 2, 11, 111, 112, 1111, 2000])('of %i is about nobody else', async (id) => {
    const { username, canaries } = students[id - 1] ?? alice;
    const who = await get(`/students/${id}/`);
    expect(who.json).toEqual({ owner: id, id, username, role: 'student' });
    const locker = await get(`/students/${id}/locker/`);
    expect(locker.json).toEqual({
      owner: id,
      number: expect.any(Number),
      combination: canaries.locker,
    });
    const stats = await get(`/students/${id}/stats/`);
    expect(stats.json).toMatchObject({ owner: id, mark: canaries.stats });
    const grades = await get(`/students/${id}/grades/`);
    expect(grades.json).toMatchObject({ owner: id, page: 1, previous: null, next: 2 });
    expect(stats.json.count).toBe(grades.json.count);
    for (const { note } of grades.json.results) expect(note).toContain(canaries.grades);
  });

  it('shows marks of no one else, wherever one looks', async () => {
    const text = await Promise.all(
      ['', 'locker/', 'stats/', 'grades/', 'grades/?page=11'].map(
        async (rest) => (await get(`/students/11/${rest}`)).text,
      ),
    );
    const others = students.filter(({ id }) => id !== bob.id);
    for (const { canaries } of others) {
      for (const canary of Object.values(canaries)) expect(text.join()).not.toContain(canary);
    }
  });

  it('has page 11 where numbers and pages collide, each another', async () => {
    const pages = await Promise.all(
      ['1/grades/?page=11', '11/grades/?page=1', '11/grades/?page=11', '111/grades/?page=1'].map(
        async (rest) => (await get(`/students/${rest}`)).json,
      ),
    );
    expect(pages.map(({ owner, page }) => [owner, page])).toEqual([
      [1, 11],
      [11, 1],
      [11, 11],
      [111, 1],
    ]);
    for (const { results } of pages) expect(results.length).toBeGreaterThan(0);
    expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(4);
  });

  it('has pages as lists have', async () => {
    const status = async (page: string) => (await get(`/students/1/grades/?page=${page}`)).status;
    expect(await status('12')).toBe(200);
    expect(await status('13')).toBe(404);
    expect(await status('0')).toBe(400);
    expect(await status('a')).toBe(400);
  });

  it.each(['0', '2001', '01', '1.0', '-1', '1x', '%20', '1%00', '9'.repeat(30), 'alice'])(
    'is not there for %s',
    async (id) => {
      for (const rest of ['', 'grades/', 'locker/', 'stats/']) {
        expect((await get(`/students/${id}/${rest}`)).status).toBe(404);
      }
      const body = { subject: 'Python', grade: 50 };
      expect((await send('POST', `/students/${id}/grades/`, body)).status).toBe(404);
    },
  );

  it('is not there for staff', async () => {
    for (const { id } of staff) expect((await get(`/students/${id}/`)).status).toBe(404);
  });
});

describe('a posted grade', () => {
  it("is first on the student's page, with a note, and shows staff no mark", async () => {
    const before = (await get('/students/1/grades/')).json;
    const body = { subject: 'PYTHON', grade: 97 };
    const posted = await send('POST', '/students/1/grades/', body);
    expect(posted.status).toBe(201);
    expect(posted.json).toEqual({ owner: 1, subject: 'Python', grade: 97, year: 2026 });
    const after = (await get('/students/1/grades/')).json;
    expect(after.count).toBe(before.count + 1);
    expect(after.results[0]).toMatchObject({ subject: 'Python', grade: 97 });
    expect((after.results[0] as Grade).note).toContain(alice.canaries.grades);
    expect(after.results.slice(1)).toEqual(before.results.slice(0, 4));
  });

  it.each([
    [{ grade: 5 }],
    [{ subject: 'Nothing', grade: 5 }],
    [{ subject: 5, grade: 5 }],
    [{ subject: 'Python' }],
    [{ subject: 'Python', grade: '5' }],
    [{ subject: 'Python', grade: 101 }],
    [{ subject: 'Python', grade: -1 }],
    [{ subject: 'Python', grade: 1.5 }],
    [[]],
    ['null'],
    ['{'],
  ])('is 400 as %j', async (body) => {
    expect((await send('POST', '/students/1/grades/', body)).status).toBe(400);
  });
});

describe('tokens', () => {
  it('of the start tell whose they are', async () => {
    for (const user of [alice, bob, students[1999] ?? alice, ...staff]) {
      for (const key of user.tokens) {
        const { id: userId, username, role } = user;
        expect((await get(`/tokens/${key}/`)).json).toEqual({ userId, username, role });
      }
    }
  });

  it('are made for name and password, each anew, and end when they are deleted', async () => {
    const { username, password } = bob;
    const make = () => send('POST', '/tokens/', { username, password });
    const [first, second] = [await make(), await make()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.json).toEqual({ key: expect.stringMatching(/^[a-z0-9]{40}$/) });
    expect(second.json.key).not.toBe(first.json.key);
    expect((await send('DELETE', `/tokens/${first.json.key}/`)).status).toBe(204);
    expect((await get(`/tokens/${first.json.key}/`)).status).toBe(404);
    expect((await send('DELETE', `/tokens/${first.json.key}/`)).status).toBe(404);
    expect((await get(`/tokens/${second.json.key}/`)).json.userId).toBe(bob.id);
  });

  it('of before a reset are dead after it and never given again; those of the start live again', async () => {
    const { username, password } = bob;
    const { json } = await send('POST', '/tokens/', { username, password });
    await send('DELETE', `/tokens/${bob.tokens[0]}/`);
    await origin.registrar.reset();
    expect((await get(`/tokens/${json.key}/`)).status).toBe(404);
    expect((await get(`/tokens/${bob.tokens[0]}/`)).status).toBe(200);
    const again = await send('POST', '/tokens/', { username, password });
    expect(again.json.key).not.toBe(json.key);
  });

  it.each([
    [{ username: 'bob', password: 'wrong' }],
    [{ username: 'nobody', password: 'wrong' }],
    [{ username: 'bob' }],
    [{ username: 'bob', password: ['x'] }],
    [{ username: 'bob', password: `${bob.password}\0` }],
    [{ username: 'bob', password: alice.password }],
    ['{'],
    [undefined],
  ])('are refused with 400 for %j', async (body) => {
    expect((await send('POST', '/tokens/', body)).status).toBe(400);
  });

  it.each(['x', 'constructor', '%00', "'"])('are 404 as %s', async (key) => {
    expect((await get(`/tokens/${key}/`)).status).toBe(404);
  });
});
