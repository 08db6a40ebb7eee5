import type { BenchFigures, BenchReport, VariantSummary } from '../kit/index.ts';
import { benchAnswer, benchSentences, hasHits } from './bench-sentences.ts';
import { serverNames } from './bench-server.ts';
import { count, milliseconds, number, percent, ratio, ratioFigure } from './format.ts';
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
import { fittingTable, tableLines } from './table.ts';
import type { Theme } from './theme.ts';

/** A stored benchmark. */
export interface StoredResult {
  run: number;
  /** As it is shown: `today 14:03`. */
  when: string;
  /** Of a guided run, the step; undefined for a run of `bench`. */
  step?: string | undefined;
  report: BenchReport;
  /** Where it was measured; undefined in runs of earlier versions. */
  machine?: string | undefined;
}

export interface ResultsModel {
  lab: { number: number; title: string };
  /** Oldest first. */
  results: readonly StoredResult[];
  /** Runs that were named, to be held against each other. */
  compares?: boolean;
  next: readonly NextCommand[];
}

/** Why there is no ratio between runs. */
const notPaired =
  'A speed-up is measured within a run, where the variants took turns. Between runs the machine may have changed as much as the server: compare their speed-ups and their calls to the origin rather than their answers a second.';

type Shown = StoredResult & { report: BenchFigures };

/** Stored benchmarks of a lab beside each other, the newest at the right. */
export const renderResults = screen<ResultsModel>(({ lab, results, compares, next }, theme) => {
  const shown = results.filter((result): result is Shown => result.report.kind === 'figures');
  const refused = results.flatMap(({ report, ...result }) =>
    report.kind === 'refused'
      ? paragraph(
          `Run ${result.run} (${result.when}, ${serverNames[report.server]}) is not shown: ${report.reason}.`,
          theme,
        )
      : [],
  );
  const left = parts([theme.style.heading(`Lab ${lab.number}`), lab.title], theme);
  return stack(
    headline(left, count(results.length, 'stored benchmark'), theme),
    newest(shown, theme),
    ...tables(shown, theme),
    refused,
    machines(shown, theme),
    compares && shown.length > 1 ? paragraph(notPaired, theme) : [],
    commandLines(next, theme),
  );
});

function newest(results: readonly Shown[], theme: Theme): string[] {
  const last = results.at(-1);
  if (last === undefined) return paragraph('There are no figures yet.', theme);
  const lead = `The newest, run ${last.run} on ${serverNames[last.report.server]}.`;
  return [lead, ...benchAnswer(last.report, theme)].flatMap((text) => paragraph(text, theme));
}

/** A letter for each machine, in the order in which they are seen. */
type Letters = ReadonlyMap<string, string>;

function lettersOf(results: readonly Shown[]): Letters {
  const names = new Set(results.flatMap(({ machine }) => machine ?? []));
  return new Map([...names].map((name, index) => [name, String.fromCharCode(65 + index)]));
}

/** Only where there is more than one. */
function machineName(machine: string | undefined, letters: Letters): string[] {
  return letters.size > 1 && machine !== undefined ? [`machine ${letters.get(machine)}`] : [];
}

/** Nothing, where all was measured on one machine. */
function machines(results: readonly Shown[], theme: Theme): string[] {
  const letters = [...lettersOf(results)];
  if (letters.length < 2) return [];
  return [
    ...labelled(
      letters.map(([name, letter]) => [`Machine ${letter}`, name] as const),
      theme,
    ),
    ...paragraph(
      'Answers a second and times of two machines cannot be compared; speed-ups and calls to the origin can.',
      theme,
    ),
  ];
}

/** As many runs beside each other as fit, the rest in further tables. */
function tables(results: readonly Shown[], theme: Theme): string[][] {
  if (results.length === 0) return [];
  const letters = lettersOf(results);
  if (theme.plain) return results.map((result) => spokenResult(result, theme, letters));
  for (let size = results.length; size > 1; size -= 1) {
    const groups = Array.from({ length: Math.ceil(results.length / size) }, (_, index) =>
      results.slice(index * size, (index + 1) * size),
    );
    const drawn = groups.map((group) => fittingTable(...contents(group, theme, letters), theme));
    if (drawn.every((table) => table !== undefined)) return drawn;
  }
  return results.map((result) => tableLines(...contents([result], theme, letters), theme));
}

/** Which run it is, then what it measured. */
function spokenResult(
  { run, when, step, report, machine }: Shown,
  theme: Theme,
  letters: Letters,
): string[] {
  const place = [
    serverNames[report.server],
    ...(step === undefined ? [] : [`step ${step}`]),
    ...machineName(machine, letters),
  ];
  return stack(
    paragraph(`Run ${run}, ${[when, ...place].join(', ')}:`, theme),
    benchSentences(report, theme),
  );
}

function contents(results: readonly Shown[], theme: Theme, letters: Letters) {
  const runs = results.map(({ run, when, step, report, machine }) => ({
    heading: [
      `run ${run}`,
      when,
      serverNames[report.server],
      ...(step === undefined ? [] : [step]),
      ...machineName(machine, letters),
    ].join('\n'),
    align: 'right' as const,
    wraps: true,
  }));
  const labels = new Map(
    results.flatMap(({ report }) => report.variants.map(({ variant, label }) => [variant, label])),
  );
  const names = [...labels.keys()];
  const metric = (title: string, cell: (report: BenchFigures, variant: VariantSummary) => string) =>
    names.map((name, index) => [
      index === 0 ? title : '',
      labels.get(name) ?? name,
      ...results.map(({ report }) => {
        const variant = report.variants.find((one) => one.variant === name);
        return variant === undefined ? theme.symbols.none : cell(report, variant);
      }),
    ]);
  const rows = [
    ...metric('req/s', (_, { throughput }) => number(throughput)),
    ...speedupRows(results, names, labels, theme),
    ...metric('p50', (_, { latency }) => milliseconds(latency.p50Ms)),
    ...metric('p99', (_, { latency }) => milliseconds(latency.p99Ms)),
    ...metric('origin calls', (_, { originCalls }) => number(originCalls)),
    ...metric('hit rate', (report, variant) =>
      hasHits(report, variant) ? percent(variant.hitRate) : theme.symbols.none,
    ),
  ];
  return [[{}, {}, ...runs], rows] as const;
}

function speedupRows(
  results: readonly Shown[],
  names: readonly string[],
  labels: ReadonlyMap<string, string>,
  theme: Theme,
): string[][] {
  const compared = names.filter((name) =>
    results.some(({ report }) => report.speedups.some(({ variant }) => variant === name)),
  );
  return compared.flatMap((name, index) => {
    const speedups = results.map(({ report }) =>
      report.speedups.find(({ variant }) => variant === name),
    );
    return [
      [
        index === 0 ? 'speed-up' : '',
        labels.get(name) ?? name,
        ...speedups.map((speedup) => {
          if (speedup === undefined) return theme.symbols.none;
          return speedup.differs ? ratio(speedup.ratio, theme.symbols) : 'none shown';
        }),
      ],
      [
        '',
        '',
        ...speedups.map((speedup) =>
          speedup === undefined
            ? ''
            : `${ratioFigure(speedup.interval.low)} to ${ratioFigure(speedup.interval.high)}`,
        ),
      ],
    ];
  });
}
