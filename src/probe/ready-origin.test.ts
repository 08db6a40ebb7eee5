import { afterAll, beforeAll, expect, test } from 'vitest';
import { readyOrigin } from './ready-origin.ts';
import { openTestGround, type TestGround } from './stage.testing.ts';

let ground: TestGround;
beforeAll(async () => {
  ground = await openTestGround();
});
afterAll(() => ground.close());

test('an origin costs what the scenario says, and says what it prepared', async () => {
  const stage = await ground.openStage(5);
  const roundTripMs = 40;
  await readyOrigin(stage, {
    origin: { roundTripMs },
    prepare: (origin, school) =>
      origin.script('front', { status: 200, headers: {}, body: school.alice.username }),
  });
  const askedAtMs = performance.now();
  const response = await fetch(`${stage.origin.url}/pages/front/`);
  expect(await response.json()).toEqual({ status: 200, headers: {}, body: 'alice' });
  // Timers may fire a millisecond early.
  expect(performance.now() - askedAtMs).toBeGreaterThanOrEqual(roundTripMs - 1);
});

test('a scenario that prepares nothing leaves the origin without pages', async () => {
  const stage = await ground.openStage(5);
  await readyOrigin(stage, { origin: {} });
  expect((await stage.origin.ask('/pages/front/')).status).toBe(404);
});
