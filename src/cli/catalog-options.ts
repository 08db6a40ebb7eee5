import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CatalogOptions } from '../catalog/load-catalog.ts';
import type { CommonOptions, Context } from './context.ts';

/** Where the labs are: ours, built; and with `--labs` those of a folder of one's own, compiled when they are loaded. */
export function catalogOptions(
  { packageRoot, cwd, pid, ending }: Context,
  { labs }: Pick<CommonOptions, 'labs'>,
): CatalogOptions {
  const dist = join(packageRoot, 'dist');
  const ours = { source: join(packageRoot, 'labs'), built: join(dist, 'labs') };
  const own = labs === undefined ? [] : [{ source: resolve(cwd, labs), built: undefined }];
  const workFolder = join(tmpdir(), `course-labs-${pid}`);
  if (own.length > 0) ending.defer(() => rm(workFolder, { recursive: true, force: true }));
  const kit = pathToFileURL(join(dist, 'kit.js')).href;
  return { folders: [ours, ...own], compiler: { kit, workFolder } };
}
