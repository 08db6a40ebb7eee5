import { relative } from 'node:path';
import { renderWelcome } from '../render/welcome.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Context } from './context.ts';
import type { Session } from './session.ts';

/** Says where the new workspace is. */
export function sayWelcome(workspace: Workspace, { context, theme, warn }: Session): void {
  const folder = folderAsTyped(workspace, context);
  warn(`${renderWelcome({ folder, learner: workspace.learner, next: [] }, theme)}\n`);
}

/** The workspace's folder from where the learner stands: `./course-labs-work`. */
export function folderAsTyped(
  { root }: Pick<Workspace, 'root'>,
  { cwd }: Pick<Context, 'cwd'>,
): string {
  const path = relative(cwd, root);
  return path === '' || path.startsWith('..') ? path || '.' : `./${path}`;
}
