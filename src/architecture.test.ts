import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Imports point to a lower number or into the same folder. */
const levels: Readonly<Record<string, number>> = {
  kit: 0,
  'errors.ts': 0,
  runtime: 1,
  registrar: 1,
  load: 1,
  redis: 1,
  submissions: 1,
  workspace: 1,
  catalog: 2,
  probe: 2,
  bench: 2,
  grading: 3,
  authoring: 4,
  live: 4,
  lesson: 4,
  render: 5,
  cli: 6,
};

/** Entries of processes: there the process is their own. */
const entries = [
  'src/cli/main.ts',
  'src/registrar/process.ts',
  'src/load/process.ts',
  'src/runtime/keeper-process.ts',
];

interface Import {
  specifier: string;
  typeOnly: boolean;
}

interface SourceFile {
  /** Relative to the root: `src/cli/main.ts`. */
  path: string;
  code: string;
  imports: readonly Import[];
}

const sources = [...read('src'), ...read('labs'), ...read('template')].filter(isOurs);

describe('the import rules', () => {
  it('finds the sources that it judges', () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(sources.flatMap((file) => file.imports).length).toBeGreaterThan(100);
  });

  it('lets imports point only to a lower level or into the same folder', () => {
    expect(sources.flatMap(forbiddenEdges)).toEqual([]);
  });

  it('sees a forbidden edge', () => {
    const code = "import { openStage } from '../probe/stage.ts';";
    const bad = sourceOf('src/bench/rounds.ts', code);
    expect(forbiddenEdges(bad)).toEqual(['src/bench/rounds.ts imports src/probe/stage.ts']);
  });

  it('gives renderers only types from other folders', () => {
    const values = sources
      .filter((file) => file.path.startsWith('src/render/'))
      .flatMap((file) =>
        file.imports
          .filter(({ specifier, typeOnly }) => specifier.startsWith('../') && !typeOnly)
          .filter(({ specifier }) => folderOf(targetOf(file, specifier)) !== 'render')
          .map(({ specifier }) => `${file.path} imports ${specifier}`),
      );
    expect(values).toEqual([]);
  });

  it('lets a lab and its checks import the kit, files beside them and of earlier labs, which do the same', () => {
    const definitions = sources.filter(({ path }) =>
      /^(labs\/[^/]+|template)\/(lab|checks)\.ts$/.test(path),
    );
    expect(definitions.map(({ path }) => path)).toContain('template/lab.ts');
    expect(definitions.length).toBeGreaterThan(3);
    expect(definitions.flatMap((file) => foreignImports(file, sources))).toEqual([]);
  });

  it('sees a lab that imports more', () => {
    const lab = sourceOf('labs/01-x/lab.ts', "import { a } from './questions.ts';");
    const beside = sourceOf('labs/01-x/questions.ts', "import pino from 'pino';");
    const outside = sourceOf('labs/01-x/checks.ts', "import { b } from '../02-y/checks.ts';");
    expect(foreignImports(lab, [lab, beside])).toEqual(['labs/01-x/questions.ts imports pino']);
    expect(foreignImports(outside, [])).toEqual(['labs/01-x/checks.ts imports ../02-y/checks.ts']);
    const late = sourceOf('labs/03-z/checks.ts', "import { b } from '../02-y/checks.ts';");
    const early = sourceOf('labs/02-y/checks.ts', "import pino from 'pino';");
    expect(foreignImports(late, [])).toEqual([]);
    expect(foreignImports(late, [early])).toEqual(['labs/02-y/checks.ts imports pino']);
  });

  it('has no cycle', () => {
    expect(findCycle(sources)).toBeUndefined();
  });

  it('sees a cycle', () => {
    const cycle = findCycle([
      sourceOf('src/kit/a.ts', "import './b.ts';"),
      sourceOf('src/kit/b.ts', "export * from './a.ts';"),
    ]);
    expect(cycle).toEqual(['src/kit/a.ts', 'src/kit/b.ts', 'src/kit/a.ts']);
  });

  it('lets one folder own each package', () => {
    const owners = new Map<string, Set<string>>();
    for (const file of sources.filter(({ path }) => path.startsWith('src/'))) {
      for (const { specifier } of file.imports) {
        if (specifier.startsWith('.') || specifier.startsWith('node:')) continue;
        if (specifier.startsWith('course-labs/')) continue;
        const owner = owners.get(specifier) ?? new Set();
        owners.set(specifier, owner.add(folderOf(file.path)));
      }
    }
    expect(owners.size).toBeGreaterThan(5);
    const shared = [...owners].filter(([, folders]) => folders.size > 1);
    expect(shared.map(([name, folders]) => `${name}: ${[...folders].join(', ')}`)).toEqual([]);
  });
});

describe('the sources', () => {
  it('leave the process and the console alone, apart from the entries', () => {
    const pattern = /\bconsole\.|\bprocess\.exit\b/;
    const bad = sources
      .filter(
        ({ path, code }) =>
          path.startsWith('src/') && !entries.includes(path) && pattern.test(code),
      )
      .map(({ path }) => path);
    expect(bad).toEqual([]);
  });

  it('have no file over 250 lines, and a median near 80', () => {
    const lengths = sources
      .filter(({ path }) => path.startsWith('src/') || /\/(lab|checks|server)\.ts$/.test(path))
      .map(({ path, code }) => ({ path, lines: code.split('\n').length - 1 }))
      .sort((left, right) => left.lines - right.lines);
    expect(lengths.filter(({ lines }) => lines > 250)).toEqual([]);
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThanOrEqual(110);
  });
});

/** Tests and what only they use may reach anywhere; starters, answers and demonstration servers are programs of their own. */
function isOurs(file: SourceFile): boolean {
  if (/\.(test|testing|slow)\.ts$/.test(file.path)) return false;
  return file.path.startsWith('src/') || /^(labs\/[^/]+|template)\/[^/]+\.ts$/.test(file.path);
}

function read(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `${folder}/${name}`;
      return sourceOf(path, readFileSync(join(root, path), 'utf8'));
    });
}

function sourceOf(path: string, text: string): SourceFile {
  const code = text;
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const imports: Import[] = [];
  const statements =
    /^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  for (const [, type, from, alone, dynamic] of bare.matchAll(statements)) {
    imports.push({ specifier: (from ?? alone ?? dynamic) as string, typeOnly: type !== undefined });
  }
  return { path, code, imports };
}

function folderOf(path: string): string {
  return path.split('/')[1] as string;
}

function targetOf(file: SourceFile, specifier: string): string {
  return relative(root, join(root, dirname(file.path), specifier));
}

function forbiddenEdges(file: SourceFile): string[] {
  if (!file.path.startsWith('src/')) return [];
  const from = folderOf(file.path);
  return file.imports
    .filter(({ specifier }) => specifier.startsWith('.') && !specifier.endsWith('.json'))
    .map(({ specifier }) => targetOf(file, specifier))
    .filter((target) => {
      const to = folderOf(target);
      if (to === from) return false;
      const [low, high] = [levels[to], levels[from]];
      return low === undefined || high === undefined || low >= high;
    })
    .map((target) => `${file.path} imports ${target}`);
}

/** What a lab's file imports, itself or through others, that is neither the kit, nor beside it, nor of an earlier lab. */
function foreignImports(file: SourceFile, all: readonly SourceFile[]): string[] {
  return file.imports.flatMap(({ specifier }) => {
    if (specifier === 'course-labs/kit') return [];
    const other = /^(?:\.|\.\.\/(\d\d-[\w-]+))\/[\w.-]+$/.exec(specifier);
    const isAllowed = other !== null && (other[1] === undefined || other[1] < folderOf(file.path));
    if (!isAllowed) return [`${file.path} imports ${specifier}`];
    const target = all.find(({ path }) => path === targetOf(file, specifier));
    return target === undefined ? [] : foreignImports(target, all);
  });
}

/** The first cycle of run-time imports, as a path that ends where it began. Types may point both ways. */
function findCycle(files: readonly SourceFile[]): string[] | undefined {
  const edges = new Map(
    files.map((file) => [
      file.path,
      file.imports
        .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly)
        .map(({ specifier }) => targetOf(file, specifier)),
    ]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of edges.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of edges.keys()) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
