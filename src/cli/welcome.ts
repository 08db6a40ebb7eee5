import { relative } from 'node:path';
import { renderWelcome } from '../render/welcome.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Session } from './session.ts';

/** Says where the new workspace is. */
export function sayWelcome(workspace: Workspace, { context, theme, warn }: Session): void {
  const folder = `./${relative(context.cwd, workspace.root)}`;
  warn(`${renderWelcome({ folder, learner: workspace.learner, next: [] }, theme)}\n`);
}
