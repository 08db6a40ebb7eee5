import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../kit/index.ts';
import { until, useRegistrar } from './use-registrar.testing.ts';

const origin = useRegistrar(78);
const { get, send } = origin;
const python = '/subjects/Python/';
const cSharp = '/subjects/C%23/';

describe('a hold', () => {
  it('keeps a read that then gives what was true when it began', async () => {
    const old = (await get(python)).json;
    const held = await origin.registrar.hold({ route: 'subject', key: 'PYTHON' });
    const reading = get(python);
    await held.arrived();
    const written = await send('PUT', python, { professor: 'Prof. New' });
    expect(written.json.professor).toBe('Prof. New');
    await held.release();
    expect((await reading).json).toEqual(old);
    expect((await get(python)).json).toEqual(written.json);
  });

  it('is about what its filter names, and never about writes', async () => {
    const held = await origin.registrar.hold({ key: 'Python' });
    expect((await get(cSharp)).status).toBe(200);
    expect((await send('PUT', python, {})).status).toBe(200);
    await expect(held.arrived(1, 50)).rejects.toMatchObject({ actual: '0 calls' });
    await expect(origin.registrar.hold({ method: 'PUT' })).rejects.toThrow('only reads');
  });

  it('tells those who wait for calls that never come, as a failure of the answer', async () => {
    const held = await origin.registrar.hold({ route: 'subject-stats', key: 'C#' });
    const failure: unknown = await held.arrived(2, 20).catch((thrown: unknown) => thrown);
    expect(isFailure(failure)).toBe(true);
    expect(failure).toMatchObject({
      asked: 'to wait for 2 calls to the origin (subject-stats, C#)',
      expected: '2 calls within 0.02 s',
      actual: '0 calls',
    });
  });

  it('resolves for calls that came before and that come later', async () => {
    const held = await origin.registrar.hold({});
    const first = get(python);
    await held.arrived(1);
    await held.arrived(1);
    const both = held.arrived(2);
    const second = get(cSharp);
    await both;
    await held.release();
    await Promise.all([first, second]);
    const error: unknown = await held.arrived().catch((thrown: unknown) => thrown);
    expect(isFailure(error)).toBe(false);
    await held.release();
  });

  it('ends with the rules, and holds with faults too', async () => {
    await origin.registrar.fail({ status: 503 });
    const held = await origin.registrar.hold({});
    const reading = get(python);
    await held.arrived();
    await origin.registrar.clearRules();
    expect((await reading).status).toBe(503);
    expect((await get(python)).status).toBe(200);
  });

  it('lasts while any of several does', async () => {
    const [one, other] = [await origin.registrar.hold({}), await origin.registrar.hold({})];
    const reading = get(python);
    await one.arrived();
    await other.arrived();
    await one.release();
    expect(await origin.registrar.inFlight()).toBe(1);
    await other.release();
    expect((await reading).status).toBe(200);
  });
});

describe('a delay', () => {
  it('makes a slow read that saw the data when it began', async () => {
    const old = (await get(python)).json;
    await origin.registrar.delay({ route: 'subject' }, 400);
    const reading = get(python);
    await until(async () => (await origin.registrar.inFlight()) === 1);
    await send('PUT', python, { professor: 'Prof. New' });
    expect((await reading).json).toEqual(old);
  });

  it('makes a slow write that takes effect when it ends', async () => {
    const old = (await get(python)).json;
    await origin.registrar.delay({ route: 'subject-update' }, 1500);
    const writing = send('PUT', python, { professor: 'Prof. New' });
    await until(async () => (await origin.registrar.inFlight()) === 1);
    expect((await get(python)).json).toEqual(old);
    const written = (await writing).json;
    expect(written.professor).toBe('Prof. New');
    expect((await get(python)).json).toEqual(written);
  });
});

describe('a reset', () => {
  it('ends rules and settings, and what is under way changes nothing', async () => {
    const { professor } = (await get(python)).json;
    await origin.registrar.configure({ roundTripMs: 1, connections: 3 });
    const held = await origin.registrar.hold({});
    await origin.registrar.delay({ method: 'PUT' }, 100);
    const reads = [get(python), get(cSharp)];
    const write = send('PUT', python, { professor: 'Prof. New' });
    await held.arrived(2);
    const waiting = send('PUT', cSharp, { professor: 'Prof. New' });
    await until(async () => (await origin.registrar.inFlight()) === 4);
    await origin.registrar.reset();
    const seen = await Promise.all([...reads, write, waiting]);
    expect(seen.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    await origin.registrar.idle();
    expect(await origin.registrar.count()).toBe(0);
    expect((await get(python)).json.professor).toBe(professor);
  });
});

describe('a call whose body is still on its way at a reset', () => {
  it('changes nothing either', async () => {
    const request = httpRequest(`${origin.registrar.url}${python}`, { method: 'PUT' });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      request.on('response', (response) => resolve(response.resume().statusCode));
      request.on('error', reject);
    });
    request.write('{"professor": ');
    await until(async () => (await origin.registrar.inFlight()) === 1);
    await origin.registrar.reset();
    request.end('"Prof. New"}');
    expect(await answered).toBe(503);
    expect((await get(python)).json.professor).not.toBe('Prof. New');
  });
});

describe('idle', () => {
  it('waits until the last call is answered', async () => {
    await origin.registrar.idle();
    const held = await origin.registrar.hold({});
    const reading = get(python);
    await held.arrived();
    let isIdle = false;
    const idle = origin.registrar.idle().then(() => {
      isIdle = true;
    });
    expect(await origin.registrar.inFlight()).toBe(1);
    expect(isIdle).toBe(false);
    await held.release();
    await idle;
    await reading;
    expect(await origin.registrar.inFlight()).toBe(0);
  });
});
