import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { always, anyText } from '../properties.testing.ts';
import { tarOf, zipOf } from './archives.testing.ts';
import { receive } from './receive.ts';

const limits = { files: 12, fileBytes: 2_000, totalBytes: 6_000 };

let place: string;
let turn = 0;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'receive '));
  // Beside the place of each submission: what must not be touched.
  writeFileSync(join(place, 'mine.txt'), 'mine');
});
afterEach(() => rmSync(place, { recursive: true }));

/** Everything below a folder, without going through a link. */
function below(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return lstatSync(path).isDirectory() ? [path, ...below(path)] : [path];
  });
}

async function taken(bytes: Uint8Array, ending: string) {
  turn += 1;
  const source = join(place, `work.${ending}`);
  const folder = join(place, `into ${turn}`);
  mkdirSync(folder);
  writeFileSync(source, bytes);
  const received = await receive(source, folder, limits);
  const paths = below(folder);
  // Nothing outside, no link, nothing over the limits.
  expect(readdirSync(place).sort()).toEqual([`into ${turn}`, 'mine.txt', `work.${ending}`].sort());
  expect(readFileSync(join(place, 'mine.txt'), 'utf8')).toBe('mine');
  const files = paths
    .map((path) => ({ path, stats: lstatSync(path) }))
    .filter(({ stats }) => !stats.isDirectory());
  expect(files.every(({ stats }) => stats.isFile() && stats.size <= limits.fileBytes)).toBe(true);
  expect(files.length).toBeLessThanOrEqual(limits.files);
  expect(files.reduce((sum, { stats }) => sum + stats.size, 0)).toBeLessThanOrEqual(
    limits.totalBytes,
  );
  if (received.kind === 'workspace') expect(relative(folder, received.root)).not.toMatch(/^\.\./);
  const contents = new Map(
    files.map(({ path }) => [relative(folder, path), readFileSync(path)] as const),
  );
  rmSync(folder, { recursive: true });
  rmSync(source);
  return { received, contents };
}

const segment = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    'a',
    'node_modules',
    '.git',
    'course-labs.json',
    'C:',
    'con',
    'x'.repeat(300),
    '\u202e',
    'ü',
  ),
  anyText(8).map((text) => text.replaceAll('/', '')),
);
const name = fc
  .tuple(
    fc.constantFrom('', '/', './', '../', '//', 'C:\\'),
    fc.array(segment, { minLength: 1, maxLength: 5 }),
  )
  .map(([start, parts]) => start + parts.join('/'));
const plainName = fc
  .array(fc.stringMatching(/^[a-z][a-z0-9._ü-]{0,6}[a-z0-9]$/), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'))
  .filter((path) => !/node_modules/.test(path));
const content = fc.string({ maxLength: 1_000 });
const ending = fc.constantFrom('tar', 'tgz', 'zip');

function archive(
  files: readonly (readonly [string, string])[],
  kind: string,
  links = false,
): Buffer {
  if (kind === 'zip') {
    return zipOf(
      files.map(([path, text], index) => ({
        name: path,
        content: Buffer.from(text),
        stored: index % 2 === 0,
        ...(links && index % 3 === 0 && { mode: 0o120777 }),
      })),
    );
  }
  const tar = tarOf(
    files.map(([path, text], index) => ({
      name: path,
      text,
      ...(links && index % 3 === 0 && { type: String(1 + (index % 6)), link: text.slice(0, 90) }),
    })),
  );
  return kind === 'tgz' ? gzipSync(tar) : tar;
}

it('an honest archive gives its files back, byte for byte', async () => {
  const files = fc.uniqueArray(fc.tuple(plainName, content), {
    maxLength: 5,
    selector: ([path]) => path.split('/')[0],
  });
  await always(
    [files, ending],
    async (some, kind) => {
      const all = [
        ['course-labs.json', '{}'] as const,
        ...some.filter(([path]) => !path.startsWith('course-labs')),
      ];
      const { received, contents } = await taken(archive(all, kind), kind);
      expect(received).toMatchObject({ kind: 'workspace', problems: [] });
      expect(new Map([...contents].map(([path, bytes]) => [path, bytes.toString()]))).toEqual(
        new Map(all),
      );
    },
    0.1,
  );
});

it('a hostile archive writes nothing outside, makes no link and keeps to the limits', async () => {
  const files = fc.array(
    fc.tuple(
      name,
      fc.oneof(content, fc.constantFrom('../mine.txt', 'x'.repeat(1_900), 'x'.repeat(2_001))),
    ),
    { maxLength: 14 },
  );
  await always(
    [files, ending],
    async (some, kind) => {
      await taken(archive([['course-labs.json', '{}'], ...some], kind, true), kind);
    },
    0.2,
  );
});

it('an archive with bytes changed, cut or lying about itself is told of, within the limits', async () => {
  const files = fc.array(fc.tuple(plainName, content), { minLength: 1, maxLength: 3 });
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
  await always(
    [files, ending, changes, fc.option(fc.nat(5_000), { nil: undefined }), fc.nat(4_000_000_000)],
    async (some, kind, changed, cut, lie) => {
      const bytes =
        kind === 'zip' && lie % 2 === 0
          ? zipOf(
              some.map(([path, text]) => ({
                name: path,
                content: Buffer.from(text),
                size: lie % 10_000,
                ...(lie % 4 === 0 && { crc: lie }),
              })),
            )
          : archive(some, kind);
      for (const [at, byte] of changed) bytes[at % bytes.length] = byte;
      const { received } = await taken(bytes.subarray(0, cut), kind);
      if (received.kind === 'broken') expect(received.reason).toMatch(/\.$/);
    },
    0.2,
  );
});

it('a bomb is given up at the limit', async () => {
  await always(
    [fc.integer({ min: 2_001, max: 3_000_000 }), ending],
    async (length, kind) => {
      const { received } = await taken(
        archive(
          [
            ['course-labs.json', '{}'],
            ['zeros', '0'.repeat(length)],
          ],
          kind,
        ),
        kind,
      );
      expect(received).toMatchObject({
        kind: 'broken',
        reason: expect.stringContaining('larger than a file'),
      });
    },
    0.02,
  );
});
