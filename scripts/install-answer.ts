import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../src/catalog/types.ts';
import { installLab } from '../src/workspace/index.ts';

/** Lays a lab's starter into the workspace at `root`, anew, and over it the files of `answer` where there is one. */
export async function installAnswer(
  lab: Lab,
  root: string,
  answer?: { folder: string },
): Promise<void> {
  await rm(join(root, 'labs', lab.folderName), { recursive: true, force: true });
  const { folder } = await installLab(
    { root },
    { ...lab, starter: join(lab.folder, 'starter'), readme: '', evidence: () => [] },
  );
  if (answer) await cp(answer.folder, folder, { recursive: true });
}
