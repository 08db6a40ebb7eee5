import { basename, relative, resolve } from 'node:path';

/** esbuild plugins for the command line: what keeps a short command from costing more than Node's own start does. */

/** Commander starts programs of other files with it, and we have none; it takes in sockets, pipes and signals. */
const late = new Set(['child_process']);

/**
 * Node's modules without what importing them costs. To import `node:process` reads all its properties, and opens stdin,
 * stdout and stderr with that; the global is the same object. Commander's `require` becomes a call that needs none of our own.
 */
export const quickBuiltins = {
  name: 'quick builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?process$/ }, () => ({
      path: 'process',
      namespace: 'builtin',
    }));
    build.onResolve({ filter: /^node:/ }, ({ kind, path }) =>
      kind === 'require-call' ? { path: path.slice('node:'.length), namespace: 'builtin' } : null,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      if (path === 'process') return { contents: 'module.exports = globalThis.process;' };
      const module = `process.getBuiltinModule('node:${path}')`;
      if (!late.has(path)) return { contents: `module.exports = ${module};` };
      return {
        contents: `module.exports = new Proxy({}, { get: (_, name) => ${module}[name] });`,
      };
    });
  },
};

/** Chalk asks the terminal what it can show, and takes in `node:tty` for it; our theme says which colours there are. */
export const colourByTheme = {
  name: 'colour by theme',
  setup(build) {
    build.onResolve({ filter: /^#supports-color$/ }, ({ path }) => ({
      path,
      namespace: 'colour',
    }));
    build.onLoad({ filter: /.*/, namespace: 'colour' }, () => ({
      contents: 'export default { stdout: false, stderr: false };',
    }));
  },
};

/**
 * Keeps the files of each group in one chunk: whoever imports one of them imports all. A chunk costs Node half a
 * millisecond however small it is, and without this every set of commands that share a file gets a chunk of its own.
 * @param lists of files, as a metafile names them
 */
export function chunksOf(lists) {
  const groups = lists.map((files) => new Set(files.map((file) => resolve(file))));
  const groupOf = (file) => groups.findIndex((group) => group.has(file));
  return {
    name: 'chunks',
    setup(build) {
      build.onResolve(
        { filter: /.*/ },
        async ({ path, importer, resolveDir, kind, pluginData }) => {
          if (pluginData === 'resolving' || !importer || kind === 'require-call') return null;
          const found = await build.resolve(path, {
            importer,
            resolveDir,
            kind,
            pluginData: 'resolving',
          });
          const group = groupOf(found.path);
          if (found.external || group < 0 || groupOf(importer) === group) return found;
          return { path: found.path, namespace: 'in-group', pluginData: { group, resolveDir } };
        },
      );
      build.onLoad({ filter: /.*/, namespace: 'in-group' }, ({ path, pluginData }) => {
        // Packages come with our files that import them.
        const own = [...groups[pluginData.group]].filter((file) => file.startsWith(resolve('src')));
        const all = own.map((file) => `import ${JSON.stringify(file)};`);
        return {
          contents: [...all, `export * from ${JSON.stringify(path)};`].join('\n'),
          resolveDir: pluginData.resolveDir,
        };
      });
    },
  };
}

/**
 * The files of a build, without chunks that hold none of its code, each of which would be read all the same: grouping leaves
 * empty ones behind, and esbuild's own helpers have one, which is written into those who use it.
 */
export function withoutIdle({ metafile, outputFiles }) {
  // What only hands on the exports of others has no code either, and is needed.
  const isIdle = ({ path, text }) =>
    !text.includes('from"./') &&
    Object.values(metafile.outputs[relative('.', path)].inputs).every(
      ({ bytesInOutput }) => bytesInOutput === 0,
    );
  const idle = new Map(outputFiles.filter(isIdle).map(({ path, text }) => [basename(path), text]));
  const statement = /import(\{[\w$,]+\}from)?"\.\/(?:chunks\/)?([^"/]+)";/g;
  return outputFiles
    .filter((file) => !idle.has(basename(file.path)))
    .map(({ path, text }) => ({
      path,
      text: text.replace(statement, (whole, names, chunk) => {
        if (!idle.has(chunk)) return whole;
        return names === undefined ? '' : idle.get(chunk).replace(/export\{[^}]*\};\s*$/, '');
      }),
    }));
}

/**
 * Two groups for `chunksOf`: the few files that the start of the command line shares with what comes later, or `list`
 * with the labs' kit; and what else `list` needs, which nearly every command does.
 */
export function groupFiles(metafile) {
  const reached = (...entries) => new Set(entries.flatMap((entry) => reachedFrom(entry, metafile)));
  const kit = reached('src/kit/index.ts');
  const start = reached('src/cli/main.ts');
  const list = reached('src/cli/commands/list.ts');
  const later = reached(...laterEntries(metafile));
  const shared = [
    ...[...start].filter((file) => later.has(file) || kit.has(file)),
    ...[...list].filter((file) => !start.has(file) && kit.has(file)),
  ];
  return [shared, [...list].filter((file) => !shared.includes(file))];
}

/** A file and all that it imports, itself or through others, apart from what it imports only when that is needed. */
function reachedFrom(entry, { inputs }) {
  const reached = new Set([entry]);
  // A set takes what is added while it is walked.
  for (const file of reached) {
    for (const { path, kind } of inputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && path in inputs) reached.add(path);
    }
  }
  return [...reached];
}

/** What is imported only when it is needed, such as commands. */
function laterEntries({ inputs }) {
  const imports = Object.values(inputs).flatMap((input) => input.imports);
  return imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path);
}
