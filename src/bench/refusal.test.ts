import { describe, expect, it } from 'vitest';
import type { LoadFailures } from '../kit/index.ts';
import { figuresOf, measuredOf, noFailures } from './figures.testing.ts';
import { refusalOf } from './refusal.ts';

function failing(
  failures: Partial<LoadFailures>,
  statuses: Record<string, number> = { 200: 1000 },
): string | undefined {
  const figures = figuresOf(1000, { sent: 1020, failures: { ...noFailures, ...failures } });
  return refusalOf({ figures, statuses, serverError: undefined });
}

describe('refusalOf', () => {
  it('takes a measurement in which nothing failed', () => {
    expect(refusalOf(measuredOf(1, { sent: 21 }))).toBeUndefined();
  });

  it('names the status and how many of how many', () => {
    expect(failing({ non2xx: 412 }, { 200: 28_500, 500: 412 })).toBe(
      '412 of 28,912 answers were 500.',
    );
    expect(failing({ non2xx: 1 }, { 200: 999, 503: 1 })).toBe('1 of 1,000 answers was 503.');
    expect(failing({ non2xx: 30 }, { 200: 70, 404: 10, 500: 20 })).toBe(
      '30 of 100 answers were not 2xx, most of them 500 (20).',
    );
  });

  it.each([
    [{ errors: 12 }, '12 of 1,020 requests met a broken connection.'],
    [{ timeouts: 3 }, '3 of 1,020 requests timed out.'],
    [{ mismatches: 7 }, '7 of 1,000 answers had the wrong body.'],
    [{ lost: 5 }, '5 of 1,020 requests got no answer: the server closed the connection.'],
  ])('refuses %o', (failures, sentence) => {
    expect(failing(failures)).toBe(sentence);
  });

  it('tells the most telling of several', () => {
    const all = { errors: 1, timeouts: 1, mismatches: 1, lost: 1 };
    expect(failing({ ...all, non2xx: 1 }, { 200: 1, 500: 1 })).toContain('was 500');
    expect(failing(all)).toContain('broken connection');
    expect(failing({ ...all, errors: 0 })).toContain('timed out');
    expect(failing({ mismatches: 1, lost: 1 })).toContain('wrong body');
  });

  it('refuses a run without answers', () => {
    const silent = measuredOf(0, { sent: 20, durationSeconds: 2.0134 });
    expect(refusalOf(silent)).toBe('0 of 20 requests were answered within 2 s.');
  });
});
