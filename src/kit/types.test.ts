import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emitKitTypes, packageRoot, runCompiler } from './emit-types.testing.ts';

/** An author's project, with the kit installed as it is published: declarations, and the package's own exports. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'course-labs-author-'));
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'course-labs');
  mkdirSync(join(modules, '@types'), { recursive: true });
  emitKitTypes(join(installed, 'dist', 'kit'));
  cpSync(join(packageRoot, 'package.json'), join(installed, 'package.json'));
  for (const name of ['@types/node', 'undici-types', 'fastify', 'pino', 'node-cache']) {
    symlinkSync(join(packageRoot, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const strict = {
  target: 'ES2022',
  lib: ['ES2023'],
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};
const resolutions = [
  ['NodeNext', { module: 'NodeNext', moduleResolution: 'NodeNext' }],
  ['Bundler', { module: 'ESNext', moduleResolution: 'Bundler' }],
] as const;

/** What tsc finds in files of the author's folder; declarations of libraries are checked, too, unless that is skipped. */
function compile(compilerOptions: object, include: readonly string[]): string {
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
  try {
    runCompiler(['-p', 'tsconfig.json'], folder);
    return '';
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}

function write(name: string, text: string): string {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
}

const fixture = (name: string) =>
  readFileSync(join(packageRoot, 'fixtures', 'kit-types', name), 'utf8');

// The compiler is started again and again, and machines are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

describe.each(resolutions)(
  'the kit for an author who resolves modules as %s does',
  (_, resolution) => {
    const options = { ...strict, ...resolution };

    it('gives types to what is written, and tells kinds apart', () => {
      expect(compile(options, [write('right.ts', fixture('right.ts'))])).toBe('');
    });

    it('finds each mistake', () => {
      expect(compile(options, [write('wrong.ts', fixture('wrong.ts'))])).toBe('');
    });

    it('would tell of a mistake that is found no more', () => {
      const text = fixture('right.ts').replace(
        "title: 'A lab'",
        "// @ts-expect-error: none\n  title: 'A lab'",
      );
      expect(compile(options, [write('right.ts', text)])).toMatch(/right\.ts.*TS2578: Unused/);
      expect(
        compile(options, [write('bad.ts', fixture('right.ts').replace("'E1']", "'E11']"))]),
      ).toMatch(/bad\.ts.*E11/);
    });
  },
);

it('fits what a new lab begins with, and what the guide shows, under the options that it gives', () => {
  const guide = readFileSync(join(packageRoot, 'docs', 'authors.md'), 'utf8');
  const blockOf = (language: string) =>
    new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(guide)?.[1] ?? '';
  const { compilerOptions, include } = JSON.parse(blockOf('json'));
  const lab = join(folder, 'labs', '13-new');
  cpSync(join(packageRoot, 'template'), lab, { recursive: true });
  write('labs/13-new/moves.ts', blockOf('ts'));
  expect(compile(compilerOptions, include)).toBe('');
  writeFileSync(
    join(lab, 'moves.ts'),
    blockOf('ts').replace('probe.origin.fail', 'probe.origin.fall'),
  );
  expect(compile(compilerOptions, include)).toMatch(/moves\.ts.*fall/);
  // Answers are laid over the starter: so they are compiled, too.
  for (const answer of ['plain-map', 'node-cache', 'wrapper']) {
    const laid = join(folder, 'labs', '14-laid');
    cpSync(join(packageRoot, 'template', 'starter'), laid, { recursive: true });
    cpSync(join(packageRoot, 'template', 'solutions', answer), laid, { recursive: true });
    expect(compile(compilerOptions, ['labs/14-laid'])).toBe('');
  }
});
