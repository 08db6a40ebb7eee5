import { exitCodes } from '../../errors.ts';
import { renderProgress } from '../../render/progress.ts';
import { readProgress } from '../../workspace/index.ts';
import type { CommonOptions, Context } from '../context.ts';
import { nextLab, progressRow, totals } from '../lab-rows.ts';
import { openSession } from '../session.ts';

interface Options extends CommonOptions {
  json?: boolean;
}

/** `progress`: where the learner stands. */
export async function run(context: Context, options: Options): Promise<number> {
  const session = openSession(context, options);
  const workspace = await session.workspace();
  const labs = await session.labList();
  const progress = await readProgress(workspace, session.warn);
  const rows = labs.map((lab) => progressRow(lab, progress));
  const next = nextLab(labs, progress);
  const model = { learner: workspace.learner, labs: rows, ...totals(rows) };
  if (options.json) session.printJson(model);
  else {
    const go =
      next === undefined
        ? []
        : [
            {
              label: `Go on with lab ${next.number}`,
              command: `${session.theme.program} run ${next.number}`,
            },
          ];
    session.print(renderProgress({ ...model, next: go }, session.theme));
  }
  return exitCodes.fine;
}
