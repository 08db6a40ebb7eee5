import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { zipOf } from './archives.testing.ts';
import { receive } from './receive.ts';

const limits = { files: 20, fileBytes: 2_000_000, totalBytes: 9_000_000 };

// Seen with Node 24 and 26: the archive was never done with.
it.each([
  ['a name that is too long, stored', ['x'.repeat(300)], true],
  ['a name that is too long, packed', ['x'.repeat(300)], false],
  ['two of one name, stored', ['a', 'a'], true],
  ['two of one name, packed', ['a', 'a'], false],
  ['the name of a folder, stored', ['a/b', 'a'], true],
  ['the name of a folder, packed', ['a/b', 'a'], false],
])(
  'a zip is done with when a file of it cannot be written: %s',
  async (_what, names, stored) => {
    const place = mkdtempSync(join(tmpdir(), 'unpack-zip-'));
    try {
      const source = join(place, 'work.zip');
      mkdirSync(join(place, 'into'));
      const empty = { name: 'course-labs.json', content: Buffer.from('{}') };
      const entries = names.flatMap((name) =>
        ['', 'some text'].map((text) => ({ name, content: Buffer.from(text), stored })),
      );
      writeFileSync(source, zipOf([empty, ...entries]));
      const received = await receive(source, join(place, 'into'), limits);
      expect(received.kind).toBe('workspace');
    } finally {
      rmSync(place, { recursive: true });
    }
  },
  20_000,
);
