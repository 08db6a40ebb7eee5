import { expect, it } from 'vitest';
import type { CountedAnswer } from './ask-counted.ts';
import { countedTable } from './counted-table.ts';

it('has a row for each request, in order', () => {
  const counted = (latencyMs: number, calls: number) => ({ latencyMs, calls }) as CountedAnswer;
  const table = countedTable('GET /', { first: counted(27.31, 1), again: counted(0.8, 0) }, [
    'Note.',
  ]);
  expect(table).toMatchObject({
    kind: 'table',
    title: 'GET /',
    rows: [
      ['first', { value: 27.31, unit: 'ms' }, { value: 1 }],
      ['again', { value: 0.8, unit: 'ms' }, { value: 0 }],
    ],
    notes: ['Note.'],
  });
});
