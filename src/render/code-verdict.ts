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

/**
 * The same in short, for somebody who works on it: one failed check in full (`chosen`, else the first) and a line for
 * each of the others; of a file that cannot be compiled nothing but where it is broken.
 */
export function briefVerdictLines(
  verdict: CodeVerdict,
  repairs: Readonly<Record<string, Repair>>,
  chosen: string | undefined,
  theme: Theme,
): string[] {
  const { startFailure } = verdict;
  if (startFailure?.reason === 'syntax' || startFailure?.reason === 'import') {
    return marked(theme.style.bad(theme.symbols.failed), startMessage(startFailure), theme);
  }
  if (startFailure !== undefined) return startFailureLines(startFailure, theme);
  const by = (outcome: Outcome) => verdict.checks.filter((check) => check.outcome === outcome);
  const failed = by('failed');
  const first = failed.find(({ id }) => id === chosen) ?? failed[0];
  const mark = theme.style.bad(theme.symbols.failed);
  return stack(
    allPassed(verdict, theme),
    first === undefined ? [] : failedCheckLines(first, repairs[first.id], theme),
    failed
      .filter((check) => check !== first)
      .flatMap(({ id, title }) => marked(mark, `${id}: ${title}`, theme)),
    ...by('errored').map((check) => erroredLines(check, theme)),
    waitingLine(by('skipped'), theme),
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

function waitingLine(checks: readonly CheckResult[], theme: Theme): string[] {
  if (checks.length === 0) return [];
  const needed = [...new Set(checks.flatMap(({ waitsFor = [] }) => waitsFor))];
  const [are, need] = checks.length === 1 ? ['is', 'it needs'] : ['are', 'they need'];
  const some = count(checks.length, 'check');
  const text = `${some} ${are} not judged yet: ${need} ${enumerate(needed)}`;
  return marked(theme.style.muted(theme.symbols.skipped), text, theme);
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
  return stack(
    marked(
      theme.style.bad(theme.symbols.failed),
      'Your server did not start, so no check could look at it.',
      theme,
    ),
    paragraph(startMessage(failure), theme),
    failure.output.length === 0
      ? []
      : ['The last lines that it wrote:', ...codeLines(failure.output.join('\n'), theme)],
  );
}

/** With the place in it. */
function startMessage({ place, message }: StartFailure): string {
  const where = place === undefined ? '' : placeText(place);
  return where === '' || message.includes(where) ? message : `${where}: ${message}`;
}

function seedLines({ seed, durationMs }: CodeVerdict, theme: Theme): string[] {
  const text = `Graded in ${duration(durationMs)} with seed ${seed}; --seed ${seed} repeats it.`;
  return paragraph(theme.style.muted(text), theme);
}
