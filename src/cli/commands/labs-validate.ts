import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { makeAnswerFolder } from '../../authoring/answer-folder.ts';
import { validateLabs } from '../../authoring/validate-labs.ts';
import { findLab } from '../../catalog/find-lab.ts';
import type { Catalog } from '../../catalog/types.ts';
import { couldNotRun, exitCodes } from '../../errors.ts';
import { keepStages } from '../../probe/kept-stages.ts';
import { openStage } from '../../probe/stage.ts';
import { renderValidation, renderValidationLine } from '../../render/validation.ts';
import { authorsGuide } from '../authors-guide.ts';
import { ownLabs } from '../catalog-options.ts';
import { ownCommandFolder } from '../command-folder.ts';
import type { CommonOptions, Context } from '../context.ts';
import { openSession } from '../session.ts';

/**
 * Three for each core: they wait a good part of their time, for a TTL, or for a server to start or end. No more than six:
 * each has a registrar of some 130 MB.
 */
const answersAtATime = Math.min(3 * availableParallelism(), 6);

interface Options extends CommonOptions {
  thorough?: boolean;
  complete?: boolean;
  json?: boolean;
}

/** `labs validate`: proves every lab, a line for each answer as soon as it is known. Unsound is exit 1. */
export async function run(
  context: Context,
  options: Options,
  labName: string | undefined,
): Promise<number> {
  const session = openSession(context, options);
  const own = ownLabs(context, options);
  const all = labsToProve(await session.catalog(), own);
  const catalog: Catalog = labName === undefined ? all : { labs: [findLab(all, labName)] };
  const workFolder = await ownCommandFolder(context, 'validate');
  const answerFolder = await makeAnswerFolder(workFolder, context.packageRoot);
  const runtime = await session.runtimeIn(workFolder);
  const stages = keepStages({
    open: (seed) => openStage({ runtime, seed, workFolder }),
    most: answersAtATime,
  });
  const drawn = () => context.drawSeed();
  let heading = '';
  const report = await validateLabs({
    catalog,
    place: {
      openStage: stages.open,
      workFolder: answerFolder,
      signal: context.signal,
    },
    width: answersAtATime,
    seeds: [drawn(), drawn(), drawn(), drawn()],
    ...(options.thorough && { thorough: true }),
    ...(options.complete && { complete: true }),
    onLine: (line) => {
      if (options.json) return;
      if (line.lab !== heading) session.print(`\n${line.lab}`);
      heading = line.lab;
      session.print(renderValidationLine(line, session.theme));
    },
  });
  await stages.close();
  if (options.json) session.printJson(report);
  else {
    // A part of the course need not teach all of it, unless that is demanded.
    const isPart = (own ?? labName) !== undefined && !options.complete;
    const model = {
      ...report,
      ...(isPart && { missingObjectives: [] }),
      asked: labName,
      guide: authorsGuide(context),
    };
    session.print(`\n${renderValidation(model, session.theme)}`);
  }
  return report.ok ? exitCodes.fine : exitCodes.notPassed;
}

/** The author's own labs alone, where there is a folder of them: ours were proved when they were made. */
function labsToProve({ labs }: Catalog, own: string | undefined): Catalog {
  if (own === undefined) return { labs };
  const found = labs.filter(({ folder }) => dirname(folder) === own);
  if (found.length > 0) return { labs: found };
  throw couldNotRun(
    `There is no lab in ${own}: labs are folders such as 13-stale-answers.`,
    'Make one: course-labs labs new stale-answers',
  );
}
