import { lstat, mkdir, readlink, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { couldNotRun, errorCode } from '../errors.ts';
import { withFileErrors } from './file-errors.ts';
import { withLock } from './lock.ts';

/** The packages that learners may import. */
export const learnerPackages = ['fastify', 'pino', 'node-cache', 'ioredis', '@types/node'] as const;

interface Link {
  /** Under node_modules. */
  name: string;
  /** Absolute. */
  path: string;
  target: string;
}

/**
 * Links the packages that learners may import, and course-labs itself with its command, into the workspace's
 * node_modules, so that everything works there without a network. Links of ours that are missing, lead nowhere or lead
 * elsewhere are made anew; what a learner installed is left alone. Throws couldNotRun where a package did not come with
 * course-labs, or where the file system refuses.
 */
export async function ensureLinks({
  root,
  packageRoot,
}: {
  root: string;
  /** Of the course-labs that runs now. */
  packageRoot: string;
}): Promise<void> {
  await withFileErrors(join(root, 'node_modules'), async () => {
    const links = await wantedLinks(await realpath(root), await realpath(packageRoot));
    if ((await brokenOf(links)).length === 0) return;
    await withLock(root, async () => {
      // Looked for again under the lock: another command may have repaired them meanwhile.
      for (const link of await brokenOf(links)) await make(link);
    });
  });
}

async function wantedLinks(root: string, packageRoot: string): Promise<readonly Link[]> {
  const modules = join(root, 'node_modules');
  const links: Link[] = [];
  for (const name of learnerPackages) {
    links.push({ name, path: join(modules, name), target: await findPackage(packageRoot, name) });
  }
  const wanted = [
    ...links,
    { name: 'course-labs', path: join(modules, 'course-labs'), target: packageRoot },
    {
      name: '.bin/course-labs',
      path: join(modules, '.bin', 'course-labs'),
      target: join('..', 'course-labs', 'bin', 'course-labs.js'),
    },
  ];
  // Where course-labs was installed in the workspace itself, these stand there already.
  return wanted.filter(({ path, target }) => path !== target);
}

/** As Node looks for a package, from course-labs' real folder upwards: nested, hoisted, or in a linked checkout. */
async function findPackage(packageRoot: string, name: string): Promise<string> {
  for (let folder = packageRoot; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (await leadsSomewhere(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) break;
  }
  throw couldNotRun(
    `The package ${name}, which comes with course-labs, is not installed.`,
    'Install course-labs again: npm install course-labs',
  );
}

async function brokenOf(links: readonly Link[]): Promise<readonly Link[]> {
  const broken: Link[] = [];
  for (const link of links) if (!(await isFine(link))) broken.push(link);
  return broken;
}

async function isFine(link: Link): Promise<boolean> {
  const stats = await lstat(link.path).catch(undefinedIfMissing);
  if (stats === undefined) return false;
  if (!stats.isSymbolicLink()) return true;
  const target = await readlink(link.path);
  if (!(await leadsSomewhere(link.path))) return false;
  return target === link.target || !isOurs(link.name, target);
}

/** Package managers make relative links; ours to packages are absolute. */
function isOurs(name: string, target: string): boolean {
  if (!isAbsolute(target)) return false;
  return name === 'course-labs' || target.endsWith(join(sep, 'node_modules', name));
}

async function make(link: Link): Promise<void> {
  await mkdir(dirname(link.path), { recursive: true });
  await rm(link.path, { force: true });
  await symlink(link.target, link.path);
}

async function leadsSomewhere(path: string): Promise<boolean> {
  return (await stat(path).catch(undefinedIfMissing)) !== undefined;
}

function undefinedIfMissing(error: unknown): undefined {
  // ELOOP: a link that leads to itself.
  if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error) ?? '')) return undefined;
  throw error;
}
