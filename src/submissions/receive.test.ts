import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tarOf } from './archives.testing.ts';
import { receive, submissionName } from './receive.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'submissions '));
});
afterEach(() => rm(place, { recursive: true, force: true }));

const into = () => join(place, 'received');
const seen = async () =>
  (await readdir(into(), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(into().length + 1))
    .sort();

function workspaceAt(folder: string, more: Record<string, string> = {}): string {
  const files = { 'course-labs.json': '{"seed":1}', '01-x/server.ts': 'mine', ...more };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A zip archive by a program that lets one choose every name and mode. */
function zipOf(script: string): string {
  const file = join(place, 'work.zip');
  execFileSync('python3', [
    '-c',
    `import zipfile,sys\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\n${script}\nz.close()`,
    file,
  ]);
  return file;
}

const hasPython = (() => {
  try {
    execFileSync('python3', ['-c', 'import zipfile']);
    return true;
  } catch {
    return false;
  }
})();

describe('a workspace that is handed in', () => {
  it('as a folder is copied, without links and without what is made anew', async () => {
    const folder = workspaceAt(join(place, 'ada'), {
      'node_modules/fastify/index.js': 'x',
      '.git/config': 'x',
      '.course-labs/build/1/server.mjs': 'x',
      '.course-labs/progress.json': '{}',
    });
    symlinkSync('/etc/passwd', join(folder, '01-x', 'secret.ts'));
    symlinkSync('/etc', join(folder, 'etc'));
    const received = await receive(folder, into());
    expect(received).toMatchObject({ kind: 'workspace', root: into() });
    expect(received.problems).toHaveLength(2);
    expect(received.problems.join()).toContain('it is a link');
    expect(await seen()).toEqual([
      '.course-labs/progress.json',
      '01-x/server.ts',
      'course-labs.json',
    ]);
  });

  it.each([
    ['tar.gz', ['-czf']],
    ['tar', ['-cf']],
  ])('as %s is unpacked, also where it lies in a folder of its own', async (ending, flags) => {
    workspaceAt(join(place, 'src', 'ada', 'course-labs-work'));
    const file = join(place, `ada.${ending}`);
    execFileSync('tar', [...flags, file, '-C', join(place, 'src'), 'ada']);
    const received = await receive(file, into());
    expect(received).toEqual({
      kind: 'workspace',
      root: join(into(), 'ada', 'course-labs-work'),
      problems: [],
    });
  });

  it.skipIf(!hasPython)('as zip is unpacked', async () => {
    const file = zipOf("z.writestr('w/course-labs.json','{}')\nz.writestr('w/01-x/ü.ts','mine')");
    expect(await receive(file, into())).toMatchObject({ root: join(into(), 'w'), problems: [] });
    expect(readFileSync(join(into(), 'w/01-x/ü.ts'), 'utf8')).toBe('mine');
  });

  it('is named by its folder or archive', () => {
    expect(['a/ada', 'ada.tar.gz', 'x/ada.ZIP', 'ada.lovelace.tgz'].map(submissionName)).toEqual([
      'ada',
      'ada',
      'ada',
      'ada.lovelace',
    ]);
  });
});

describe('a hostile archive', () => {
  it('writes nothing outside, makes no link, and is told of', async () => {
    const file = join(place, 'evil.tar');
    writeFileSync(
      file,
      tarOf([
        { name: 'course-labs.json', text: '{}' },
        { name: '../escaped.txt', text: 'x' },
        { name: 'a/../../escaped.txt', text: 'x' },
        { name: `${place}/escaped.txt`, text: 'x' },
        { name: 'link', type: '2', link: place },
        { name: 'link/escaped.txt', text: 'x' },
        { name: 'hard', type: '1', link: '/etc/passwd' },
        { name: 'device', type: '3' },
        { name: 'course-labs.json', text: 'a second one' },
        { name: 'course-labs.json/x', text: 'x' },
        { name: 'C:\\windows\\x', text: 'x' },
      ]),
    );
    const received = await receive(file, into());
    expect(received.kind).toBe('workspace');
    expect(await seen()).toEqual(['course-labs.json', 'link/escaped.txt']);
    expect(readFileSync(join(into(), 'course-labs.json'), 'utf8')).toBe('{}');
    expect((await readdir(place)).sort()).toEqual(['evil.tar', 'received']);
    expect(received.problems.length).toBe(9);
    for (const word of ['leads out', 'a link', 'neither', 'another one']) {
      expect(received.problems.join('\n')).toContain(word);
    }
  });

  it.skipIf(!hasPython)('in zip neither', async () => {
    const file = zipOf(
      [
        "z.writestr('course-labs.json','{}')",
        "z.writestr('../escaped.txt','x')",
        "z.writestr('/tmp/escaped-by-zip.txt','x')",
        "i=zipfile.ZipInfo('link'); i.create_system=3; i.external_attr=0o120777<<16; z.writestr(i,'/etc')",
      ].join('\n'),
    );
    const received = await receive(file, into());
    expect(await seen()).toEqual(['course-labs.json']);
    expect(received.problems).toHaveLength(3);
    expect(existsSync('/tmp/escaped-by-zip.txt')).toBe(false);
  });

  const small = { files: 10, fileBytes: 1_000_000, totalBytes: 2_000_000 };

  it('that is a bomb is given up at the limit', async () => {
    const file = join(place, 'bomb.tar.gz');
    const large = { name: 'zeros', text: '0'.repeat(1_500_000) };
    writeFileSync(file, gzipSync(tarOf([{ name: 'course-labs.json', text: '{}' }, large])));
    const received = await receive(file, into(), small);
    expect(received).toMatchObject({
      kind: 'broken',
      reason: expect.stringContaining('larger than a file'),
    });
    const many = Array.from({ length: 12 }, (_, index) => ({ name: `f${index}`, text: 'x' }));
    writeFileSync(file, gzipSync(tarOf(many)));
    await rm(into(), { recursive: true });
    expect(await receive(file, into(), small)).toMatchObject({
      kind: 'broken',
      reason: expect.stringContaining('more files'),
    });
  });

  it.skipIf(!hasPython)('that is a bomb in zip, too', async () => {
    const file = zipOf("z.writestr('course-labs.json','{}')\nz.writestr('zeros','0'*1500000)");
    expect(await receive(file, into(), small)).toMatchObject({
      kind: 'broken',
      reason: expect.stringContaining('larger than a file'),
    });
  });

  it('that is none, or is cut, is told and not thrown', async () => {
    const whole = gzipSync(tarOf([{ name: 'course-labs.json', text: '{}'.repeat(500) }]));
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => {
        const changed = Buffer.from(whole);
        changed[at] = byte;
        return changed;
      }),
    );
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(contents, fc.constantFrom('tgz', 'tar', 'zip'), async (bytes, ending) => {
        turn += 1;
        const file = join(place, `${turn}.${ending}`);
        writeFileSync(file, bytes);
        const received = await receive(file, join(place, `${turn}`), small);
        expect(['workspace', 'broken']).toContain(received.kind);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('without a workspace says so', async () => {
    mkdirSync(join(place, 'empty'));
    expect(await receive(join(place, 'empty'), into())).toMatchObject({
      kind: 'broken',
      reason: expect.stringContaining('no course-labs.json'),
    });
    expect((await receive(join(place, 'nowhere'), into())).kind).toBe('broken');
  });
});
