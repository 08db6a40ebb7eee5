import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';

const require = createRequire(import.meta.url);

/**
 * Makes one file each of packages that consist of many. A server is started for each check, and to find and read the
 * 200 files of Fastify took longer than all else of its start. The code is theirs, of the version that is installed.
 */
export async function buildQuickPackages(names, outputFolder) {
  for (const name of names) await buildQuickPackage(name, join(outputFolder, name));
}

async function buildQuickPackage(name, folder) {
  const { metafile } = await build({
    entryPoints: [require.resolve(name)],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // It starts workers from files of its own.
    external: ['pino'],
    // Node prints the line of an error that ends a program.
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 200,
    metafile: true,
    logLevel: 'warning',
    outfile: join(folder, 'index.js'),
  });
  const names = Object.keys(await import(name));
  const exported = names.filter((key) => key !== 'default' && /^[A-Za-z_$][\w$]*$/.test(key));
  // By require: what is imported as CommonJS is read twice, the first time for the names of its exports.
  const write = (file, text) => writeFileSync(join(folder, file), `${text}\n`);
  write(
    'index.mjs',
    [
      "import { createRequire } from 'node:module';",
      "const loaded = createRequire(import.meta.url)('./index.js');",
      'export default loaded;',
      `export const { ${exported.join(', ')} } = loaded;`,
      // For who requires it.
      "export { loaded as 'module.exports' };",
    ].join('\n'),
  );
  const { version, license } = JSON.parse(
    readFileSync(join('node_modules', name, 'package.json'), 'utf8'),
  );
  write('package.json', JSON.stringify({ name, version, license, main: 'index.mjs' }));
  write('LICENCES', licencesOf(metafile));
}
