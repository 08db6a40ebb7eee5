import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

const compile = () => compileServer({ sourceFolder, outputFolder });

async function failureOf(files: Readonly<Record<string, string>>) {
  put(files);
  const result = await compile();
  if (result.kind === 'compiled') throw new Error('it compiled');
  return result.failure;
}

describe('a sentence with the place', () => {
  it.each([
    [
      'a slip that sucrase sees',
      'const a: number = 1;\nconst b = ;',
      'syntax',
      'server.ts:2:11: Unexpected token.',
    ],
    [
      'a slip that only acorn sees',
      'const a: number = 1;\n  const a = 2;',
      'syntax',
      "server.ts:2:9: Identifier 'a' has already been declared.",
    ],
    [
      'behind types that are gone',
      'const f = (a: Map<string, number>): void => { break; };',
      'syntax',
      'server.ts:1:47: Unsyntactic break.',
    ],
    [
      'a decorator',
      'const d = () => {};\n@d class A {}',
      'syntax',
      "server.ts:2:1: Unexpected character '@' (decorators are not part of JavaScript yet).",
    ],
    [
      'a namespace',
      'const a = 1;\n  namespace N { export const x = 1 }\nN.x;',
      'syntax',
      'server.ts:2:3: A namespace is more than types; use a file of its own, or an object.',
    ],
    [
      'a file that is missing',
      "import { x } from './x.ts'; x;",
      'import',
      'server.ts:1:20: There is no file "./x.ts".',
    ],
    [
      'an ending that is missing',
      "export { y } from './y';",
      'import',
      'server.ts:1:20: There is no file "./y". Did you mean "./y.ts"?',
    ],
    [
      'another ending',
      "import { y } from './y.mts'; y;",
      'import',
      'server.ts:1:20: There is no file "./y.mts". Did you mean "./y.ts"?',
    ],
    [
      'a folder',
      "export * from './z/';",
      'import',
      'server.ts:1:16: There is no file "./z/". Did you mean "./z/index.ts"?',
    ],
    [
      'a file outside',
      "const a: string = '';\nimport { y } from '../outside.ts'; y;",
      'import',
      'server.ts:2:20: "../outside.ts" lies outside of the folder of the server, and is not taken along.',
    ],
    [
      'an absolute path',
      "export * from '/etc/x.js';",
      'import',
      'server.ts:1:16: "/etc/x.js" is not imported: name your own files by a path that starts with "./".',
    ],
    [
      'a module that Node lacks',
      "import x from 'node:fss'; x;",
      'import',
      'server.ts:1:16: Node has no module "node:fss".',
    ],
    [
      'a package that is missing',
      "import x from '@scope/pkg/sub'; x;",
      'import',
      'server.ts:1:16: There is no package "@scope/pkg". Packages here: @scope/other, one.',
    ],
    [
      'JSON without attributes',
      "import d from './d.json'; d;",
      'import',
      "server.ts:1:16: JSON is imported as: import data from './d.json' with { type: 'json' }.",
    ],
    [
      'a file of another kind',
      "import './style.css';",
      'import',
      'server.ts:1:9: "./style.css" cannot be imported: only .ts, .js, .mjs and .json files can.',
    ],
  ])('for %s', async (_name, code, reason, message) => {
    put({ 'y.ts': 'export const y = 1;', 'z/index.ts': '', 'd.json': '{}', 'style.css': '' });
    put(
      {
        'outside.ts': '',
        'node_modules/one/package.json': '{}',
        'node_modules/@scope/other/package.json': '{}',
      },
      folder,
    );
    const failure = await failureOf({ 'server.ts': `${code}\n` });
    expect(failure).toMatchObject({ reason, message });
    expect(failure.place?.file).toBe('server.ts');
  });

  it('names the file that it is in', async () => {
    const failure = await failureOf({
      'server.ts': "import './lib/a.ts';",
      'lib/a.ts': "import { b } from './b.ts';\nb;",
    });
    expect(failure.message).toBe('lib/a.ts:1:20: There is no file "./b.ts".');
    expect(failure.place).toEqual({ file: 'lib/a.ts', line: 1, column: 20 });
  });

  it('for two files that would become one', async () => {
    const failure = await failureOf({
      'server.ts': "import './a.ts'; import './a.mjs';",
      'a.ts': '',
      'a.mjs': '',
    });
    expect(failure.message).toBe(
      'a.mjs and a.ts would become the same module; rename one of them.',
    );
  });

  it('says when there is no server at all', async () => {
    mkdirSync(sourceFolder);
    expect(await compile()).toMatchObject({ kind: 'failed', failure: { reason: 'not-found' } });
  });
});
