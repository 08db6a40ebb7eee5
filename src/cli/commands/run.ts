import { relative } from 'node:path';
import type { Lab } from '../../catalog/types.ts';
import { exitCodes } from '../../errors.ts';
import { createTools } from '../../lesson/create-tools.ts';
import { prepareDemonstration } from '../../lesson/programs.ts';
import { noPrompts } from '../../lesson/prompts.ts';
import { runLesson } from '../../lesson/run-lesson.ts';
import { headingOf } from '../../lesson/state.ts';
import {
  beginRun,
  installLab,
  labFolder,
  labProgress,
  readProgress,
  readRun,
  recordPosition,
  runLogFile,
  type StoredRun,
  saveRun,
  saveRunLog,
  updateProgress,
  type Workspace,
} from '../../workspace/index.ts';
import { ownBuildFolder } from '../build-folder.ts';
import { type CommonOptions, type Context, isInteractive } from '../context.ts';
import { keptNote } from '../kept-note.ts';
import { labFiles } from '../lab-files.ts';
import {
  answersForLab,
  flagPrompts,
  type GivenAnswers,
  terminalPrompts,
} from '../lesson-prompts.ts';
import { lessonScreen } from '../lesson-screen.ts';
import { liveStep } from '../live-step.ts';
import { measuredOn } from '../measured-on.ts';
import { endOfRun, sayResumed, sayWhatIsOpen } from '../run-ends.ts';
import { openSession, type Session } from '../session.ts';
import { createSpokenPrompts } from '../spoken-prompts.ts';
import { versionsOf } from '../versions.ts';
import { sayWelcome } from '../welcome.ts';

interface Options extends CommonOptions {
  yes?: boolean;
  restart?: boolean;
  answer?: GivenAnswers;
}

/** `run`: the guided lab. */
export async function run(context: Context, options: Options, labName: string): Promise<number> {
  const session = openSession(context, options);
  const lab = await session.lab(labName);
  const { workspace, created } = await session.workspaceOrNew();
  if (created) sayWelcome(workspace, session);
  await guide(session, workspace, lab, options);
  return exitCodes.fine;
}

/** Carries out a lab's guided run, or its demonstration; `left` tells that it is to be gone on with. */
export async function guide(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  options: Pick<Options, 'yes' | 'restart' | 'answer' | 'plain'>,
): Promise<'finished' | 'left'> {
  const { context } = session;
  await installLab(workspace, labFiles(lab, workspace));
  const runtime = await session.runtime(workspace);
  const { run, from } = await beginOrResume(session, workspace, lab, options);
  const demonstration = options.yes ?? false;
  if (from !== undefined) await sayResumed(session, workspace, run);
  let saved = run;
  const place = {
    lab,
    root: workspace.root,
    folder: labFolder(workspace, lab),
    buildFolder: await ownBuildFolder(workspace, context),
  };
  const { labs } = await session.catalog();
  const next = labs[labs.indexOf(lab) + 1];
  const end = await runLesson({
    lab,
    next: next && headingOf(next),
    run,
    ...(from !== undefined && { from }),
    prompts: await promptsFor(context, lab, options),
    tools: createTools({
      ...place,
      workspace,
      runtime,
      demonstration,
      live: liveStep(session, {
        lab,
        program: () => prepareDemonstration(place),
        runtime,
        seed: workspace.seed,
        workFolder: place.buildFolder,
        plain: options.plain,
        interactive: !demonstration && isInteractive(context),
      }),
      shownFolder: relative(context.cwd, labFolder(workspace, lab)) || '.',
      now: context.now,
      drawSeed: context.drawSeed,
      signal: context.signal,
      warn: session.warn,
    }),
    store: {
      save: (stored) => {
        saved = measuredOn(context.machine(), saved, stored);
        return saveRun(workspace, saved);
      },
      keepLog: (step, text) => saveRunLog(workspace, { run: run.id, step, text }),
      logFile: (step) => relative(context.cwd, runLogFile(workspace.root, run.id, step)),
      standAt: async (step) => {
        if (demonstration) return;
        await updateProgress(
          workspace,
          (progress) =>
            step === undefined
              ? endOfRun(progress, lab, run.id)
              : recordPosition(progress, lab.number, { step, run: run.id }),
          session.warn,
        );
        if (step !== undefined) context.ending.keep(keptNote(lab, step, session.theme.program));
      },
    },
    onEvent: lessonScreen(lab, session),
  });
  if (!demonstration) await sayWhatIsOpen(session, workspace, lab, end);
  return end.kind;
}

async function promptsFor(
  context: Context,
  lab: Lab,
  options: Pick<Options, 'yes' | 'answer' | 'plain'>,
) {
  if (options.yes) return noPrompts;
  const given = answersForLab(options.answer, lab.number, context.cwd);
  if (!isInteractive(context)) return flagPrompts(given, lab.number);
  if (options.plain) return terminalPrompts(createSpokenPrompts(context), given, context.cwd);
  const { createPrompts } = await import('../prompts.ts');
  return terminalPrompts(await createPrompts(context.stdout.rows), given, context.cwd);
}

/** The run that was left, with the step it stands at; or a new one. */
async function beginOrResume(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  options: Pick<Options, 'yes' | 'restart'>,
): Promise<{ run: StoredRun; from?: string }> {
  const { context } = session;
  if (!options.yes && !options.restart) {
    const progress = await readProgress(workspace, session.warn);
    const { position } = labProgress(progress, lab.number);
    const stored = position && (await readRun(workspace, position.run));
    if (position && stored) return { run: stored, from: position.step };
  }
  const run = await beginRun(workspace, {
    kind: options.yes ? 'demonstration' : 'guided',
    lab: lab.number,
    seed: workspace.seed,
    versions: versionsOf(context),
    now: context.now,
  });
  return { run };
}
