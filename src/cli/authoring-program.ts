import type { Command } from 'commander';
import type { CommonOptions, Context } from './context.ts';
import { labTitle, wholeNumber } from './option-values.ts';

/** Adds `labs new` and `labs validate`, and gives `labs`. `end` is told the exit code. */
export function addAuthoring(
  program: Command,
  context: Context,
  end: (exitCode: number) => void,
): Command {
  const labs = program.command('labs').description('for authors of labs');
  labs
    .command('new <slug>')
    .description('make a small lab that is complete but for one exercise, which is yours to write')
    .option('--labs <folder>', 'where it is made; otherwise ./labs')
    .option('--number <n>', 'its number; otherwise the next that is free', wholeNumber(1, 99))
    .option('--title <title>', 'its title; otherwise made of the slug', labTitle)
    .option('--plain', 'no colour, no movement, ASCII')
    .option('--json', 'one JSON document')
    .action(async (slug: string, options: CommonOptions) => {
      const { run } = await import('./commands/labs-new.ts');
      end(await run(context, { ...options, ...program.opts() }, slug));
    });
  labs
    .command('validate [lab]')
    .description(
      'prove every lab: right answers pass, wrong ones are rejected by the check they name',
    )
    .option('--labs <folder>', 'labs of your own instead of ours')
    .option('--plain', 'no colour, no movement, ASCII')
    .option('--thorough', 'all checks on each wrong answer, not only the named one')
    .option('--complete', 'demand a graded exercise for every objective')
    .option('--json', 'one JSON document')
    .action(async (lab: string | undefined, options: CommonOptions) => {
      const { run } = await import('./commands/labs-validate.ts');
      end(await run(context, { ...options, ...program.opts() }, lab));
    });
  return labs;
}
