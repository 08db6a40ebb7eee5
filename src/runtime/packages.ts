import { existsSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';

/** At most so many packages are named in a sentence. */
const named = 12;

/** The package of a bare specifier: `@fastify/cors/lib/x.js` is of `@fastify/cors`. */
export function packageNameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Whether Node finds the package of this bare specifier from a file in `folder`. */
export function isAvailable(specifier: string, folder: string): boolean {
  // `#name` is the importing package's own affair: Node resolves it.
  if (isBuiltin(specifier) || specifier.startsWith('#')) return true;
  const name = packageNameOf(specifier);
  return modulesAbove(folder).some((modules) => existsSync(join(modules, name)));
}

/** What may be imported from a file in `folder`, as a sentence. */
export function availablePackages(folder: string): string {
  const found = modulesAbove(folder).map(packagesIn);
  // Our own folder of the quick ones holds nothing that the next one does not.
  const names = found.find((own, at) => own.some((name) => !found[at + 1]?.includes(name))) ?? [];
  if (names.length === 0) return 'No packages are installed here.';
  const more = names.length > named ? ` and ${names.length - named} more` : '';
  return `Packages here: ${names.slice(0, named).join(', ')}${more}.`;
}

/** The nearest first. */
function modulesAbove(folder: string): string[] {
  const modules = join(folder, 'node_modules');
  const parent = dirname(folder);
  const above = parent === folder ? [] : modulesAbove(parent);
  return existsSync(modules) ? [modules, ...above] : above;
}

function packagesIn(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.') && name !== '@types' && name !== 'course-labs')
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(modules, name)).map((scoped) => `${name}/${scoped}`)
        : [name],
    )
    .sort();
}
