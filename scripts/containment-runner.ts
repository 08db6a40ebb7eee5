import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { prepareAnswer } from '../src/grading/prepare-answer.ts';
import type { ServerSettings } from '../src/kit/index.ts';
import type { ServerSet } from '../src/probe/server-set.ts';
import { openStage } from '../src/probe/stage.ts';
import { endSentence } from '../src/probe/unanswered.ts';
import { createRuntime } from '../src/runtime/index.ts';
import type { RunningServer } from '../src/runtime/types.ts';
import { ensureLinks } from '../src/workspace/links.ts';
import type { Deed, Told } from './containment-told.ts';

// The grader of hostile answers: launches each as a graded answer is, in a workspace, and asks it to do its deed. Some end
// this process, so it is started by containment.ts, with an IPC channel, and looked at from there.
const [, , workspace = ''] = process.argv;
const root = process.cwd();
const state = join(workspace, '.course-labs');
// A file cache and a second log: the most that an answer is ever given to write.
const settings: ServerSettings = { cacheBackend: 'file', errorLog: true };
const [answerLimitMs, endLimitMs, settlesInMs, graceMs] = [10_000, 60_000, 300, 1000];

await ensureLinks({ root: workspace, packageRoot: root });
const runtime = createRuntime({ distFolder: join(root, 'dist'), recordFolder: state });
const stage = await openStage({ runtime, seed: 4711, workFolder: join(state, 'build') });
const page = `${stage.origin.url}/pages/planted/`;

/** The answer that runs now. */
let current: { set: ServerSet; running: RunningServer; told: Told } | undefined;

// It is asked to do its deed, looked at from outside while it runs, and stopped.
process.on('message', async (message: Deed | 'stop') => {
  process.send?.(message === 'stop' ? await stop() : await launchAndAsk(message));
});
process.once('disconnect', async () => {
  await stage.close();
  await runtime.close();
  process.exit();
});
process.send?.({ registrar: stage.service.pid });

async function launchAndAsk({ folders, path, staysUntilEnded }: Deed): Promise<Told> {
  const sourceFolder = join(workspace, 'answer');
  await rm(sourceFolder, { recursive: true, force: true });
  await mkdir(sourceFolder);
  for (const folder of folders) await cp(folder, sourceFolder, { recursive: true });
  const buildFolder = join(state, 'build', 'answer');
  const readable = [workspace];
  const prepared = await prepareAnswer({
    sourceFolder,
    buildFolder,
    readable,
    allowWorkers: false,
  });
  if (prepared.kind === 'failed') throw new Error(prepared.failure.message);
  await stage.origin.script('planted', { status: 200, headers: {}, body: 'planted' });
  const set = stage.openSet(prepared.program);
  const launched = await set.launch(settings);
  if (launched.kind === 'failed') throw new Error(launched.failure.message);
  const { running } = launched.server;
  const answer = await ask(`${running.url}${path}`);
  const endsAtMs = performance.now() + (staysUntilEnded ? endLimitMs : settlesInMs);
  while (running.ended() === undefined && performance.now() < endsAtMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const refused = running.refusedAccess();
  const told: Told = {
    answer,
    said: refused ?? (running.ended() && endSentence(running)),
    refused: refused !== undefined,
    brokenLimit: running.brokenLimit(),
    killed: false,
    pid: running.pid,
    registrarIsIntact: (await ask(page)).includes('planted'),
  };
  current = { set, running, told };
  return told;
}

async function stop(): Promise<Told | undefined> {
  if (current === undefined) return undefined;
  const { set, running, told } = current;
  const ran = running.ended() === undefined;
  const { signal } = await running.stop(graceMs);
  await set.close();
  current = undefined;
  return { ...told, killed: ran && signal === 'SIGKILL' };
}

/** What came back, also of a server that died or hangs. */
async function ask(url: string): Promise<string> {
  try {
    return await (await fetch(url, { signal: AbortSignal.timeout(answerLimitMs) })).text();
  } catch (error) {
    return `no answer: ${error}`;
  }
}
