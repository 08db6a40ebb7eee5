import type { BenchFigures, VariantSummary } from '../kit/index.ts';
import { answersPerCall, cpuText, hasHits } from './bench-sentences.ts';
import { megabytes, milliseconds, notAvailable, number, percent } from './format.ts';
import { paragraph, stack } from './layout.ts';
import { fittingTable, tableLines } from './table.ts';
import type { Theme } from './theme.ts';

/** One line of figures. */
interface FigureRow {
  /** `latency`; empty where it is that of the line above. */
  group: string;
  /** `req/s`, `p50`. */
  unit: string;
  cells: readonly string[];
  /** A remark on the last variant's figure. */
  note: string | undefined;
}

/**
 * A column for each variant. Where that is too wide, remarks move under the table, then units into the labels; at
 * last each line of figures becomes a small list.
 */
export function figureTable(report: BenchFigures, theme: Theme, maxNote?: string): string[] {
  const rows = figureRows(report, theme, maxNote);
  const labels = report.variants.map(({ label }) => label);
  const variants = labels.map((heading) => ({ heading, align: 'right' as const, wraps: true }));
  const arrow = (note: string | undefined) =>
    note === undefined ? '' : theme.style.muted(`${theme.symbols.arrow} ${note}`);
  const withNotes = fittingTable(
    [{}, {}, ...variants, { wraps: true, least: 24 }],
    rows.map(({ group, unit, cells, note }) => [group, unit, ...cells, arrow(note)]),
    theme,
  );
  if (withNotes !== undefined) return withNotes;
  const notes = rows.flatMap(({ group, unit, note }) =>
    note === undefined ? [] : paragraph(`${labels.at(-1)}, ${group || unit}: ${note}`, theme),
  );
  const withUnits = fittingTable(
    [{}, {}, ...variants],
    rows.map(({ group, unit, cells }) => [group, unit, ...cells]),
    theme,
  );
  const folded = () =>
    tableLines(
      [{ wraps: true }, ...variants],
      rows.map(({ group, unit, cells }) => [[group, unit].filter(Boolean).join(' '), ...cells]),
      theme,
    );
  return stack(withUnits ?? folded(), notes);
}

function figureRows(report: BenchFigures, theme: Theme, maxNote: string | undefined): FigureRow[] {
  const { variants } = report;
  const row = (
    group: string,
    unit: string,
    cell: (variant: VariantSummary) => string,
    note?: string,
  ): FigureRow => ({ group, unit, cells: variants.map(cell), note });
  const last = variants.at(-1);
  const hits = variants.some((variant) => hasHits(report, variant));
  return [
    row('throughput', 'req/s', ({ throughput }) => theme.style.strong(number(throughput))),
    row('latency', 'mean', ({ latency }) => milliseconds(latency.meanMs)),
    row('', 'p50', ({ latency }) => milliseconds(latency.p50Ms)),
    row('', 'p90', ({ latency }) => milliseconds(latency.p90Ms)),
    row('', 'p95', ({ latency }) => milliseconds(latency.p95Ms)),
    row('', 'p99', ({ latency }) => milliseconds(latency.p99Ms)),
    row('', 'max', ({ latency }) => milliseconds(latency.maxMs), maxNote),
    row(
      'origin calls',
      '',
      ({ originCalls }) => number(originCalls),
      last === undefined ? undefined : answersPerCall(last),
    ),
    ...(hits
      ? [
          row('hit rate', '', (variant) =>
            hasHits(report, variant) ? percent(variant.hitRate) : theme.symbols.none,
          ),
        ]
      : []),
    row('server CPU', 'ms/1,000 req', ({ cpuMsPer1000Requests: cpu }) =>
      cpu === undefined ? notAvailable : cpuText(cpu),
    ),
    ...(variants.some(({ logBytesPerRequest }) => (logBytesPerRequest ?? 0) > 0)
      ? [row('log', 'bytes/req', ({ logBytesPerRequest: bytes }) => logText(bytes))]
      : []),
    row('memory', '', ({ memoryBytes }) => megabytes(memoryBytes)),
    row('failed', '', ({ failed }) => number(failed)),
  ];
}

function logText(bytesPerRequest: number | undefined): string {
  return bytesPerRequest === undefined ? notAvailable : number(Math.round(bytesPerRequest));
}
