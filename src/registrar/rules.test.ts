import { describe, expect, it } from 'vitest';
import type { OriginCall } from '../kit/index.ts';
import { createSchool } from './school.ts';
import { until, useRegistrar } from './use-registrar.testing.ts';

const seed = 77;
const origin = useRegistrar(seed);
const { get, send } = origin;
const python = '/subjects/Python/';
const cSharp = '/subjects/C%23/';

const statuses = async (...paths: readonly string[]) => {
  const seen: number[] = [];
  for (const path of paths) seen.push((await get(path)).status);
  return seen;
};

/** Milliseconds from arrival to answer, as the registrar saw them. */
const tookMs = ({ arrivedAtMs, answeredAtMs }: OriginCall) =>
  (answeredAtMs as number) - arrivedAtMs;

describe('a fault', () => {
  it('strikes what its filter names, until the rules are cleared', async () => {
    const { registrar } = origin;
    await registrar.fail({ status: 503, key: 'python', route: 'subject' });
    expect(await statuses(python, python, `${python}stats/`, cSharp)).toEqual([503, 503, 200, 200]);
    expect((await get(python)).json).toEqual({ detail: expect.any(String) });
    expect(await registrar.calls({ key: 'Python', route: 'subject' })).toMatchObject([
      { status: 503 },
      { status: 503 },
      { status: 503 },
    ]);
    await registrar.clearRules();
    expect(await statuses(python)).toEqual([200]);
  });

  it('strikes everything without a filter, look-ups of tokens too', async () => {
    await origin.registrar.fail({ status: 500 });
    expect(await statuses(python, '/tokens/x/', '/nowhere/', '/pages/1/')).toEqual([
      500, 500, 500, 500,
    ]);
  });

  it('strikes as often as it was told; the first that was set comes first', async () => {
    await origin.registrar.fail({ status: 502, times: 1 });
    await origin.registrar.fail({ status: 504, times: 2 });
    expect(await statuses(python, python, python, python)).toEqual([502, 504, 504, 200]);
  });

  it('may be a 200 of another kind', async () => {
    await origin.registrar.fail({ status: 200, body: '<p>é</p>', contentType: 'text/html' });
    expect(await get(python)).toMatchObject({ status: 200, text: '<p>é</p>', type: 'text/html' });
  });

  it('leaves undone what it strikes', async () => {
    const before = (await get(python)).json;
    const seats = (await get('/seats/Python/')).json;
    await origin.registrar.fail({ status: 503 });
    expect((await send('PUT', python, { professor: 'Prof. New' })).status).toBe(503);
    expect((await get('/seats/Python/')).status).toBe(503);
    await origin.registrar.clearRules();
    expect((await get(python)).json).toEqual(before);
    expect((await get('/seats/Python/')).json.taken).toBe(seats.taken + 1);
  });
});

describe('the price of a call', () => {
  it('is the round trip, until it is set anew', async () => {
    await origin.registrar.configure({ roundTripMs: 40 });
    await get(python);
    await send('PUT', python, {});
    for (const call of await origin.registrar.calls()) expect(tookMs(call)).toBeGreaterThan(38);
    await origin.registrar.configure({});
    const quick = await fastest(async () => void (await get(python)));
    expect(quick).toBeLessThan(38);
  });

  it('is a delay for what its filter names; the last that was set counts', async () => {
    await origin.registrar.delay({}, 30_000);
    await origin.registrar.delay({ route: 'subject' }, 60);
    await origin.registrar.delay({ key: 'C#' }, 0);
    await get(python);
    await get(cSharp);
    const [slow, quick] = await origin.registrar.calls();
    expect(tookMs(slow as OriginCall)).toBeGreaterThan(58);
    expect(tookMs(quick as OriginCall)).toBeLessThan(30_000);
  });

  it('is the wait for a connection', async () => {
    await origin.registrar.configure({ connections: 2 });
    const held = await origin.registrar.hold({ route: 'subject' });
    const answers = Array.from({ length: 5 }, () => get(python));
    await held.arrived(2);
    await until(async () => (await origin.registrar.inFlight()) === 5);
    await expect(held.arrived(3, 100)).rejects.toMatchObject({ actual: '2 calls' });
    await held.release();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 200,
    ]);
  });

  it('lets in those who wait when there are more connections', async () => {
    await origin.registrar.configure({ connections: 1 });
    const held = await origin.registrar.hold({});
    const answers = Array.from({ length: 3 }, () => get(python));
    await held.arrived(1);
    await origin.registrar.configure({});
    await held.arrived(3);
    await held.release();
    await Promise.all(answers);
  });
});

it('serves the school of its seed', async () => {
  const [first] = createSchool(seed).subjects;
  expect((await get('/subjects/')).json.results[0].name).toBe(first?.name);
});

/** Milliseconds of the fastest of ten: noise only makes it slower. */
async function fastest(action: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 10; turn += 1) {
    const began = performance.now();
    await action();
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}
