import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileServer } from './compile.ts';

let folder: string;
let sourceFolder: string;
let outputFolder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compile it #1 '));
  sourceFolder = join(folder, 'lab');
  outputFolder = join(folder, '.build/lab');
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(files: Readonly<Record<string, string>>, root = sourceFolder): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

const compile = (entry?: string) =>
  compileServer({ sourceFolder, outputFolder, ...(entry === undefined ? {} : { entry }) });

/** What a compiled module exports, in a Node of its own: vitest would transform it. */
async function exportsOf(file: string): Promise<Record<string, unknown>> {
  const script = `console.log(JSON.stringify({ ...(await import(${JSON.stringify(pathToFileURL(file).href)})) }))`;
  const args = ['--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

/** Compiles, runs what came out, and gives its `result` export. */
async function resultOf(files: Readonly<Record<string, string>>): Promise<unknown> {
  put(files);
  const compiled = await compile();
  if (compiled.kind === 'failed') throw new Error(compiled.failure.message);
  return (await exportsOf(compiled.entry)).result;
}

describe('what is compiled', () => {
  it('is every file that is reached, in the same tree', async () => {
    put({
      'server.ts': `import { a } from './lib/a.ts';
        export { b } from './lib/b.js';
        export * from "./lib/c.mjs";
        import data from './data.json' with { type: 'json' };
        import type { Shape } from './shape.ts';
        export const result: [number, Shape['n'], number] = [a, data.n, (await import('./late.ts')).late];`,
      'lib/a.ts': `import { deep } from '../deep/it is.ts'; export const a: number = deep;`,
      'deep/it is.ts': 'export const deep = 1;',
      'lib/b.ts': 'export const b = 2;',
      'lib/c.mjs': 'export const c = 3;',
      'late.ts': 'export const late = 4;',
      'data.json': '{"n": 5}',
      'shape.ts': 'export interface Shape { n: number }',
      'never-imported.ts': 'this is no program',
    });
    const compiled = await compile();
    expect(compiled).toEqual({
      kind: 'compiled',
      entry: join(outputFolder, 'server.mjs'),
      files: [
        'data.json',
        'deep/it is.ts',
        'late.ts',
        'lib/a.ts',
        'lib/b.ts',
        'lib/c.mjs',
        'server.ts',
      ],
    });
    const written = readdirSync(outputFolder, { recursive: true }).sort();
    expect(written).toEqual([
      'data.json',
      'deep',
      'deep/it is.mjs',
      'late.mjs',
      'lib',
      'lib/a.mjs',
      'lib/b.mjs',
      'lib/c.mjs',
      'server.mjs',
    ]);
    const module = await exportsOf(join(outputFolder, 'server.mjs'));
    expect(module).toMatchObject({ b: 2, c: 3, result: [1, 5, 4] });
  });

  it('is JavaScript too, and the entry may have another name', async () => {
    put({
      'server.js': `export { x } from './x.js';`,
      'x.js': 'export const x = 1;',
      'other.ts': 'export {};',
    });
    expect(await compile()).toMatchObject({ kind: 'compiled', files: ['server.js', 'x.js'] });
    expect(await compile('other.ts')).toMatchObject({ entry: join(outputFolder, 'other.mjs') });
    expect(existsSync(join(outputFolder, 'server.mjs'))).toBe(false);
    expect(await compile('absent.ts')).toMatchObject({
      kind: 'failed',
      failure: { reason: 'not-found', message: `There is no absent.ts in ${sourceFolder}.` },
    });
  });

  it('may use what is more than types: enums, parameter properties, assertions', async () => {
    const result = await resultOf({
      'server.ts': `enum Color { Red, Green = 'g' }
        const enum Size { Small = 3 }
        abstract class Base { constructor(protected readonly a: number, public b?: string) {} abstract sum(): number }
        class Sum extends Base { declare note: string; override sum() { return this.a + (this.b as unknown as number)!; } }
        const same = <T,>(value: T): T => value;
        export const result = [Color.Red, Color[0], Color.Green, Size.Small, new Sum(1, <any>2).sum(), same({ x: 1 } satisfies object)];`,
    });
    expect(result).toEqual([0, 'Red', 'g', 3, 3, { x: 1 }]);
  });

  it('keeps files that are named by their URL', async () => {
    const result = await resultOf({
      'server.ts': `import { readFileSync } from 'node:fs';
        const worker = new URL('./worker.ts', import.meta.url);
        const text = readFileSync(new URL("./text.txt", import.meta.url), 'utf8');
        export const result = [worker.pathname.endsWith('/worker.mjs'), readFileSync(worker, 'utf8').includes('number'), text, new URL('./absent', import.meta.url).pathname.endsWith('/absent')];`,
      'worker.ts': 'const n: number = 1; n;',
      'text.txt': 'hello',
    });
    expect(result).toEqual([true, false, 'hello', true]);
  });

  it('names the learner’s file in stacks', async () => {
    put({
      'server.ts':
        'type A = string;\n\nexport const f = (a: A): never => { throw new Error(a); };\n',
    });
    await compile();
    const code = readFileSync(join(outputFolder, 'server.mjs'), 'utf8');
    const map = JSON.parse(Buffer.from(code.split('base64,')[1] as string, 'base64').toString());
    expect(map.sources).toEqual([pathToFileURL(join(sourceFolder, 'server.ts')).href]);
  });

  it('never deletes sources', async () => {
    put({ 'lab/server.ts': 'export {};' }, folder);
    for (const output of [sourceFolder, folder]) {
      await expect(compileServer({ sourceFolder, outputFolder: output })).rejects.toThrow('delete');
    }
    expect(existsSync(join(sourceFolder, 'server.ts'))).toBe(true);
  });
});

it('accepts packages above the output folder, and Node’s own modules', async () => {
  put(
    {
      'node_modules/one/package.json': '{"main":"i.js"}',
      'node_modules/one/i.js': 'module.exports = 1;',
    },
    folder,
  );
  const result = await resultOf({
    'server.ts':
      "import one from 'one'; import fs from 'fs'; import { join } from 'node:path'; export const result = [one, typeof fs.statSync, join('a', 'b')];",
  });
  expect(result).toEqual([1, 'function', 'a/b']);
});
