import { expect, it } from 'vitest';
import { originTruth } from './origin-truth.ts';

const echo = { ask: async (path: string) => ({ status: 200, json: { path } }) };
const broken = { ask: async () => ({ status: 404, json: {} }) };

it('encodes each part of the path and ends it with a slash', async () => {
  expect(await originTruth(echo, 'subjects', 'C# & more', 'stats')).toEqual({
    path: '/subjects/C%23%20%26%20more/stats/',
  });
  expect(await originTruth(echo, 'students', 11)).toEqual({ path: '/students/11/' });
});

it('throws for anything but a 200', async () => {
  await expect(originTruth(broken, 'seats', 'x')).rejects.toThrow('404 to /seats/x/');
});
