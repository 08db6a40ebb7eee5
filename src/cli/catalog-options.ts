import { realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CatalogOptions } from '../catalog/load-catalog.ts';
import type { CommonOptions, Context } from './context.ts';

/** Where the labs are: ours, built; and with `--labs` those of a folder of one's own, compiled when they are loaded. */
export function catalogOptions(
  context: Context,
  options: Pick<CommonOptions, 'labs'>,
): CatalogOptions {
  const { packageRoot, pid, ending } = context;
  const dist = join(packageRoot, 'dist');
  const ours = { source: ourLabs(context), built: join(dist, 'labs') };
  const folder = ownLabs(context, options);
  const own = folder === undefined ? [] : [{ source: folder, built: undefined }];
  const workFolder = join(tmpdir(), `course-labs-${pid}`);
  if (own.length > 0) ending.defer(() => rm(workFolder, { recursive: true, force: true }));
  const kit = pathToFileURL(join(dist, 'kit.js')).href;
  return { folders: [ours, ...own], compiler: { kit, workFolder } };
}

/** The folder of the course's own labs. */
export function ourLabs({ packageRoot }: Pick<Context, 'packageRoot'>): string {
  return join(packageRoot, 'labs');
}

/** The folder that `--labs` names, or COURSE_LABS_LABS; undefined without one, and where it is ours, as in a clone. */
export function ownLabs(
  context: Pick<Context, 'packageRoot' | 'cwd' | 'env'>,
  { labs = context.env.COURSE_LABS_LABS }: Pick<CommonOptions, 'labs'>,
): string | undefined {
  if (!labs) return undefined;
  const folder = resolve(context.cwd, labs);
  return realPath(folder) === realPath(ourLabs(context)) ? undefined : folder;
}

/** With links followed; the path itself where nothing is there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
