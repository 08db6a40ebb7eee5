import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { always, anyText, mutated } from '../properties.testing.ts';
import { statFields } from './process-identity.ts';
import { openStartRecord, startRecordsFolder } from './start-record.ts';
import { sweep } from './sweep.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep '));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Beyond any number that Linux gives (proc(5), pid_max): none of these is ever a process. */
const pid = fc.oneof(
  fc.integer({ min: 2 ** 23, max: 2 ** 31 - 1 }),
  fc.constantFrom(0, 1, -1, 2 ** 31, 2 ** 53, 1e300, 0.5),
);
const identity = fc.record({ pid, startedAt: fc.option(anyText(8), { nil: undefined }) });
const group = fc.tuple(identity, anyText(8)).map(([who, name]) => ({ ...who, name }));
const record = fc.record({ cli: identity, groups: fc.array(group, { maxLength: 3 }) });

it('whatever a start record holds, nobody is ended who was not noted, and the record is gone', async () => {
  const text = fc.oneof(
    record
      .chain((given) => mutated(JSON.parse(JSON.stringify(given))))
      .map((json) => JSON.stringify(json)),
    record.map((given) => JSON.stringify(given)),
    fc.tuple(record, fc.nat(200)).map(([given, length]) => JSON.stringify(given).slice(0, length)),
    anyText(),
    // Ourselves, as somebody else noted who had our number before: alive is the same number and the same start.
    fc.constant(
      JSON.stringify({
        cli: { pid: 2 ** 30 },
        groups: [{ pid: process.pid, startedAt: 'other', name: 'x' }],
      }),
    ),
  );
  await always(
    [text],
    async (given) => {
      const records = startRecordsFolder(folder);
      mkdirSync(records, { recursive: true });
      writeFileSync(join(records, '7-1.json'), given);
      expect(await sweep(folder)).toEqual([]);
      expect(readdirSync(records)).toEqual([]);
    },
    0.3,
  );
});

it('what a command notes is read by the next one', async () => {
  await always(
    [
      identity.filter(({ pid: of }) => Number.isSafeInteger(of) && of > 1),
      fc.array(group, { maxLength: 4 }),
    ],
    async (cli, groups) => {
      const file = openStartRecord(folder, cli);
      for (const each of groups) file.add(each);
      const [name = ''] = groups.length === 0 ? [] : readdirSync(startRecordsFolder(folder));
      if (name !== '') {
        const stored = JSON.parse(readFileSync(join(startRecordsFolder(folder), name), 'utf8'));
        const byPid = new Map(groups.map((each) => [each.pid, each]));
        expect(stored).toEqual(JSON.parse(JSON.stringify({ cli, groups: [...byPid.values()] })));
      }
      file.close();
    },
    0.2,
  );
});

it('fields of /proc/<pid>/stat are found whatever the program is called', async () => {
  const fields = fc.array(fc.stringMatching(/^[A-Z0-9-]{1,6}$/), { minLength: 20, maxLength: 50 });
  await always([fc.nat(), anyText(16), fields], (number, name, rest) => {
    expect(statFields(`${number} (${name}) ${rest.join(' ')}\n`)).toEqual([
      String(number),
      name,
      ...rest,
    ]);
  });
});
