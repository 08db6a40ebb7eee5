import type { ValidationLine, ValidationReport } from '../authoring/report.ts';
import { count, duration, enumerate } from './format.ts';
import { commandLines, headline, labelled, marked, paragraph, screen, stack } from './layout.ts';
import type { Theme } from './theme.ts';

const kinds: Readonly<Record<ValidationLine['kind'], string>> = {
  lab: 'lab',
  starter: 'starter',
  solution: 'right answer',
  mutant: 'wrong answer',
  check: 'check',
};

/** One finding as it comes, before the report is whole. */
export const renderValidationLine = screen<ValidationLine>(validationLine);

/** What was found, and how to go on where something is wrong. */
export interface ValidationModel extends ValidationReport {
  /** The lab that was asked for by name; undefined where all were proved. */
  asked?: string | undefined;
  /** The author's guide. */
  guide: string;
}

/** The answer, then what is wrong: each line was shown when it came, and the end of a long output is what is read. */
export const renderValidation = screen<ValidationModel>((report, theme) => {
  const wrong = report.lines.filter(({ ok }) => !ok);
  const labs = new Set(report.lines.map(({ lab }) => lab));
  return stack(
    [
      ...headline(theme.style.heading(verdict(report, wrong.length, labs.size)), '', theme),
      ...totals(report, theme),
    ],
    missing(report, theme),
    wrong.flatMap((line) => validationLine(line, theme)),
    report.ok ? [] : goOn(report, theme),
  );
});

function verdict(report: ValidationReport, wrong: number, labs: number): string {
  if (report.ok) return labs === 1 ? 'The lab is sound.' : `All ${labs} labs are sound.`;
  const faults = wrong === 0 ? 'Not complete' : `Not sound: ${count(wrong, 'finding')}`;
  return `${faults}.`;
}

function totals(
  { solutions, mutants, checks, durationMs }: ValidationReport,
  theme: Theme,
): string[] {
  const tried = enumerate([
    count(solutions, 'right answer'),
    count(mutants, 'wrong answer'),
    count(checks, 'check'),
  ]);
  return paragraph(`Tried ${tried} in ${duration(durationMs)}.`, theme);
}

function goOn({ asked, guide }: ValidationModel, theme: Theme): string[] {
  const command = `${theme.program} labs validate ${asked ?? ''}`.trim();
  return stack(
    labelled([['guide', guide]], theme),
    commandLines([{ label: 'Again', command }], theme),
  );
}

function missing({ missingObjectives }: ValidationReport, theme: Theme): string[] {
  if (missingObjectives.length === 0) return [];
  return paragraph(`Without a graded exercise: ${missingObjectives.join(', ')}.`, theme);
}

/** A finding as a sentence, where it stands alone. */
function validationLine(line: ValidationLine, theme: Theme): string[] {
  const { lab, kind, name, text } = line;
  return marked(okMark(line, theme), `${lab}, ${kinds[kind]} ${name}: ${text}`, theme);
}

function okMark({ ok }: ValidationLine, { style, symbols }: Theme): string {
  return ok ? style.good(symbols.passed) : style.bad(symbols.failed);
}
