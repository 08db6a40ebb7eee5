import { objectiveRows } from '../../catalog/objectives.ts';
import { exitCodes } from '../../errors.ts';
import { renderList } from '../../render/list.ts';
import { renderObjectives } from '../../render/objectives.ts';
import type { CommonOptions, Context } from '../context.ts';
import { labRow, totals } from '../lab-rows.ts';
import { openSession } from '../session.ts';

interface Options extends CommonOptions {
  objectives?: boolean;
  json?: boolean;
}

/** `list`: all labs, with what was done; or the objectives and where they are practised. */
export async function run(context: Context, options: Options): Promise<number> {
  const session = openSession(context, options);
  const all = await session.labList();
  if (options.objectives) {
    const rows = objectiveRows({ labs: all });
    if (options.json) session.printJson({ objectives: rows });
    else session.print(renderObjectives({ objectives: rows.map(servedBy) }, session.theme));
    return exitCodes.fine;
  }
  const progress = await session.progressOrNone();
  const labs = all.map((lab) => labRow(lab, progress));
  const model = { labs, ...totals(labs) };
  if (options.json) session.printJson(model);
  else session.print(renderList(model, session.theme));
  return exitCodes.fine;
}

function servedBy(row: ReturnType<typeof objectiveRows>[number]) {
  return {
    id: row.id,
    text: row.text,
    servedBy: row.labs.map(({ number }) => ({
      lab: number,
      exercises: row.exercises.filter(({ lab }) => lab === number).map(({ id }) => id),
    })),
  };
}
