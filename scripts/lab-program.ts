import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileServer, type Program, useQuickPackages } from '../src/runtime/index.ts';

const lab1 = ['labs', '01-measure-a-miss'];

/** Lab 1's demonstration server, as commands compile it: below a folder of theirs, with the quick packages. */
export function lab1Program(root: string, folder: string): Promise<Program> {
  return compiled(root, folder, { name: 'lab', sourceFolder: join(root, ...lab1) });
}

/**
 * The frame of lab 1's server (logs, request ids, errors) around a route that answers a constant: what that costs beside a
 * bare server is the frame's, and what the lab's own route costs beside it is the cache's.
 * @param body JSON that `/constant` answers
 */
export async function constantInLab1Frame(
  root: string,
  folder: string,
  body: string,
): Promise<Program> {
  const sourceFolder = join(folder, 'constant-in-frame');
  await mkdir(sourceFolder);
  await copyFile(join(root, ...lab1, 'starter', 'app.ts'), join(sourceFolder, 'app.ts'));
  await writeFile(
    join(sourceFolder, 'server.ts'),
    `import { createApp, start } from './app.ts';
const app = createApp();
const body = ${JSON.stringify(body)};
app.get('/constant', (_request, reply) => {
  reply.header('content-type', 'application/json; charset=utf-8').send(body);
});
await start(app);
`,
  );
  return compiled(root, folder, { name: 'constant-in-frame', sourceFolder });
}

async function compiled(
  root: string,
  folder: string,
  { name, sourceFolder }: { name: string; sourceFolder: string },
): Promise<Program> {
  const builds = join(folder, 'builds');
  await useQuickPackages(builds, join(root, 'dist', 'packages'));
  const result = await compileServer({ sourceFolder, outputFolder: join(builds, name) });
  if (result.kind === 'failed') throw new Error(result.failure.message);
  return {
    kind: 'node',
    entry: result.entry,
    sourceFolder,
    readable: [folder],
    allowWorkers: false,
  };
}
