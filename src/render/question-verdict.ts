import type { QuestionVerdict } from '../grading/verdict.ts';
import { enumerate } from './format.ts';
import { commandLines, paragraph, stack } from './layout.ts';
import { markdownLines } from './markdown.ts';
import { tableLines } from './table.ts';
import { indent } from './text.ts';
import type { Theme } from './theme.ts';

const words: Readonly<Record<QuestionVerdict['outcome'], string>> = {
  right: 'right',
  partly: 'partly right',
  wrong: 'wrong',
  unanswered: 'not answered yet',
  'no-run': 'needs a run of yours',
};

/** A line for each question, then where the right answers come from, then what is open. */
export function questionVerdictLines(
  questions: readonly QuestionVerdict[],
  lab: number,
  theme: Theme,
): string[] {
  const rows = questions.map((question) => [
    mark(question, theme),
    question.exercise,
    question.title,
    words[question.outcome],
    `${question.points} of ${question.possible}`,
  ]);
  const columns = [
    {},
    {},
    { wraps: true },
    { wraps: true },
    { align: 'right' as const, spoken: 'points' },
  ];
  return stack(
    tableLines(columns, rows, theme, theme.measure),
    ...questions.map((question) => answeredLines(question, theme)),
    selfReportedLines(questions, theme),
    openLines(questions, lab, theme),
  );
}

/** One question that was judged at once, in a guided run. */
export function questionAnswerLines(
  question: QuestionVerdict,
  lab: number,
  theme: Theme,
): string[] {
  const judged = question.outcome !== 'unanswered' && question.outcome !== 'no-run';
  const points = judged ? `: ${question.points} of ${question.possible} points` : '';
  const why = question.why === undefined ? [] : markdownLines(question.why, theme);
  const lacks = messageLines(question, theme);
  const line = `${mark(question, theme)} ${question.exercise} ${words[question.outcome]}${points}.`;
  return stack(
    [line],
    lacks,
    why,
    selfReportedLines([question], theme),
    openLines([question], lab, theme),
  );
}

function answeredLines(question: QuestionVerdict, theme: Theme): string[] {
  const { exercise, given, why } = question;
  if (given === undefined && why === undefined) return [];
  const shown = given === undefined ? '' : oneLine(given, theme);
  const said =
    given === undefined
      ? []
      : [`${exercise}${theme.plain ? ':' : ' '} You answered ${theme.style.code(shown)}`];
  const text = why === undefined ? [] : markdownLines(why, theme, theme.measure - 4);
  return [...said, ...indent([...messageLines(question, theme), ...text], '    ')];
}

/** A message may be long: its beginning tells which it was. */
function oneLine(given: string, { symbols, measure }: Theme): string {
  const line = given.replace(/\s+/g, ' ');
  const room = measure - 24;
  return line.length > room ? `${line.slice(0, room)}${symbols.ellipsis}` : line;
}

/** What a message lacks, in the words of the question, and whether it gives something away. */
function messageLines({ message }: QuestionVerdict, theme: Theme): string[] {
  if (message === undefined) return [];
  const secret =
    'It holds a secret: whoever reads the message could use it. Take it out; until then it earns no points.';
  const missing = message.missing.map((what) => `- ${what}`).join('\n');
  const measure = theme.measure - 4;
  return [
    ...(message.secrets > 0 ? markdownLines(secret, theme, measure) : []),
    ...(missing === ''
      ? []
      : ['Not told, or not right:', ...markdownLines(missing, theme, measure)]),
  ];
}

function selfReportedLines(questions: readonly QuestionVerdict[], theme: Theme): string[] {
  const own = questions.filter(({ selfReported, given }) => selfReported && given !== undefined);
  if (own.length === 0) return [];
  const ids = enumerate(own.map(({ exercise }) => exercise));
  const runs = [...new Set(own.flatMap(({ run }) => (run === undefined ? [] : [String(run)])))];
  const on = runs.length === 0 ? 'your own run' : `your own run ${enumerate(runs)}`;
  const text = `${ids} ${own.length === 1 ? 'rests' : 'rest'} on ${on}: reports say self-reported.`;
  return paragraph(theme.style.muted(text), theme);
}

function openLines(questions: readonly QuestionVerdict[], lab: number, theme: Theme): string[] {
  const open = questions.filter(({ outcome }) => outcome === 'unanswered');
  const missed = questions.filter(({ outcome }) => outcome === 'wrong' || outcome === 'partly');
  const waiting = questions.some(({ outcome }) => outcome === 'no-run');
  return commandLines(
    [
      ...(waiting ? [{ label: 'Make the run', command: `${theme.program} run ${lab}` }] : []),
      ...missed.slice(0, 1).map(({ exercise }) => ({
        label: `A hint for ${exercise}`,
        command: `${theme.program} hint ${lab} ${exercise}`,
      })),
      ...missed.slice(0, 1).map(({ exercise }) => ({
        label: `Answer ${exercise} again`,
        command: `${theme.program} check-answer ${lab} ${exercise} '<answer>'`,
      })),
      ...open.slice(0, 1).map(({ exercise }) => ({
        label: `Read ${exercise}`,
        command: `${theme.program} check-answer ${lab} ${exercise}`,
      })),
    ],
    theme,
  );
}

function mark({ outcome }: QuestionVerdict, { style, symbols }: Theme): string {
  switch (outcome) {
    case 'right':
      return style.good(symbols.passed);
    case 'partly':
      return style.warn(symbols.partly);
    case 'wrong':
      return style.bad(symbols.failed);
    default:
      return style.muted(symbols.pending);
  }
}
