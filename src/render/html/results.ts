import type { BenchFigures } from '../../kit/index.ts';
import { hasHits } from '../bench-sentences.ts';
import { serverNames } from '../bench-server.ts';
import { megabytes, milliseconds, notAvailable, number, percent } from '../format.ts';
import type { ResultsModel, StoredResult } from '../results.ts';
import { latencyChart, type PlacedSpeedup, speedupChart, throughputChart } from './charts.ts';
import { type Html, html, htmlPage } from './page.ts';

type Shown = StoredResult & { report: BenchFigures };

/** Stored benchmarks as one page that can be kept, sent and opened without a network: charts, and all figures as tables. */
export function renderResultsHtml(labs: readonly Omit<ResultsModel, 'next'>[]): string {
  return htmlPage('Benchmarks of course-labs', labs.map(labSection));
}

/** The sections of one lab, for other pages too. */
export function labSection({ lab, results }: Omit<ResultsModel, 'next'>): Html {
  const shown = results.filter((result): result is Shown => result.report.kind === 'figures');
  const placed = shown.flatMap((result) =>
    speedupsOf(result.report, (label) => `${nameOf(result)}, ${label}`),
  );
  return html`<section><h2>Lab ${lab.number}: ${lab.title}</h2>
${placed.length > 1 ? [speedupChart(placed)] : []}
${results.map(resultSection)}
</section>`;
}

function resultSection(result: StoredResult): Html {
  const { report } = result;
  const { options } = report;
  const machine = result.machine === undefined ? '' : `; ${result.machine}`;
  const how = `${report.title}; ${serverNames[report.server]}; ${number(options.connections)} connections, ${number(options.rounds)} rounds of ${options.durationSeconds} s, interleaved; ${result.when}${machine}`;
  if (report.kind === 'refused') {
    return html`<h3>${nameOf(result)}</h3><p class="note">${how}</p>
<p>Its figures are not shown: ${report.reason}.</p>`;
  }
  return html`<h3>${nameOf(result)}</h3><p class="note">${how}</p>
${throughputChart(report)}
${latencyChart(report)}
${report.speedups.length > 0 ? [speedupChart(speedupsOf(report, (label) => label))] : []}
${figureTable(report)}`;
}

function figureTable(report: BenchFigures): Html {
  const line = (name: string, cells: readonly string[]) =>
    html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  const { variants } = report;
  const rows = [
    line(
      'throughput, req/s',
      variants.map(({ throughput }) => number(throughput)),
    ),
    ...(['mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const).map((name) =>
      line(
        `latency, ${name}`,
        variants.map(({ latency }) => milliseconds(latency[`${name}Ms`])),
      ),
    ),
    line(
      'origin calls',
      variants.map(({ originCalls }) => number(originCalls)),
    ),
    line(
      'hit rate',
      variants.map((variant) => (hasHits(report, variant) ? percent(variant.hitRate) : 'no hits')),
    ),
    line(
      'server CPU, ms for 1,000 requests',
      variants.map(({ cpuMsPer1000Requests: cpu }) =>
        cpu === undefined ? notAvailable : number(cpu, 1),
      ),
    ),
    line(
      'memory',
      variants.map(({ memoryBytes }) => megabytes(memoryBytes)),
    ),
    line(
      'log, bytes for each request',
      variants.map(({ logBytesPerRequest: bytes }) =>
        bytes === undefined ? notAvailable : number(bytes),
      ),
    ),
    line(
      'failed',
      variants.map(({ failed }) => number(failed)),
    ),
  ];
  return html`<div class="wide"><table><thead><tr><th></th>${variants.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function nameOf({ run, step }: StoredResult): string {
  return step === undefined ? `Run ${run}` : `Run ${run}, step ${step}`;
}

function speedupsOf(report: BenchFigures, name: (label: string) => string): PlacedSpeedup[] {
  return report.speedups.map((speedup) => {
    const variantIndex = report.variants.findIndex(({ variant }) => variant === speedup.variant);
    return {
      label: name(report.variants[variantIndex]?.label ?? speedup.variant),
      speedup,
      variantIndex,
    };
  });
}
