import { loadGlossary } from '../../catalog/glossary.ts';
import type { LabSummary } from '../../catalog/lab-list.ts';
import { couldNotRun, exitCodes } from '../../errors.ts';
import { renderMenuHeading } from '../../render/list.ts';
import { renderProgress } from '../../render/progress.ts';
import { labProgress, readProgress, type Workspace } from '../../workspace/index.ts';
import { type CommonOptions, type Context, isInteractive } from '../context.ts';
import { isDone, labAfter, labRow, nextLab, progressRow, totals } from '../lab-rows.ts';
import { askMenu, askWord } from '../menu.ts';
import type { Prompts } from '../prompts.ts';
import { openSession, type Session } from '../session.ts';
import { folderAsTyped, sayWelcome } from '../welcome.ts';
import { run as glossary, glossaryFile } from './glossary.ts';
import { run as list } from './list.ts';
import { guide } from './run.ts';

interface Options extends CommonOptions {
  yes?: boolean;
}

/** Where it goes after a lab: to another one, back to the menu, or out. */
type After = LabSummary | 'menu' | 'leave';

/** What it takes to lead through labs. */
interface Place {
  session: Session;
  workspace: Workspace;
  prompts: Prompts;
  plain: boolean | undefined;
}

/** `start`: makes the workspace the first time; then the menu, or without a terminal the next lab's demonstration. */
export async function run(context: Context, options: Options): Promise<number> {
  if (context.platform === 'win32') {
    throw couldNotRun(
      'The labs need process groups and signals, which Windows itself does not have.',
      'Use WSL2, with Node in it: https://learn.microsoft.com/windows/wsl/install',
    );
  }
  const session = openSession(context, options);
  // Labs that cannot be read are told before anything is made.
  await session.labList();
  const { workspace, created } = await session.workspaceOrNew();
  if (created) sayWelcome(workspace, session);
  if (options.yes || !isInteractive(context)) await demonstrate(session, workspace);
  // A menu is drawn over itself at each key: what there is to choose is said instead, with the command.
  else if (options.plain) await list(context, options);
  else await menu(session, workspace, { ...options, isNew: created });
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

/** Shows the menu until it is left, or a lab is left to be gone on with. */
async function menu(
  session: Session,
  workspace: Workspace,
  options: Options & { isNew: boolean },
): Promise<void> {
  const { context, theme } = session;
  const { isNew, plain } = options;
  const { createPrompts } = await import('../prompts.ts');
  const prompts = await createPrompts(context.stdout.rows);
  const labs = await session.labList();
  const folder = folderAsTyped(workspace, context);
  for (let welcomed = isNew; ; welcomed = false) {
    context.ending.keep(`All that you did is kept in ${folder}. Go on: ${theme.program} start`);
    const progress = await readProgress(workspace, session.warn);
    const rows = labs.map((lab) => labRow(lab, progress));
    const model = { labs: rows, ...totals(rows), next: nextLab(labs, progress)?.number };
    session.print(
      `\n${renderMenuHeading({ ...model, folder: welcomed ? undefined : folder }, theme)}\n`,
    );
    const wish = await askMenu(prompts, labs, model, theme);
    if (wish.kind === 'leave') return;
    if (wish.kind === 'progress') {
      const all = labs.map((lab) => progressRow(lab, progress));
      session.print(`\n${renderProgress({ ...model, labs: all, next: [] }, theme)}\n`);
      await prompts.input('Enter goes back', () => undefined);
    } else if (wish.kind === 'glossary') await explainWords(session, prompts, options);
    else if ((await open({ session, workspace, prompts, plain }, wish.lab)) === 'leave') return;
  }
}

/** A lab, and those after it for as long as the next one is wanted at once. */
async function open(place: Place, first: LabSummary): Promise<'menu' | 'leave'> {
  let wanted: After = first;
  while (typeof wanted === 'object') wanted = await through(place, wanted);
  return wanted;
}

async function through(place: Place, { number, folderName }: LabSummary): Promise<After> {
  const { session, workspace, prompts, plain } = place;
  const before = labProgress(await readProgress(workspace, session.warn), number);
  // A lab that was gone through begins anew: not by an Enter too many.
  if (before.finished && before.position === undefined) {
    const again = await prompts.select(`You have been through lab ${number}.`, [
      { name: 'Back to the menu', value: false },
      { name: 'Go through it again; what you have done stays', value: true },
    ]);
    if (!again) return 'menu';
  }
  const end = await guide(session, workspace, await session.lab(folderName), {
    ...(plain && { plain }),
  });
  return end === 'left' ? 'leave' : afterLab(place, number);
}

/** Offers the next lab; Enter takes it. */
async function afterLab({ session, workspace, prompts }: Place, number: number): Promise<After> {
  const labs = await session.labList();
  const progress = await readProgress(workspace, session.warn);
  const lab = labs.find((one) => one.number === number);
  const next = labAfter(labs, progress, number);
  if (next === undefined) return 'menu';
  const done = lab !== undefined && isDone(lab, progress);
  session.context.ending.keep(
    `All that you did is kept. Go on: ${session.theme.program} run ${next.number}`,
  );
  return prompts.select<After>(
    done ? `Lab ${number} is done.` : `Lab ${number} is over, and its code has not passed yet.`,
    [
      {
        name: `Go on with lab ${next.number}: ${next.title} (${next.minutes} min)`,
        short: `Lab ${next.number}`,
        value: next,
      },
      { name: 'Back to the menu', value: 'menu' },
      { name: 'Leave', value: 'leave' },
    ],
  );
}

/** What words mean, one after the other, until there was enough of it. */
async function explainWords(session: Session, prompts: Prompts, options: Options): Promise<void> {
  const { context, theme } = session;
  const terms = await loadGlossary(glossaryFile(context));
  for (;;) {
    const word = await askWord(prompts, terms, theme);
    if (word === undefined) return;
    await glossary(context, options, word);
  }
}
