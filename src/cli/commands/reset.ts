import { exitCodes, usageError } from '../../errors.ts';
import { renderReset } from '../../render/reset.ts';
import { type CommonOptions, type Context, isInteractive } from '../context.ts';
import { resetToStarter } from '../reset-to-starter.ts';
import { openSession } from '../session.ts';
import { createSpokenPrompts } from '../spoken-prompts.ts';

interface Options extends CommonOptions {
  yes?: boolean;
}

/** `reset`: the starter again; what the learner wrote is kept. */
export async function run(context: Context, options: Options, labName: string): Promise<number> {
  const session = openSession(context, options);
  const lab = await session.lab(labName);
  const workspace = await session.workspace();
  if (!options.yes && !(await confirmed(context, lab.number, options))) return exitCodes.fine;
  const model = await resetToStarter(context, workspace, lab);
  const grade = {
    label: 'Grade it',
    command: `${session.theme.program} check-answer ${lab.number}`,
  };
  session.print(renderReset({ ...model, next: [grade] }, session.theme));
  return exitCodes.fine;
}

async function confirmed(context: Context, lab: number, { plain }: Options): Promise<boolean> {
  if (!isInteractive(context)) {
    throw usageError(
      'There is no terminal to ask in.',
      `Without asking: course-labs reset ${lab} --yes`,
    );
  }
  const { createPrompts } = await import('../prompts.ts');
  const prompts = plain ? createSpokenPrompts(context) : await createPrompts();
  return prompts.confirm(`Put the starter of lab ${lab} back? Your file is kept.`, true);
}
