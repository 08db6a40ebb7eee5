import { expect, test } from 'vitest';
import { keepStages } from './kept-stages.ts';
import type { Stage } from './stage.ts';

/** Stages of nothing, and what was done with them. */
function stages(most: number, clear: (stage: string) => Promise<void> = async () => {}) {
  const told: string[] = [];
  let opened = 0;
  const open = async (seed: number): Promise<Stage> => {
    opened += 1;
    const name = `${seed}${'abcdefgh'[opened - 1]}`;
    told.push(`open ${name}`);
    return {
      seed,
      origin: { count: async () => 0 },
      clear: () => clear(name),
      close: async () => void told.push(`close ${name}`),
    } as unknown as Stage;
  };
  return { told, kept: keepStages({ open, most }) };
}

test('a stage that was given back serves the next of its seed', async () => {
  const { told, kept } = stages(2);
  await (await kept.open(1)).close();
  const again = await kept.open(1);
  expect(told).toEqual(['open 1a']);
  await again.close();
  await kept.close();
  expect(told).toEqual(['open 1a', 'close 1a']);
});

test('two at a time are two stages, and one that is given back twice is there once', async () => {
  const { told, kept } = stages(2);
  const first = await kept.open(1);
  await kept.open(1);
  await Promise.all([first.close(), first.close()]);
  await kept.open(1);
  expect(told).toEqual(['open 1a', 'open 1b']);
});

test('where there are as many as may be, one of another seed goes, the oldest first', async () => {
  const { told, kept } = stages(2);
  const [first, second] = [await kept.open(1), await kept.open(2)];
  await first.close();
  await second.close();
  await kept.open(3);
  expect(told).toEqual(['open 1a', 'open 2b', 'close 1a', 'open 3c']);
});

test('one that cannot be cleared is closed, and another takes its place', async () => {
  const { told, kept } = stages(2, async (name) => {
    if (name === '1a') throw new Error('its registrar has died');
  });
  await (await kept.open(1)).close();
  await kept.open(1);
  expect(told).toEqual(['open 1a', 'close 1a', 'open 1b']);
});

test('whoever has given it back reaches its origin no more', async () => {
  const { kept } = stages(1);
  const before = await kept.open(1);
  const { origin } = before;
  await before.close();
  const now = await kept.open(1);
  expect(() => origin.count()).toThrow(TypeError);
  expect(await now.origin.count()).toBe(0);
});
