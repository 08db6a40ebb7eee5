import type { CheckResult, CodeVerdict, Outcome } from '../grading/verdict.ts';
import type { StartFailure } from '../runtime/types.ts';
import { displayWidth } from './display-width.ts';
import { failedCheckLines, placeText, type Repair } from './failed-check.ts';
import { count, duration, enumerate } from './format.ts';
import { marked, paragraph, parts, stack } from './layout.ts';
import { codeLines } from './markdown.ts';
import { tableLines } from './table.ts';
import { pad } from './text.ts';
import type { Theme } from './theme.ts';

export type { Repair } from './failed-check.ts';

/** `4 of 7 checks · 31 of 60 points` */
export function codeScore({ checks, points, possible }: CodeVerdict, theme: Theme): string {
  const passed = checks.filter(({ outcome }) => outcome === 'passed').length;
  const score = [
    `${passed} of ${count(checks.length, 'check')}`,
    `${points} of ${possible} points`,
  ];
  return parts(score, theme);
}

/** Passed checks short, failed ones in full, then what could not be judged and why. */
export function codeVerdictLines(
  verdict: CodeVerdict,
  repairs: Readonly<Record<string, Repair>>,
  theme: Theme,
): string[] {
  const by = (outcome: Outcome) => verdict.checks.filter((check) => check.outcome === outcome);
  if (verdict.startFailure !== undefined) {
    return stack(startFailureLines(verdict.startFailure, theme), seedLines(verdict, theme));
  }
  return stack(
    allPassed(verdict, theme),
    passedLines(by('passed'), theme),
    ...by('failed').map((check) => failedCheckLines(check, repairs[check.id], theme)),
    ...by('errored').map((check) => erroredLines(check, theme)),
    skippedLines(by('skipped'), theme),
    notJudgedLines(verdict, by('not-judged'), theme),
    seedLines(verdict, theme),
  );
}

function allPassed({ checks }: CodeVerdict, theme: Theme): string[] {
  if (checks.length === 0 || checks.some(({ outcome }) => outcome !== 'passed')) return [];
  const all = checks.length === 1 ? 'The check passed.' : `All ${checks.length} checks passed.`;
  return [theme.style.good(all)];
}

/** As many beside each other as fit. Plain: one a line. */
function passedLines(checks: readonly CheckResult[], theme: Theme): string[] {
  const mark = theme.style.good(theme.symbols.passed);
  const texts = checks.map(({ id }) => `${mark} ${id}`);
  const width = Math.max(0, ...texts.map(displayWidth)) + 3;
  const across = theme.plain ? 1 : Math.max(1, Math.floor((theme.measure + 3) / width));
  return Array.from({ length: Math.ceil(texts.length / across) }, (_, line) =>
    texts
      .slice(line * across, (line + 1) * across)
      .map((text) => pad(text, width))
      .join(''),
  );
}

function erroredLines({ id, reason }: CheckResult, theme: Theme): string[] {
  const why = `${id}: our fault, not yours; it was not judged.${
    reason === undefined ? '' : ` What happened: ${reason}`
  }`;
  return marked(theme.style.warn(theme.symbols.errored), why, theme);
}

function skippedLines(checks: readonly CheckResult[], theme: Theme): string[] {
  const mark = theme.style.muted(theme.symbols.skipped);
  const rows = checks.map(({ id, waitsFor = [] }) => [
    `${mark} ${id}`,
    `not judged yet: it needs ${enumerate(waitsFor)}`,
  ]);
  return rows.length === 0 ? [] : tableLines([{}, { wraps: true }], rows, theme);
}

function notJudgedLines(
  { notJudged, possible }: CodeVerdict,
  checks: readonly CheckResult[],
  theme: Theme,
): string[] {
  if (checks.length === 0) return [];
  const reasons = [
    ...new Set(checks.map(({ reason }) => reason ?? 'this machine lacks something')),
  ];
  return [
    ...paragraph(`${notJudged} of ${possible} points not judged here:`, theme),
    ...reasons.flatMap((reason) => {
      const ids = checks.filter((check) => (check.reason ?? reason) === reason).map(({ id }) => id);
      const text = `${enumerate(ids)}: ${reason}`;
      return marked(theme.style.muted(theme.symbols.skipped), text, theme);
    }),
  ];
}

function startFailureLines(failure: StartFailure, theme: Theme): string[] {
  const place = failure.place === undefined ? '' : placeText(failure.place);
  const message =
    place === '' || failure.message.includes(place)
      ? failure.message
      : `${place}: ${failure.message}`;
  return stack(
    marked(
      theme.style.bad(theme.symbols.failed),
      'Your server did not start, so no check could look at it.',
      theme,
    ),
    paragraph(message, theme),
    failure.output.length === 0
      ? []
      : ['The last lines that it wrote:', ...codeLines(failure.output.join('\n'), theme)],
  );
}

function seedLines({ seed, durationMs }: CodeVerdict, theme: Theme): string[] {
  const text = `Graded in ${duration(durationMs)} with seed ${seed}; --seed ${seed} repeats it.`;
  return paragraph(theme.style.muted(text), theme);
}
