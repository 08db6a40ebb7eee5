import { Command, Option } from 'commander';
import { addAuthoring } from './authoring-program.ts';
import type { CommonOptions, Context } from './context.ts';
import { decimalNumber, levelName, namedAnswer, runNumbers, wholeNumber } from './option-values.ts';

/** What a command's module exports: it is loaded only when the command is called. */
interface CommandModule {
  run(context: Context, options: never, ...args: never[]): Promise<number>;
}

/** Makes the whole command line anew, so that no state outlives a call. `end` is told the exit code. */
export function createProgram(context: Context, end: (exitCode: number) => void): Command {
  const program = new Command('course-labs')
    .description('Twelve guided labs on server-side caching and logging, against a real API.')
    .version(context.version, '-V, --version')
    // Here as well, so that it may stand before the command: so the commands that screens print begin.
    .option('--labs <folder>', 'labs of your own, beside ours')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text.replace(/^error: /, '')),
      getOutHelpWidth: () => context.stdout.columns ?? 80,
    })
    .showHelpAfterError('All options: course-labs help <command>')
    .addHelpText('after', '\nBegin here:  course-labs start\n');

  const command = (words: string, description: string, load: () => Promise<CommandModule>) =>
    program
      .command(words)
      .description(description)
      .option('--workspace <folder>', 'the workspace; otherwise the one around this folder')
      .option('--labs <folder>', 'labs of your own, beside ours')
      .option('--plain', 'no colour, no movement, ASCII: for screen readers and logs')
      .action(async (...received: unknown[]) => {
        // Commander hands over the arguments, then the options, then the command itself.
        const args = received.slice(0, -2);
        const options = { ...(received.at(-2) as CommonOptions), ...program.opts() };
        const module = await load();
        end(await module.run(context, options as never, ...(args as never[])));
      });

  const declarations: Readonly<Record<string, () => Command>> = {
    start: () =>
      command(
        'start',
        'a menu of the labs; makes the workspace the first time',
        () => import('./commands/start.ts'),
      ).option('--yes', 'no questions: show the first unfinished lab as a demonstration'),
    list: () =>
      command('list', 'all labs, with what you have done', () => import('./commands/list.ts'))
        .option('--objectives', 'what the course teaches, and where')
        .option('--json', 'one JSON document'),
    run: () =>
      command(
        'run <lab>',
        'the guided lab: predict, run, look, explain, edit, check',
        () => import('./commands/run.ts'),
      )
        .option('--yes', 'no questions: a demonstration, in at most a minute')
        .option('--restart', 'from the first step, with a new run')
        .option('--answer <name=answer>', 'an answer beforehand; may be repeated', namedAnswer),
    bench: () =>
      command(
        'bench <lab>',
        "the lab's variants against each other",
        () => import('./commands/bench.ts'),
      )
        .option('--mine', 'your own server instead of ours')
        .option('--rounds <n>', 'how often each variant is measured', wholeNumber(3, 50), 5)
        .option('--duration <seconds>', 'how long each time', decimalNumber(1, 60), 2)
        .option(
          '--connections <n>',
          "clients at a time; otherwise the lab's own number",
          wholeNumber(1, 500),
        )
        .option('--json', 'one JSON document'),
    results: () =>
      command('results [lab]', 'stored runs side by side', () => import('./commands/results.ts'))
        .option('--last <n>', 'how many benchmarks of a lab', wholeNumber(1, 100), 5)
        .option('--compare <run...>', 'these runs beside each other', runNumbers)
        .addOption(
          new Option('--format <format>', 'how they are written')
            .choices(['table', 'json', 'csv', 'html'])
            .default('table'),
        )
        .option('--json', 'one JSON document'),
    'check-answer': () =>
      command(
        'check-answer <lab> [exercise] [answer]',
        'grade one exercise, or all of a lab',
        () => import('./commands/check-answer.ts'),
      )
        .option('--seed <n>', 'repeat a grading exactly', wholeNumber(1, 999_999))
        .option('--answer <name=answer>', 'answers to questions; may be repeated', namedAnswer)
        .option('--command <line>', 'grade a program of any language, started in your lab folder')
        .option('--json', 'one JSON document'),
    watch: () =>
      command(
        'watch <lab> [exercise]',
        'grade your code again at each save',
        () => import('./commands/watch.ts'),
      )
        .option('--seed <n>', 'the same seed at each grading', wholeNumber(1, 999_999))
        .option('--times <n>', 'end after so many gradings', wholeNumber(1, 10_000))
        .option('--json', 'one JSON document a line for each grading'),
    hint: () =>
      command(
        'hint <lab> [exercise]',
        'one hint more each time',
        () => import('./commands/hint.ts'),
      ).option('--json', 'one JSON document'),
    solution: () =>
      command(
        'solution <lab> [name]',
        'the right answers beside your own, once it has passed',
        () => import('./commands/solution.ts'),
      )
        .option('--give-up', 'show them before; this is kept with your progress')
        .option('--json', 'one JSON document'),
    reset: () =>
      command(
        'reset <lab>',
        'the starter again; your old file is kept',
        () => import('./commands/reset.ts'),
      ).option('--yes', 'without asking'),
    serve: () =>
      command(
        'serve <lab>',
        "run the lab's server and ask it by hand",
        () => import('./commands/serve.ts'),
      )
        .option('--mine', 'your own server instead of ours')
        .option('--seed <n>', 'the school of a grading', wholeNumber(1, 999_999))
        .option(
          '--port <n>',
          'where it listens; otherwise 4100 and the number of the lab',
          wholeNumber(1024, 65_535),
        )
        .option('--check <id>', 'bring back the situation of a check')
        .option('--inspect', 'let a debugger in'),
    logs: () =>
      command(
        'logs [lab]',
        'a log while it is written: change its level by key; or the records of a file',
        () => import('./commands/logs.ts'),
      )
        .option('--mine', 'your own server instead of ours')
        .option('--level <level>', 'the level at the source, to begin with', levelName)
        .option('--view <level>', 'show this level and those above it', levelName)
        .option('--user <user>', 'show records of this user alone')
        .option('--event <event>', 'show records of this event alone')
        .option('--request <id>', 'show records of this request alone')
        .option('--raw', 'records as they are written')
        .option(
          '--duration <seconds>',
          'no keys: watch for so long, and report',
          decimalNumber(1, 900),
        )
        .option('--file <file>', 'read a file of JSON lines instead of a server')
        .option('--json', 'one JSON document'),
    progress: () =>
      command('progress', 'where you stand', () => import('./commands/progress.ts')).option(
        '--json',
        'one JSON document',
      ),
    grade: () =>
      command(
        'grade <places...>',
        'many workspaces: folders, .zip or .tar.gz, or folders of them',
        () => import('./commands/grade.ts'),
      )
        .option('--output <folder>', 'where grades.csv and grades.json go', 'grades')
        .option('--jobs <n>', 'how many at a time', wholeNumber(1, 8), 2)
        .option('--only <lab...>', 'these labs alone')
        .option('--allow-skips', 'also without Redis: what needs it is then not judged')
        .option('--restart', 'grade all anew, also what was graded in an earlier call')
        .option('--json', 'one JSON document'),
    report: () =>
      command('report', 'evidence to hand in', () => import('./commands/report.ts'))
        .addOption(
          new Option('--format <format>', 'how it is written')
            .choices(['text', 'json', 'html', 'junit', 'gradescope'])
            .default('text'),
        )
        .option('--json', 'the same as --format json')
        .option('--output <file>', 'into a file')
        .option('--verify', 'grade the files again, and say where evidence and answers disagree'),
    glossary: () =>
      command(
        'glossary [word...]',
        'the words of caching and logging, and what they are in Django',
        () => import('./commands/glossary.ts'),
      ).option('--json', 'one JSON document'),
    doctor: () =>
      command('doctor', 'is everything there?', () => import('./commands/doctor.ts')).option(
        '--json',
        'one JSON document',
      ),
    labs: () => addAuthoring(program, context, end),
  };
  // Where one is called, that one is enough: to declare all takes as long as to read the file that they stand in.
  const [called = ''] = context.args;
  const declare = Object.hasOwn(declarations, called)
    ? [declarations[called]]
    : Object.values(declarations);
  for (const each of declare) each?.();
  return program;
}
