import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Arena } from './containment-arena.ts';
import { type Deed, type Outcome, outcomeOf, type Told } from './containment-told.ts';
import type { HostileAnswer } from './hostile-answers.ts';
import type { InstalledNode } from './node-versions.ts';

/** What became of a hostile answer. */
export interface Seen {
  outcome: Outcome;
  /** The sentence that a learner reads. */
  said: string | undefined;
}

/** Grades hostile answers on one Node; some of them end it. */
export interface Grader {
  isAlive(): boolean;
  /** Has the answer do its deed, and looks from outside at what it reached. */
  look(answer: HostileAnswer): Promise<Seen>;
  close(): Promise<void>;
}

/** Longer than the longest deed: until ready, an answer, and an end. */
const answerLimitMs = 150_000;

/** Starts containment-runner.ts on this Node. Throws when it does not start. */
export async function startGrader(
  { file, path }: InstalledNode,
  root: string,
  arena: Arena,
): Promise<Grader> {
  const args = ['scripts/containment-runner.ts', arena.workspace];
  const env = { PATH: path, HOME: arena.home, LANG: 'C.UTF-8', SECRET: arena.secret };
  const runner = join(root, 'scripts', 'run.mjs');
  const child = fork(runner, args, { cwd: root, execPath: file, execArgv: [], env });
  const first = await nextOf<{ registrar: number }>(child);
  if (first === undefined) throw new Error('The grader of hostile answers did not start.');
  const isAlive = () => child.exitCode === null && child.signalCode === null;

  return {
    isAlive,
    async look({ name, path: own, target, staysUntilEnded = false, mustEnd = false, reached }) {
      arena.renew();
      const aim = String(target?.(arena, first.registrar) ?? '');
      child.send({
        folders: foldersOf(name, join(root, 'fixtures')),
        path: own ?? `/attack?target=${encodeURIComponent(aim)}`,
        staysUntilEnded,
      } satisfies Deed);
      const running = await nextOf<Told>(child);
      const got = running !== undefined && !mustEnd && (await reached(arena, running, aim));
      if (running !== undefined) child.send('stop');
      const stopped = running && (await nextOf<Told>(child));
      const stays = stopped !== undefined && mustEnd && (await reached(arena, stopped, aim));
      return {
        outcome: outcomeOf(stopped, got || stays),
        said: stopped?.said?.replaceAll(arena.folder, '…'),
      };
    },
    async close() {
      if (!isAlive()) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}

/** Those of fixtures/hostile share a server. */
function foldersOf(name: string, fixtures: string): readonly string[] {
  const hostile = join(fixtures, 'hostile', name);
  if (!existsSync(hostile)) return [join(fixtures, 'programs', name)];
  return [join(fixtures, 'hostile', 'server'), hostile];
}

/** The next message; undefined when the process ends without one. */
function nextOf<T>(child: ChildProcess): Promise<T | undefined> {
  return new Promise((resolve) => {
    const settle = (message?: unknown) => {
      clearTimeout(timer);
      child.off('message', settle).off('exit', ended);
      resolve(message as T | undefined);
    };
    const ended = () => settle();
    // It hangs: nothing that it is asked will be answered.
    const timer = setTimeout(() => child.kill('SIGKILL'), answerLimitMs);
    child.once('message', settle).once('exit', ended);
  });
}
