import { expect, it } from 'vitest';
import { askCounted } from './ask-counted.ts';
import type { CallFilter } from './origin.ts';
import type { Answer, ProbeRequest } from './server.ts';

it('counts what came between, and tells how long it took', async () => {
  let calls = 7;
  const filters: (CallFilter | undefined)[] = [];
  const origin = {
    count: async (filter?: CallFilter) => {
      filters.push(filter);
      return calls;
    },
  };
  const server = {
    request: async (request: ProbeRequest): Promise<Answer> => {
      calls += 2;
      const body = { status: 200, headers: {}, text: '', json: undefined };
      return { request, ...body, sentAtMs: 1_000, receivedAtMs: 1_012.5 };
    },
  };
  const filter = { route: 'seats' } as const;
  const counted = await askCounted(origin, server, { path: '/seats/' }, filter);
  expect(counted).toMatchObject({ calls: 2, latencyMs: 12.5, answer: { status: 200 } });
  expect(filters).toEqual([filter, filter]);
});
