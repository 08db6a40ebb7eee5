import type { LabHeading, LessonEvent } from '../lesson/events.ts';
import { benchLines } from './bench.ts';
import { codeScore, codeVerdictLines, type Repair } from './code-verdict.ts';
import { exhibitLines } from './exhibit.ts';
import {
  commandLines,
  headline,
  labelled,
  type NextCommand,
  paragraph,
  parts,
  screen,
  stack,
} from './layout.ts';
import { markdownLines } from './markdown.ts';
import { comparisonLines, predictionSummary } from './predictions.ts';
import { answerFormatLines } from './question.ts';
import { questionAnswerLines } from './question-verdict.ts';
import type { Theme } from './theme.ts';
import { workingLines } from './working.ts';

/** An event, and what only the command knows. */
export interface LessonModel {
  event: LessonEvent;
  /** By check id, for a verdict. */
  repairs?: Readonly<Record<string, Repair>>;
  /** Commands under a benchmark. */
  next?: readonly NextCommand[];
  /** Of a refused benchmark: commands that show the failure. */
  seeIt?: readonly NextCommand[];
}

type Of<Kind extends LessonEvent['kind']> = Extract<LessonEvent, { kind: Kind }>;

/** One event of a guided run. `working` is a line for stderr, all others belong on the screen. */
export const renderLessonEvent = screen<LessonModel>((model, theme) => {
  const { event } = model;
  switch (event.kind) {
    case 'step':
      return stepLines(event, theme);
    case 'text':
      return markdownLines(event.text, theme);
    case 'working':
      return workingLines(event, theme);
    case 'experiment':
      return exhibitLines(event.result.exhibit, theme);
    case 'live':
      return exhibitLines(event.exhibit, theme);
    case 'bench':
      return benchLines(
        { report: event.report, run: event.run, next: model.next, seeIt: model.seeIt },
        theme,
      );
    case 'predictions':
      return comparisonLines(event.comparisons, theme);
    case 'explained':
      return explainedLines(event, theme);
    case 'posed':
      return posedLines(event, theme);
    case 'question':
      return questionAnswerLines(event.verdict, event.lab.number, theme);
    case 'edit':
      return editLines(event, theme);
    case 'verdict':
      return verdictLines(event, model.repairs ?? {}, theme);
    case 'summary':
      return summaryLines(event, theme);
  }
});

function stepLines({ lab, phase, index, total, title, text }: Of<'step'>, theme: Theme): string[] {
  const right = `${theme.style.accent(phase)}  ${index} of ${total}`;
  return stack(
    headline(labName(lab, theme), right, theme),
    paragraph(theme.style.heading(title), theme),
    markdownLines(text, theme),
  );
}

function explainedLines(
  { given, right, options, because }: Of<'explained'>,
  theme: Theme,
): string[] {
  const { style, symbols } = theme;
  const said = (id: string) => `${id}, ${options.find((option) => option.id === id)?.text ?? id}`;
  const ended = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
  const chosen = given === undefined ? [] : [ended(`You chose ${said(given)}`)];
  const lines =
    given === right
      ? [`${style.good(symbols.passed)} ${ended(`Right: ${said(right)}`)}`]
      : [...chosen, ended(`The answer is ${said(right)}`)];
  return stack(
    lines.flatMap((line) => paragraph(line, theme)),
    markdownLines(because, theme),
  );
}

function posedLines({ exercise, points, question }: Of<'posed'>, theme: Theme): string[] {
  return stack(
    headline(theme.style.heading(`Question ${exercise}`), `${points} points`, theme),
    markdownLines(question.text, theme),
    answerFormatLines(question.format, theme),
  );
}

function editLines(event: Of<'edit'>, theme: Theme): string[] {
  const { lab, file, exercise, after, demonstration } = event;
  if (demonstration) {
    return paragraph(
      `Here you would edit ${file}. A demonstration leaves it alone and goes on with the lab's first right answer.`,
      theme,
    );
  }
  return stack(
    labelled([['Your file', theme.style.accent(file)]], theme),
    paragraph(
      'Open it in your editor; this run waits here. When it is saved, have it checked below. In a second terminal you can, as often as you like:',
      theme,
    ),
    commandLines(
      [
        { label: 'Grade it', command: `${theme.program} check-answer ${lab}` },
        { label: 'Ask it by hand', command: `${theme.program} serve ${lab} --mine` },
        { label: 'Get a hint', command: `${theme.program} hint ${lab} ${exercise}` },
      ],
      theme,
    ),
    after.length === 0 ? [] : paragraph(`Once it has passed: ${after.join('; ')}.`, theme),
  );
}

function verdictLines(
  { verdict, answer }: Of<'verdict'>,
  repairs: Readonly<Record<string, Repair>>,
  theme: Theme,
): string[] {
  const other =
    answer === 'mine'
      ? []
      : paragraph(
          `What is judged here is the lab's right answer ${answer.solution}, not your file.`,
          theme,
        );
  const name = theme.style.heading(`${verdict.exercise} ${verdict.title}`);
  return stack(
    headline(name, codeScore(verdict, theme), theme),
    other,
    codeVerdictLines(verdict, repairs, theme),
  );
}

function summaryLines(event: Of<'summary'>, theme: Theme): string[] {
  const { lab, next, demonstration, comparisons } = event;
  const note = demonstration
    ? paragraph(
        'This was a demonstration: your files, attempts and points are as they were before.',
        theme,
      )
    : [];
  const commands: NextCommand[] = [
    ...(demonstration
      ? [{ label: 'Your own turn', command: `${theme.program} run ${lab.number}` }]
      : []),
    ...(next === undefined
      ? [{ label: 'Where you stand', command: `${theme.program} progress` }]
      : [
          {
            label: `Next, ${next.number} ${next.title} (${next.minutes} min)`,
            command: `${theme.program} run ${next.number}`,
          },
        ]),
  ];
  return stack(
    headline(labName(lab, theme), 'the end of the run', theme),
    note,
    demonstration ? [] : predictionSummary(comparisons, theme),
    commandLines(commands, theme),
  );
}

function labName(lab: LabHeading, theme: Theme): string {
  return parts([theme.style.heading(`Lab ${lab.number}`), lab.title], theme);
}
