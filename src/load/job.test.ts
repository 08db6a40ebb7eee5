import { describe, expect, it } from 'vitest';
import { jobProblem } from './job.ts';

const job = {
  url: 'http://127.0.0.1:4101',
  requests: [{ path: '/' }],
  connections: 20,
  durationSeconds: 2,
};

describe('jobProblem', () => {
  it('takes a job within the bounds', () => {
    expect(jobProblem(job)).toBeUndefined();
    expect(jobProblem({ ...job, connections: 500, durationSeconds: 60 })).toBeUndefined();
  });

  it.each([
    'http://example.org/',
    'http://localhost:4101',
    'http://0.0.0.0:4101',
    'https://127.0.0.1:4101',
    'http://127.0.0.1.example.org:4101',
    'http://127.0.0.1@example.org:4101',
    '127.0.0.1:4101',
  ])('refuses to send load to %s', (url) => {
    expect(jobProblem({ ...job, url })).toBe(`Load goes to http://127.0.0.1 only, not to ${url}.`);
  });

  it.each([
    [{ requests: [] }, 'A load has 1 to 1,000 requests, not 0.'],
    [{ connections: 0 }, 'A load has 1 to 500 connections, not 0.'],
    [{ connections: 501 }, 'A load has 1 to 500 connections, not 501.'],
    [{ connections: 1.5 }, 'A load has 1 to 500 connections, not 1.5.'],
    [{ durationSeconds: 0 }, 'A load lasts at most 60 s, not 0.'],
    [{ durationSeconds: 61 }, 'A load lasts at most 60 s, not 61.'],
    [{ durationSeconds: Number.NaN }, 'A load lasts at most 60 s, not NaN.'],
  ])('refuses %o', (change, problem) => {
    expect(jobProblem({ ...job, ...change })).toBe(problem);
  });
});
