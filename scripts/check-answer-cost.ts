import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { watchProcesses } from './process-costs.ts';

/** What one `check-answer` of a lab cost, from its start to its end. */
export interface CheckAnswerCost {
  code: number | null;
  seconds: number;
  /** Servers that were launched. */
  servers: number;
  /** Seconds of CPU time, by kind of process. */
  cpu: ReadonlyMap<string, number>;
  /** Seconds of each check that ran, by id; a server that had to be launched for it included. */
  checks: ReadonlyMap<string, number>;
}

/** What this needs of the command's document. */
interface Verdicts {
  code: readonly { checks: readonly { id: string; outcome: string; durationMs: number }[] }[];
}

/** Grades what is in the workspace `cwd`, by the command line of the project at `root`. */
export async function costOfCheckAnswer(
  root: string,
  lab: number,
  cwd: string,
): Promise<CheckAnswerCost> {
  const startedAt = performance.now();
  const args = [join(root, 'bin/course-labs.js'), 'check-answer', String(lab), '--json'];
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  const watched = watchProcesses(child.pid ?? 0, kindOf);
  const ended = new Promise<{ code: number | null; seconds: number }>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, seconds: (performance.now() - startedAt) / 1000 }));
  });
  const [document, { code, seconds }] = await Promise.all([text(child.stdout), ended]);
  const costs = watched.stop();
  const { code: graded } = JSON.parse(document) as Verdicts;
  const ran = graded.flatMap(({ checks }) => checks).filter(({ outcome }) => outcome !== 'skipped');
  return {
    code,
    seconds,
    servers: costs.get('servers')?.processes ?? 0,
    cpu: new Map([...costs].map(([kind, { cpuMs }]) => [kind, cpuMs / 1000])),
    checks: new Map(ran.map(({ id, durationMs }) => [id, durationMs / 1000])),
  };
}

function kindOf(commandLine: string): string {
  const [, service] = /dist\/(registrar|load|keeper)\.js/.exec(commandLine) ?? [];
  if (service !== undefined) return service;
  if (/redis-server|valkey-server/.test(commandLine)) return 'redis';
  return commandLine.includes('/bin/course-labs.js') ? 'command' : 'servers';
}
