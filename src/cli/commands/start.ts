import type { LabSummary } from '../../catalog/lab-list.ts';
import { couldNotRun, exitCodes } from '../../errors.ts';
import { menuRows, renderMenuHeading } from '../../render/list.ts';
import { renderProgress } from '../../render/progress.ts';
import { readProgress, type Workspace } from '../../workspace/index.ts';
import { type CommonOptions, type Context, isInteractive } from '../context.ts';
import { labRow, nextLab, progressRow, totals } from '../lab-rows.ts';
import { openSession, type Session } from '../session.ts';
import { sayWelcome } from '../welcome.ts';
import { run as list } from './list.ts';
import { guide } from './run.ts';

interface Options extends CommonOptions {
  yes?: boolean;
}

type Wish = { kind: 'lab'; lab: LabSummary } | { kind: 'progress' } | { kind: 'leave' };

/** `start`: makes the workspace the first time; then the menu, or without a terminal the next lab's demonstration. */
export async function run(context: Context, options: Options): Promise<number> {
  if (context.platform === 'win32') {
    throw couldNotRun(
      'The labs need process groups and signals, which Windows itself does not have.',
      'Use WSL2, with Node in it: https://learn.microsoft.com/windows/wsl/install',
    );
  }
  const session = openSession(context, options);
  const { workspace, created } = await session.workspaceOrNew();
  if (created) sayWelcome(workspace, session);
  if (options.yes || !isInteractive(context)) await demonstrate(session, workspace);
  // A menu is drawn over itself at each key: what there is to choose is said instead, with the command.
  else if (options.plain) await list(context, options);
  else await menu(session, workspace);
  return exitCodes.fine;
}

/** Nobody is asked anything: the first unfinished lab is shown, or the last one when all are done. */
async function demonstrate(session: Session, workspace: Workspace): Promise<void> {
  const labs = await session.labList();
  const progress = await readProgress(workspace, session.warn);
  const lab = nextLab(labs, progress) ?? labs.at(-1);
  if (lab === undefined) throw couldNotRun('There are no labs here.');
  await guide(session, workspace, await session.lab(lab.folderName), { yes: true });
}

async function menu(session: Session, workspace: Workspace): Promise<void> {
  const { createPrompts } = await import('../prompts.ts');
  const prompts = await createPrompts();
  for (;;) {
    const labs = await session.labList();
    const progress = await readProgress(workspace, session.warn);
    const rows = labs.map((lab) => labRow(lab, progress));
    const heading = { labs: rows, ...totals(rows) };
    session.print(`\n${renderMenuHeading(heading, session.theme)}\n`);
    const names = menuRows(rows, session.theme);
    const choices = labs.map((lab, index) => ({
      name: names[index] ?? lab.title,
      value: { kind: 'lab' as const, lab },
    }));
    const next = nextLab(labs, progress);
    const wish = await prompts.search<Wish>(
      'Choose, or type to search',
      [
        ...choices,
        { name: 'Where I stand', value: { kind: 'progress' } },
        { name: 'Leave', value: { kind: 'leave' } },
      ],
      choices.find(({ value }) => value.lab === next)?.value,
    );
    if (wish.kind === 'leave') return;
    if (wish.kind === 'progress') {
      const all = labs.map((lab) => progressRow(lab, progress));
      session.print(renderProgress({ labs: all, ...totals(all), next: [] }, session.theme));
      continue;
    }
    const lab = await session.lab(wish.lab.folderName);
    if ((await guide(session, workspace, lab, {})) === 'left') return;
  }
}
