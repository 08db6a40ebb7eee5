import { describe, expect, it } from 'vitest';
import { useRegistrar } from './use-registrar.testing.ts';

const origin = useRegistrar(31);
const { get, send } = origin;
const path = (name: string) => `/subjects/${encodeURIComponent(name)}/`;

describe('a new subject', () => {
  it('is there in every way', async () => {
    const fields = {
      name: '__Proto__ 2',
      professor: 'Prof. Zoë',
      credits: 4,
      description_de: 'Da.',
    };
    const { status, json } = await send('POST', '/subjects/', fields);
    expect(status).toBe(201);
    expect(json).toMatchObject({ name: '__Proto__ 2', professor: 'Prof. Zoë', credits: 4 });
    expect((await get(path('__PROTO__ 2'))).json).toEqual(json);
    expect((await get(`${path('__proto__ 2')}?lang=de`)).json.description).toBe('Da.');
    expect((await get(`/seats/${encodeURIComponent('__proto__ 2')}/`)).status).toBe(200);
    const last = (await get('/subjects/?page=4')).json;
    expect(last.count).toBe(41);
    expect(last.results.at(-1)).toEqual(json);
    const body = { subject: '__proto__ 2', grade: 99 };
    expect((await send('POST', '/students/11/grades/', body)).status).toBe(201);
  });

  it('is 409 where the name is taken, in any case', async () => {
    for (const name of ['Python', 'PYTHON', 'überblick', '__PROTO__']) {
      expect((await send('POST', '/subjects/', { name })).status).toBe(409);
    }
  });

  it.each([
    ['no body', undefined],
    ['no JSON', '{'],
    ['an array', []],
    ['a text', '"Chess"'],
    ['null', 'null'],
    ['no name', {}],
    ['an empty name', { name: '' }],
    ['a blank name', { name: ' ' }],
    ['a name with a slash', { name: 'a/b' }],
    ['dots', { name: '..' }],
    ['a NUL', { name: 'Chess\0' }],
    ['half a pair', '{"name": "\\ud83d"}'],
    ['a name that is no text', { name: 7 }],
    ['a name that never ends', { name: 'x'.repeat(201) }],
    ['a professor that is no text', { name: 'Chess', professor: {} }],
    ['credits that are no number', { name: 'Chess', credits: '3' }],
    ['more than a megabyte', { name: 'Chess', other: 'x'.repeat(1_100_000) }],
  ])('is 400 with %s', async (_, body) => {
    const { status, json } = await send('POST', '/subjects/', body);
    expect(status).toBe(400);
    expect(json).toEqual({ detail: expect.any(String) });
    expect((await origin.registrar.ask('/subjects/?page=4')).json).toMatchObject({ count: 40 });
  });
});

describe('a changed subject', () => {
  it('has what was given and keeps the rest, in all places', async () => {
    const before = (await get(path('C#'))).json;
    const { status, json } = await send('PUT', path('c#'), {
      professor: 'Prof. New',
      id: 3,
      seats: 0,
    });
    expect(status).toBe(200);
    expect(json).toEqual({ ...before, professor: 'Prof. New' });
    expect((await get(path('C#'))).json).toEqual(json);
    expect((await get('/subjects/?search=C%23')).json.results).toEqual([json]);
  });

  it('goes by its new name alone', async () => {
    const before = (await get(path('constructor'))).json;
    const renamed = await send('PUT', path('constructor'), { name: 'Konstruktor & Söhne' });
    expect(renamed).toMatchObject({
      status: 200,
      json: { ...before, name: 'Konstruktor & Söhne' },
    });
    expect((await get(path('constructor'))).status).toBe(404);
    expect((await get(path('KONSTRUKTOR & SÖHNE'))).json).toEqual(renamed.json);
    const back = await send('PUT', path('konstruktor & söhne'), { name: 'constructor' });
    expect(back.json).toEqual(before);
    expect((await get(path('Konstruktor & Söhne'))).status).toBe(404);
  });

  it('may change the case of its own name', async () => {
    expect((await send('PUT', path('Python'), { name: 'PYTHON' })).json.name).toBe('PYTHON');
    expect((await get(path('python'))).json.name).toBe('PYTHON');
  });

  it('changes nothing when it is refused', async () => {
    const before = (await get(path('Python'))).json;
    const refused = [
      await send('PUT', path('Python'), { name: 'java', professor: 'Prof. Not' }),
      await send('PUT', path('Python'), { name: 'a/b', professor: 'Prof. Not' }),
      await send('PUT', path('Python'), { professor: 'Prof. Not', room: 5 }),
      await send('PUT', path('Nothing'), { professor: 'Prof. Not' }),
      await send('PUT', path('Python'), 'no json'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 400, 400, 404, 400]);
    expect((await get(path('Python'))).json).toEqual(before);
  });
});

describe('a reset', () => {
  it('brings back every row and forgets what is new', async () => {
    const paths = [path('Python'), '/subjects/?page=4', '/students/1/grades/', '/seats/Python/'];
    const look = () => Promise.all(paths.map((one) => origin.registrar.ask(one)));
    const before = await look();
    await send('PUT', path('Python'), { name: 'Ruby' });
    await send('POST', '/subjects/', { name: 'Chess' });
    await send('POST', '/students/1/grades/', { subject: 'Chess', grade: 1 });
    await get('/seats/Ruby/');
    expect(await look()).not.toEqual(before);
    await origin.registrar.reset();
    expect(await look()).toEqual(before);
    expect((await get(path('Ruby'))).status).toBe(404);
    expect((await get(path('Chess'))).status).toBe(404);
  });

  it('works many times over', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      expect((await send('POST', '/subjects/', { name: 'Chess' })).status).toBe(201);
      await origin.registrar.reset();
    }
  });
});
