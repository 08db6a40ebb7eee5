import { expect, it } from 'vitest';
import type { LogRecord } from './log-record.ts';
import { loggedFields } from './logged-fields.ts';

const record = (fields: Record<string, unknown>) => ({ fields }) as unknown as LogRecord;

function probeThat(beforeEachLook: () => void) {
  let now = 0;
  return {
    clock: { nowMs: () => now },
    poll: async (condition: () => Promise<boolean> | boolean, untilMs: number) => {
      for (; now <= untilMs; now += 500) {
        beforeEachLook();
        if (await condition()) return true;
      }
      return false;
    },
  };
}

it('waits for the record and gives the fields as they stand in it', async () => {
  const records = [record({ key: 'a', found: true, level: 20 })];
  const probe = probeThat(() => {
    if (records.length < 4) records.push(record({ key: 'b', found: records.length === 3 }));
  });
  const fields = { key: 'b', found: true };
  expect(await loggedFields(probe, { logs: () => records }, fields)).toBe(
    '{"key":"b","found":true}',
  );
  expect(records).toHaveLength(4);
});

it('throws where no one record has all of them', async () => {
  const records = [
    record({ key: 'b' }),
    record({ found: true }),
    record({ key: 'b', found: 'true' }),
  ];
  const server = { logs: () => records };
  await expect(
    loggedFields(
      probeThat(() => {}),
      server,
      { key: 'b', found: true },
    ),
  ).rejects.toThrow('lacks {"key":"b","found":true}');
});
