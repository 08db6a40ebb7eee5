import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Context } from './context.ts';

/** How the program is called from where the learner stands: by its name where it is installed, else through npx. */
export function programName({ env }: Pick<Context, 'env'>): string {
  if (env.npm_command === 'exec') return 'npx course-labs';
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => existsSync(join(folder, 'course-labs')))
    ? 'course-labs'
    : 'npx course-labs';
}
