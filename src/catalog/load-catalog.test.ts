import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadCatalog } from './load-catalog.ts';

const course = fileURLToPath(new URL('../../fixtures/course', import.meta.url));
const kitSource = fileURLToPath(new URL('../kit/index.ts', import.meta.url));

let folder: string;
let kit: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'course-labs-catalog-'));
  const outfile = join(folder, 'kit.mjs');
  await build({
    entryPoints: [kitSource],
    outfile,
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  });
  kit = `file://${outfile}`;
});
afterEach(() => rm(folder, { recursive: true }));

const load = (source: string, built?: string) =>
  loadCatalog({
    folders: [{ source, built }],
    compiler: { workFolder: join(folder, 'work'), kit },
  });

describe('a folder of labs that was not built', () => {
  test('is compiled as it is asked for', async () => {
    const { labs } = await load(course);
    expect(
      labs.map(({ number, slug, folderName, title }) => [number, slug, folderName, title]),
    ).toEqual([[1, 'tiny-cache', '01-tiny-cache', 'A tiny cache']]);
    const [lab] = labs;
    expect((await lab?.checks())?.C1?.map(({ id }) => id)).toContain('entry-expires');
    expect([...((await lab?.lesson())?.keys() ?? [])]).toEqual(lab?.steps.map(({ id }) => id));
    expect((await lab?.solutions())?.map(({ name }) => name)).toEqual([
      'node-cache',
      'plain-map',
      'wrapper',
    ]);
    expect((await lab?.mutants())?.find(({ name }) => name === 'one-key')?.rejectedBy).toBe(
      'subjects-do-not-mix',
    );
  });

  test('uses the kit that was named, also in plain Node', async () => {
    const work = join(folder, 'work');
    await writeFile(
      join(folder, 'kit.mjs'),
      'export const defineLab = (lab) => ({ ...lab, title: "From this kit" }); export const apiPath = () => "";',
    );
    // Node itself, since the runner of the tests resolves course-labs/kit in a way of its own.
    const script = join(folder, 'print.mjs');
    await build({
      stdin: {
        contents: `import { loadCatalog } from ${JSON.stringify(fileURLToPath(new URL('./load-catalog.ts', import.meta.url)))};
          const { labs } = await loadCatalog({ folders: [{ source: ${JSON.stringify(course)} }], compiler: { workFolder: ${JSON.stringify(work)}, kit: ${JSON.stringify(kit)} } });
          process.stdout.write(labs[0].title);`,
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      },
      outfile: script,
      bundle: true,
      format: 'esm',
      platform: 'node',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'error',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    expect(stdout).toBe('From this kit');
  });

  test('a lab that cannot be compiled says where', async () => {
    await cp(course, join(folder, 'course'), { recursive: true });
    await writeFile(
      join(folder, 'course/01-tiny-cache/lab.ts'),
      'export default {\n  title: "x\n};\n',
    );
    await expect(load(join(folder, 'course'))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/01-tiny-cache cannot be loaded: lab\.ts: lab\.ts:2/),
    });
  });

  test('a lab without a default export is refused', async () => {
    await mkdir(join(folder, 'course/02-empty'), { recursive: true });
    await writeFile(join(folder, 'course/02-empty/lab.ts'), 'export const lab = {};\n');
    await expect(load(join(folder, 'course'))).rejects.toThrow('has no default export');
  });
});

describe('built labs', () => {
  test('are loaded as they are, in order of number; other folders are no labs', async () => {
    const [source, built] = [join(folder, 'labs'), join(folder, 'dist')];
    for (const name of ['10-last', '02-first', 'notes', '3-short', '04-Loud']) {
      await mkdir(join(source, name), { recursive: true });
      await mkdir(join(built, name), { recursive: true });
      await writeFile(join(built, name, 'lab.js'), `export default { title: '${name}' };`);
      await writeFile(
        join(built, name, 'checks.js'),
        `export default { C1: [{ id: 'from-${name}' }] };`,
      );
    }
    const { labs } = await load(source, built);
    expect(labs.map(({ title }) => title)).toEqual(['02-first', '10-last']);
    expect(await labs[1]?.checks()).toEqual({ C1: [{ id: 'from-10-last' }] });
    await expect(labs[0]?.lesson()).rejects.toMatchObject({ exitCode: 3 });
  });

  test('a folder that is not there is named', async () => {
    await expect(load(join(folder, 'nowhere'))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('nowhere does not exist'),
    });
  });
});
