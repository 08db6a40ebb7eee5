import type { PredictionComparison } from '../grading/predictions.ts';
import { figure } from './format.ts';
import { paragraph, stack } from './layout.ts';
import { tableLines } from './table.ts';
import type { Theme } from './theme.ts';

/** Each prediction beside what was measured: `You said 2,000. It was 631 req/s.` */
export function comparisonLines(
  comparisons: readonly PredictionComparison[],
  theme: Theme,
): string[] {
  const single = comparisons.length === 1;
  const blocks = comparisons.map((comparison) => [
    ...(single ? [] : paragraph(theme.style.heading(comparison.title), theme)),
    ...paragraph(sentence(comparison, theme), theme),
  ]);
  return stack(...blocks);
}

/** How many predictions were close, the greatest surprise, and a table of all. */
export function predictionSummary(
  comparisons: readonly PredictionComparison[],
  theme: Theme,
): string[] {
  const given = comparisons.filter(({ predicted }) => predicted !== undefined);
  if (comparisons.length === 0) return [];
  if (given.length === 0) return paragraph('No predictions were given.', theme);
  const close = given.filter((comparison) => comparison.close === true).length;
  const rows = comparisons.map((comparison) => [
    comparison.title,
    valueText(comparison.predicted, undefined),
    valueText(comparison.measured, comparison.unit),
    comparison.close === true ? theme.style.good('close') : '',
  ]);
  const columns = [
    { heading: 'prediction', wraps: true },
    { heading: 'you said', wraps: true },
    { heading: 'it was', wraps: true },
    {},
  ];
  return stack(
    paragraph(
      `Your predictions in this lab: ${close} of ${given.length} close.${surprise(given)}`,
      theme,
    ),
    tableLines(columns, rows, theme),
  );
}

function sentence(
  { predicted, measured, unit, close }: PredictionComparison,
  theme: Theme,
): string {
  const was = `It was ${theme.style.strong(valueText(measured, unit))}`;
  if (predicted === undefined) return `You gave no prediction. ${was}.`;
  return `You said ${valueText(predicted, undefined)}. ${was}${close === true ? ': close' : ''}.`;
}

/** The figure that was furthest from what was said, as a factor. */
function surprise(given: readonly PredictionComparison[]): string {
  const far = given
    .filter(({ close }) => close === false)
    .map((comparison) => ({ comparison, distance: distance(comparison) }))
    .sort((one, other) => other.distance - one.distance)[0];
  if (far === undefined || far.distance === 0) return '';
  const { title, predicted, measured, unit } = far.comparison;
  return ` The surprise was "${title}": you said ${valueText(predicted, undefined)}, it was ${valueText(measured, unit)}.`;
}

function distance({ predicted, measured }: PredictionComparison): number {
  if (typeof predicted !== 'number' || typeof measured !== 'number') return 0;
  return Math.abs(Math.log(Math.abs(predicted)) - Math.log(Math.abs(measured)));
}

function valueText(value: number | string | undefined, unit: string | undefined): string {
  if (value === undefined) return 'not given';
  const text = typeof value === 'number' ? figure(value) : value;
  return unit === undefined ? text : `${text} ${unit}`;
}
