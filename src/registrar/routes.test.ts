import { describe, expect, it } from 'vitest';
import { createSchool } from './school.ts';
import { useRegistrar } from './use-registrar.testing.ts';

const seed = 8841;
const school = createSchool(seed);

const origin = useRegistrar(seed);
const { get, send } = origin;
const subject = (name: string, rest = '') => `/subjects/${encodeURIComponent(name)}/${rest}`;

async function allSubjects(query = ''): Promise<Record<string, unknown>[]> {
  const results: Record<string, unknown>[] = [];
  for (let page: number | null = 1; page !== null; ) {
    const { json } = await get(`/subjects/?page=${page}${query}`);
    results.push(...json.results);
    page = json.next;
  }
  return results;
}

describe('lists of subjects', () => {
  it('hold every subject once, in the order of the school', async () => {
    const names = (await allSubjects()).map(({ name }) => name);
    expect(names).toEqual(school.subjects.map(({ name }) => name));
  });

  it('have pages that know their neighbours', async () => {
    const first = (await get('/subjects/')).json;
    expect(first).toMatchObject({ page: 1, count: 40, next: 2, previous: null, search: '' });
    expect((await get('/subjects/?page=&search=')).json).toEqual(first);
    expect((await get('/subjects/?page=01')).json).toEqual(first);
    const last = (await get('/subjects/?page=4')).json;
    expect(last).toMatchObject({ page: 4, next: null, previous: 3 });
  });

  it.each([
    ['0', 400],
    ['-1', 400],
    ['1.5', 400],
    ['x', 400],
    ['1%00', 400],
    ['5', 404],
    ['99999999999999999999999', 404],
  ])('answer page %s with %i', async (page, status) => {
    const answer = await get(`/subjects/?page=${page}`);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ detail: expect.any(String) });
  });

  it('search case-sensitive, as it is, anywhere in the name', async () => {
    const search = async (text: string) =>
      (await get(`/subjects/?${new URLSearchParams({ search: text })}`)).json;
    const names = async (text: string) =>
      (await search(text)).results.map(({ name }: { name: string }) => name).sort();
    expect(await names('Java')).toEqual(['Java', 'JavaScript']);
    expect(await names('java')).toEqual([]);
    expect(await names(' Java')).toEqual([]);
    expect(await names('%')).toEqual(['100% Maths']);
    expect(await names('a+b')).toEqual(['a+b']);
    expect(await names('日')).toEqual(['日本語']);
    expect(await names('_')).toEqual(['__proto__']);
    expect(await names('\0')).toEqual([]);
    expect(await search('a&page=2')).toMatchObject({ search: 'a&page=2', page: 1, count: 0 });
  });

  it('take one value of a repeated parameter', async () => {
    const { json } = await get('/subjects/?search=Java&search=Python&page=1&page=2');
    expect(json).toMatchObject({ search: 'Java', page: 1 });
  });

  it('describe in German where that is asked', async () => {
    const describeAll = async (query: string) =>
      (await allSubjects(query)).map(({ description }) => description);
    const english = await describeAll('');
    expect(await describeAll('&lang=en')).toEqual(english);
    expect(await describeAll('&lang=fr')).toEqual(english);
    const german = await describeAll('&lang=de');
    expect(german.every((text, index) => text !== english[index])).toBe(true);
  });
});

describe('a subject', () => {
  it.each(school.subjects.map(({ name }) => name))('%s has its own data', async (name) => {
    const { status, json, type } = await get(subject(name));
    expect({ status, type, name: json.name }).toEqual({
      status: 200,
      type: 'application/json',
      name,
    });
    expect((await get(subject(name.toUpperCase()))).json).toEqual(json);
    const seats = await get(`/seats/${encodeURIComponent(name)}/`);
    const stats = await get(subject(name, 'stats/'));
    expect([seats.json.subject, stats.json.subject]).toEqual([name, name]);
    expect(stats.json.professor).toBe(json.professor);
  });

  it.each([
    'Nothing',
    'Pytho',
    'Python\0',
    '\0',
    'valueOf',
    'a/b',
    '..',
    "' OR 1=1 --",
    'x'.repeat(5000),
  ])('%j is not there', async (name) => {
    for (const path of [
      subject(name),
      subject(name, 'stats/'),
      `/seats/${encodeURIComponent(name)}/`,
    ]) {
      const sent = name === '..' ? path.replace('..', '%2e%2e') : path;
      // fetch would take the dots away; the registrar itself must know.
      expect((await origin.registrar.ask(sent)).status).toBe(404);
    }
    expect((await send('PUT', subject(name === '..' ? 'no' : name), {})).status).toBe(404);
  });

  it('is described in two languages', async () => {
    const { json: english } = await get(subject('Python'));
    const { json: german } = await get(subject('Python', '?lang=de'));
    expect(german.description).not.toBe(english.description);
    expect({ ...german, description: '' }).toEqual({ ...english, description: '' });
  });
});

describe('the other public routes', () => {
  it('tell seats that change from call to call', async () => {
    const seats = async () => (await get('/seats/Python/')).json;
    const first = await seats();
    expect(first).toEqual({
      subject: 'Python',
      seats: expect.any(Number),
      taken: expect.any(Number),
      free: first.seats - first.taken,
    });
    const next = (await origin.registrar.ask('/seats/Python/')).json;
    expect(next).toEqual({ ...first, taken: first.taken + 1, free: first.free - 1 });
    expect(await seats()).toEqual(next);
  });

  it('never run out of seats for good', async () => {
    const told = new Set<number>();
    for (let call = 0; call < 45; call += 1) told.add((await get('/seats/C%23/')).json.free);
    expect(Math.min(...told)).toBe(0);
    expect(Math.max(...told)).toBeGreaterThanOrEqual(20);
  });

  it('give all announcements at once, some 330 kB', async () => {
    const { text, json } = await get('/announcements/');
    expect(text.length).toBeGreaterThan(310_000);
    expect(text.length).toBeLessThan(350_000);
    expect(json.results).toHaveLength(json.count);
    const days = json.results.map((entry: { published_on: string }) => entry.published_on);
    expect(days).toEqual([...days].sort().reverse());
  });

  it('explain the database', async () => {
    const { status, json } = await get('/explain/');
    expect(status).toBe(200);
    expect(json.busiest).toHaveLength(5);
    expect(json.plan.join()).toContain('grades_of_subject');
  });

  it('answer scripted pages, and 404 for others', async () => {
    const page = { status: 404, headers: { 'Cache-Control': 'Private', Vary: '*' }, body: 'é\n' };
    await origin.registrar.script('p/1 é', page);
    const path = `/pages/${encodeURIComponent('p/1 é')}/`;
    expect(await get(path)).toMatchObject({ status: 200, json: page });
    expect((await get('/pages/p/')).status).toBe(404);
    await origin.registrar.reset();
    expect((await get(path)).status).toBe(404);
  });

  it('are no others', async () => {
    for (const path of ['/', '/subjects', '/control/', '/reset/', '/api/v1/subjects/']) {
      expect((await get(path)).status).toBe(404);
    }
    expect((await send('DELETE', subject('Python'))).status).toBe(404);
    expect((await send('PATCH', subject('Python'), {})).status).toBe(404);
  });

  it('answer HEAD as GET without a body', async () => {
    expect(await send('HEAD', subject('Python'))).toMatchObject({ status: 200, text: '' });
    expect(await origin.registrar.calls()).toMatchObject([{ method: 'HEAD', route: 'subject' }]);
  });
});
