import { relative } from 'node:path';
import type { Lab } from '../catalog/types.ts';
import type { ResetModel } from '../render/reset.ts';
import { labFolder, resetLab, type Workspace } from '../workspace/index.ts';
import type { Context } from './context.ts';
import { codeExercises, labFiles } from './lab-files.ts';

/** Puts the starter of a lab back, and keeps what the learner wrote. Paths are as seen from where they stand. */
export async function resetToStarter(
  { cwd, now }: Pick<Context, 'cwd' | 'now'>,
  workspace: Workspace,
  lab: Lab,
): Promise<Omit<ResetModel, 'next'>> {
  const { kept } = await resetLab(workspace, labFiles(lab, workspace), now);
  const here = (path: string) => relative(cwd, path) || '.';
  const file = `${labFolder(workspace, lab)}/${codeExercises(lab)[0]?.file ?? ''}`;
  return {
    lab: { number: lab.number, title: lab.title },
    file: here(file),
    kept: kept === undefined ? undefined : here(kept),
  };
}
