import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { makeAnswerFolder } from '../src/authoring/answer-folder.ts';
import type { ProofPlace } from '../src/authoring/prove-answer.ts';
import { loadCatalog } from '../src/catalog/load-catalog.ts';
import type { Lab } from '../src/catalog/types.ts';
import { openStage } from '../src/probe/stage.ts';
import { createRuntime } from '../src/runtime/index.ts';

/** The labs of this clone as they were built, and a place to prove their answers in. */
export interface Proving {
  labs: readonly Lab[];
  place: ProofPlace & { workFolder: string };
  /** Empty; it goes when all is closed. */
  folder: string;
  close(): Promise<void>;
}

/** @param name what it is for: a part of the temporary folder's name */
export async function openProving(name: string): Promise<Proving> {
  const root = process.cwd();
  const folder = await mkdtemp(join(tmpdir(), `course-labs-${name}-`));
  const runtime = createRuntime({ distFolder: join(root, 'dist'), recordFolder: folder });
  const workFolder = await makeAnswerFolder(folder, root);
  const { labs } = await loadCatalog({
    folders: [{ source: join(root, 'labs'), built: join(root, 'dist', 'labs') }],
    compiler: { kit: pathToFileURL(join(root, 'dist', 'kit.js')).href, workFolder: folder },
  });
  return {
    labs,
    place: { openStage: (seed) => openStage({ runtime, seed, workFolder: folder }), workFolder },
    folder,
    close: async () => {
      await runtime.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
