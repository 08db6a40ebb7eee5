import { relative } from 'node:path';
import type { Lab } from '../../catalog/types.ts';
import { couldNotRun, usageError } from '../../errors.ts';
import type { CodeExercise } from '../../kit/index.ts';
import { monotonicClock as clock, waitUntil } from '../../probe/waiting.ts';
import { labFolder } from '../../workspace/index.ts';
import { ownBuildFolder } from '../build-folder.ts';
import { type CommonOptions, type Context, isInteractive } from '../context.ts';
import { findExercise } from '../find-exercise.ts';
import { codeExercises, ensureLabFolder } from '../lab-files.ts';
import { openSession } from '../session.ts';
import { runWatch } from '../watch/run-watch.ts';

interface Options extends CommonOptions {
  seed?: number;
  times?: number;
  json?: boolean;
}

/** Between two looks at the files: what a person does not notice, and a network mount does not mind. */
const lookEveryMs = 250;

/** `watch`: grades the code exercises of a lab at each save, until it is left. */
export async function run(
  context: Context,
  options: Options,
  labName: string,
  exerciseName: string | undefined,
): Promise<number> {
  const session = openSession(context, options);
  const lab = await session.lab(labName);
  const exercises = watchedExercises(lab, exerciseName);
  const workspace = await session.workspace();
  const folder = labFolder(workspace, lab);
  await ensureLabFolder(folder, lab);
  return runWatch(session, {
    lab,
    exercises,
    workspace,
    folder,
    shownFolder: relative(context.cwd, folder) || '.',
    buildFolder: await ownBuildFolder(workspace, context),
    seed: options.seed,
    times: options.times,
    json: options.json ?? false,
    keys: isInteractive(context) && !options.json,
    pause: (signal) => waitUntil(clock.nowMs() + lookEveryMs, { clock, signal }),
  });
}

function watchedExercises(lab: Lab, name: string | undefined): readonly CodeExercise[] {
  const named = name === undefined ? undefined : findExercise(lab, name);
  if (named?.kind === 'question') {
    throw usageError(
      `${named.id} is a question: it has no files to watch.`,
      `Answer it: course-labs check-answer ${lab.number} ${named.id}`,
    );
  }
  if (named !== undefined) return [named];
  const all = codeExercises(lab);
  if (all.length === 0) throw couldNotRun(`Lab ${lab.number} has no code to grade.`);
  return all;
}
