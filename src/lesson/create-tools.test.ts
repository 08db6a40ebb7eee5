import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../catalog/types.ts';
import type { ExperimentStep } from '../kit/index.ts';
import { openTestGround, serverSource, type TestGround } from '../probe/stage.testing.ts';
import type { Workspace } from '../workspace/index.ts';
import { createTools } from './create-tools.ts';

let ground: TestGround;
let experiment: (entry?: string) => Promise<unknown>;

beforeAll(async () => {
  ground = await openTestGround();
  const folder = join(ground.folder, '04-tiny');
  await mkdir(folder);
  for (const name of ['server', 'naive']) {
    await writeFile(join(folder, `${name}.ts`), serverSource(`response.end('${name}.ts');`));
  }
  const lab = { number: 4, folder, folderName: '04-tiny' } as Lab;
  const tools = createTools({
    lab,
    workspace: { root: ground.folder, seed: 5 } as Workspace,
    folder,
    shownFolder: folder,
    buildFolder: join(ground.folder, 'build'),
    runtime: ground.runtime,
    demonstration: false,
    live: async () => undefined,
    now: () => new Date(0),
    drawSeed: () => 1,
    signal: new AbortController().signal,
    warn: () => undefined,
  });
  experiment = async (entry) => {
    const step: ExperimentStep = {
      kind: 'experiment',
      id: 'who',
      phase: 'RUN',
      settings: {},
      origin: {},
      ...(entry !== undefined && { entry }),
      run: async ({ server }) => ({
        exhibit: { kind: 'timeline', moments: [] },
        data: { answeredBy: (await server.get('/')).text },
      }),
    };
    return (await tools.experiment(step, () => undefined)).data.answeredBy;
  };
});

afterAll(() => ground.close());

describe('an experiment', () => {
  it("runs on the lab's server.ts, or on the file that it names", async () => {
    expect(await experiment()).toBe('server.ts');
    expect(await experiment('naive.ts')).toBe('naive.ts');
  });
});
