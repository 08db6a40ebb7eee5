import type { CountedAnswer } from './ask-counted.ts';
import type { Exhibit } from './exhibit.ts';

/** A table of requests in order: what each one was, how long it took, and what it cost the origin. */
export function countedTable(
  title: string,
  requests: Readonly<Record<string, CountedAnswer>>,
  notes: readonly string[] = [],
): Exhibit {
  return {
    kind: 'table',
    title,
    columns: ['request', 'answered after', 'calls to the origin'],
    rows: Object.entries(requests).map(([what, { latencyMs, calls }]) => [
      what,
      { value: latencyMs, unit: 'ms', digits: 1 },
      { value: calls },
    ]),
    notes,
  };
}
