import { describe, expect, it } from 'vitest';
import { stormProblem } from './storm-job.ts';

const job = {
  url: 'http://127.0.0.1:4101',
  requests: [{ who: 'alice', path: '/' }],
  marks: { alice: ['k3f9-alice'], bob: ['q8z1-bob'] },
  total: 2000,
  connections: 20,
};

describe('stormProblem', () => {
  it('takes a storm within the bounds', () => {
    expect(stormProblem(job)).toBeUndefined();
    expect(stormProblem({ ...job, total: 20_000, connections: 100 })).toBeUndefined();
    expect(stormProblem({ ...job, total: 1, connections: 1 })).toBeUndefined();
  });

  it.each([
    [{ url: 'http://localhost:4101' }, 'Load goes to http://127.0.0.1 only'],
    [{ requests: [] }, 'A storm has 1 to 1,000 different requests, not 0.'],
    [{ total: 0 }, 'A storm sends 1 to 20,000 requests, not 0.'],
    [{ total: 20_001 }, 'A storm sends 1 to 20,000 requests, not 20001.'],
    [{ total: 1.5 }, 'A storm sends 1 to 20,000 requests, not 1.5.'],
    [{ connections: 0 }, 'A storm has 1 to 100 connections, not 0.'],
    [{ connections: 101 }, 'A storm has 1 to 100 connections, not 101.'],
    [{ marks: { alice: [] } }, 'A storm needs marks to look for.'],
    [{ marks: { alice: ['', 'k3f9-alice'] } }, 'A mark has at least 8 characters: "".'],
    [{ marks: { alice: ['k3f9-al'] } }, 'A mark has at least 8 characters: "k3f9-al".'],
    [
      { marks: { alice: ['k3f9-alice'], bob: ['k3f9-alice'] } },
      'A mark belongs to one user: "k3f9-alice".',
    ],
  ])('refuses %o', (change, problem) => {
    expect(stormProblem({ ...job, ...change })).toContain(problem);
  });
});
