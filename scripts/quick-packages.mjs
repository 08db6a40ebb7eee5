import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { fillCodeCaches } from './code-caches.mjs';
import { licencesOf } from './licences.mjs';

const require = createRequire(import.meta.url);

/**
 * Makes one file each of packages that consist of many. A server is started for each check, and to find and read the
 * 200 files of Fastify took longer than all else of its start. The code is theirs, of the version that is installed.
 */
export async function buildQuickPackages(names, outputFolder) {
  for (const name of names) await buildQuickPackage(name, names, join(outputFolder, name));
  await fillCodeCaches(names, outputFolder);
}

async function buildQuickPackage(name, names, folder) {
  const { metafile } = await build({
    entryPoints: [require.resolve(name)],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    plugins: [shareWith(names.filter((each) => each !== name)), workersStayFiles],
    // Node prints the line of an error that ends a program.
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 200,
    metafile: true,
    logLevel: 'warning',
    // Of workersStayFiles, which wants it so.
    logOverride: { 'require-resolve-not-external': 'silent' },
    outfile: join(folder, 'code.js'),
  });
  const exported = Object.keys(await import(name)).filter(
    (key) => !['default', 'module.exports'].includes(key) && /^[A-Za-z_$][\w$]*$/.test(key),
  );
  const write = (file, lines) => writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
  write('index.js', [
    // Loads code.js, with what V8 made of it before where that fits this Node: else V8 reads it anew.
    "const { readFileSync } = require('node:fs');",
    "const { wrap } = require('node:module');",
    "const { Script } = require('node:vm');",
    "const filename = __dirname + '/code.js';",
    'let cachedData;',
    'try {',
    "  cachedData = readFileSync(__dirname + '/code.cache');",
    '} catch {}',
    "const script = new Script(wrap(readFileSync(filename, 'utf8')), { filename, cachedData });",
    'script.runInThisContext()(exports, require, module, filename, __dirname);',
    "globalThis[Symbol.for('course-labs.code-caches')]?.(script, __dirname);",
  ]);
  // By require: what is imported as CommonJS is read twice, the first time for the names of its exports.
  write('index.mjs', [
    "import { createRequire } from 'node:module';",
    "const loaded = createRequire(import.meta.url)('./index.js');",
    'export default loaded;',
    `export const { ${exported.join(', ')} } = loaded;`,
    // For who requires it.
    "export { loaded as 'module.exports' };",
  ]);
  const { version, license } = JSON.parse(
    readFileSync(join('node_modules', name, 'package.json'), 'utf8'),
  );
  write('package.json', [JSON.stringify({ name, version, license, main: 'index.mjs' })]);
  write('LICENCES', [licencesOf(metafile)]);
}

/** The others are loaded from their own files, as everybody loads them: once. */
function shareWith(names) {
  return {
    name: 'share',
    setup: ({ onResolve }) => {
      onResolve({ filter: new RegExp(`^(?:${names.join('|')})$`) }, ({ path }) => ({
        path: `../${path}/index.js`,
        external: true,
      }));
    },
  };
}

/** pino starts workers from files that lie beside its own; those are where pino is installed. */
const workersStayFiles = {
  name: 'workers-stay-files',
  setup: ({ onLoad }) => {
    onLoad({ filter: /pino\/lib\/transport\.js$|thread-stream\/index\.js$/ }, ({ path }) => {
      const [, place] = /node_modules\/(.*)\/[^/]+$/.exec(relative('.', path)) ?? [];
      const found = `require('node:module').createRequire(require.resolve('pino')).resolve`;
      const file = place === 'pino/lib' ? 'pino/lib/worker.js' : `${place}/index.js`;
      const folder = `require('node:path').dirname(${found}('${file}'))`;
      return { contents: readFileSync(path, 'utf8').replaceAll('__dirname', folder) };
    });
  },
};
