import type { Workspace } from '../workspace/index.ts';
import type { Session } from './session.ts';
import { sayWelcome } from './welcome.ts';

/** Our own server can be run anywhere, in a workspace that is made; the learner's needs one to be there. */
export async function workspaceFor(session: Session, mine: boolean): Promise<Workspace> {
  if (mine) return session.workspace();
  const { workspace, created } = await session.workspaceOrNew();
  if (created) sayWelcome(workspace, session);
  return workspace;
}
