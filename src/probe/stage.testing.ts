import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import {
  createRuntime,
  type NodeProgram,
  type Runtime,
  type RuntimeOptions,
} from '../runtime/index.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A runtime with really built services, and folders, for tests. */
export interface TestGround {
  runtime: Runtime;
  /** Free for anything; packages are found from it. */
  folder: string;
  /** Where built services are; `kit.js` too. */
  distFolder: string;
  /** The node_modules folder of this project. */
  packages: string;
  openStage(seed: number, options?: Pick<StageOptions, 'directRedis'>): Promise<Stage>;
  /** Writes a server of one file of JavaScript. */
  program(name: string, source: string): Promise<NodeProgram>;
  close(): Promise<void>;
}

/** This process' own, without a Redis that only one machine was given. */
const ownEnvironment = { ...process.env, REDIS_URL: undefined };

/** An environment in which no Redis is found. */
export const withoutRedis = { ...ownEnvironment, PATH: '' };

/** Builds registrar, load, keeper and kit from these sources, so that no test depends on `dist`. */
export async function openTestGround(
  limits: RuntimeOptions['limits'] = {},
  environment: NodeJS.ProcessEnv = ownEnvironment,
): Promise<TestGround> {
  const packages = join(root, 'node_modules');
  const folder = await mkdtemp(join(tmpdir(), 'course-labs-engine-'));
  await symlink(packages, join(folder, 'node_modules'), 'dir');
  // Under node_modules, so that the bundles find their packages as real paths.
  const distFolder = join(packages, '.cache', `engine-${process.pid}-${basename(folder)}`);
  await build({
    entryPoints: {
      registrar: join(root, 'src/registrar/process.ts'),
      load: join(root, 'src/load/process.ts'),
      keeper: join(root, 'src/runtime/keeper-process.ts'),
      kit: join(root, 'src/kit/index.ts'),
    },
    outdir: distFolder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const recordFolder = join(folder, 'record');
  const runtime = createRuntime({ distFolder, recordFolder, limits, environment });
  return {
    runtime,
    folder,
    distFolder,
    packages,
    openStage: (seed, stage = {}) =>
      openStage({ runtime, seed, workFolder: join(folder, 'stages'), ...stage }),
    program: async (name, source) => {
      const sourceFolder = join(folder, 'programs', name);
      await mkdir(sourceFolder, { recursive: true });
      const entry = join(sourceFolder, 'server.mjs');
      await writeFile(entry, source);
      return { kind: 'node', entry, sourceFolder, readable: [], allowWorkers: false };
    },
    close: async () => {
      await runtime.close();
      await rm(folder, { recursive: true, force: true });
      await rm(distFolder, { recursive: true, force: true });
    },
  };
}

/**
 * JavaScript of a server that keeps the server contract for `/subjects/:name/stats/` and `/healthz`. `handler` are
 * statements for all other paths, with `request`, `response`, `path` and `ask(path)` at hand.
 */
export function serverSource(handler: string, before = ''): string {
  return `import { createServer } from 'node:http';
${before}
const { HOST, PORT, REGISTRAR_URL } = process.env;
const ask = async (path) => {
  const answer = await fetch(REGISTRAR_URL + path);
  return { status: answer.status, body: await answer.text() };
};
createServer(async (request, response) => {
  const path = request.url;
  if (path === '/healthz') return response.end('ok');
  ${handler}
}).listen(Number(PORT), HOST);
`;
}

/** A handler that passes everything on to the registrar. */
export const passOn = `
  const { status, body } = await ask(path.replace('/api/v1', ''));
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);`;
