import type { LabSummary } from '../../catalog/lab-list.ts';
import type { ObjectiveRow } from '../../catalog/objectives.ts';
import { exitCodes } from '../../errors.ts';
import { renderList } from '../../render/list.ts';
import type { CommonOptions, Context } from '../context.ts';
import { labRow, nextLab, totals } from '../lab-rows.ts';
import { openSession, type Session } from '../session.ts';

interface Options extends CommonOptions {
  objectives?: boolean;
  json?: boolean;
}

/** `list`: all labs, with what was done; or the objectives and where they are practised. */
export async function run(context: Context, options: Options): Promise<number> {
  const session = openSession(context, options);
  const all = await session.labList();
  if (options.objectives) return listObjectives(session, all, options);
  const progress = await session.progressOrNone();
  const labs = all.map((lab) => labRow(lab, progress));
  const model = { labs, ...totals(labs), next: nextLab(all, progress)?.number };
  if (options.json) session.printJson(model);
  else session.print(renderList(model, session.theme));
  return exitCodes.fine;
}

async function listObjectives(
  session: Session,
  labs: readonly LabSummary[],
  { json }: Pick<Options, 'json'>,
): Promise<number> {
  // Only here: the objectives' texts come with the whole kit, and the list of labs does without it.
  const { objectiveRows } = await import('../../catalog/objectives.ts');
  const { renderObjectives } = await import('../../render/objectives.ts');
  const rows = objectiveRows({ labs });
  if (json) session.printJson({ objectives: rows });
  else session.print(renderObjectives({ objectives: rows.map(servedBy) }, session.theme));
  return exitCodes.fine;
}

function servedBy(row: ObjectiveRow) {
  return {
    id: row.id,
    text: row.text,
    servedBy: row.labs.map(({ number }) => ({
      lab: number,
      exercises: row.exercises.filter(({ lab }) => lab === number).map(({ id }) => id),
    })),
  };
}
