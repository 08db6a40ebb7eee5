import { join, relative } from 'node:path';
import type { Context } from './context.ts';

/** Where the author's guide is, by the shorter of its two paths. */
export function authorsGuide({ packageRoot, cwd }: Pick<Context, 'packageRoot' | 'cwd'>): string {
  const guide = join(packageRoot, 'docs', 'authors.md');
  const fromHere = relative(cwd, guide);
  return fromHere.length < guide.length ? fromHere : guide;
}
