import type { Lab } from '../../catalog/types.ts';
import { exitCodes, usageError } from '../../errors.ts';
import { moment } from '../../render/format.ts';
import { renderResults, type StoredResult } from '../../render/results.ts';
import { listRuns, type StoredBench, type StoredRun } from '../../workspace/index.ts';
import type { CommonOptions, Context } from '../context.ts';
import { openSession, type Session } from '../session.ts';

interface Options extends CommonOptions {
  last: number;
  compare?: readonly number[];
  format: 'table' | 'json' | 'csv' | 'html';
  json?: boolean;
}

interface LabBenches {
  lab: Lab;
  benches: readonly StoredBench[];
}

/** `results`: the stored benchmarks of one lab, or of every lab that has some, beside each other. */
export async function run(
  context: Context,
  options: Options,
  labName: string | undefined,
): Promise<number> {
  const session = openSession(context, options);
  const only = labName === undefined ? undefined : await session.lab(labName);
  const workspace = await session.workspace();
  const filter = { warn: session.warn, ...(only && { lab: only.number }) };
  const runs = await listRuns(workspace, filter);
  const wanted = options.compare === undefined ? runs : compared(runs, options.compare);
  const benches = wanted.flatMap(benchesOf);
  const { labs } = await session.catalog();
  const shown = labs
    .map((lab) => ({ lab, benches: benches.filter(({ run }) => run.record.lab === lab.number) }))
    .filter(({ lab, benches: some }) => some.length > 0 || lab === only)
    .map(({ lab, benches: some }) => ({ lab, benches: some.slice(-options.last) }));
  await print(shown, session, options);
  return exitCodes.fine;
}

async function print(
  shown: readonly LabBenches[],
  session: Session,
  { format, json, compare }: Options,
): Promise<void> {
  if (json || format === 'json') {
    session.printJson({ labs: shown.map(jsonOf) });
  } else if (format === 'csv') {
    const { renderResultsCsv } = await import('../../render/results-csv.ts');
    session.print(renderResultsCsv(shown.flatMap(csvOf)));
  } else if (format === 'html') {
    const { renderResultsHtml } = await import('../../render/html/results.ts');
    const page = renderResultsHtml(shown.map((each) => resultsOf(each, session.context.now())));
    session.print(page.trimEnd());
  } else if (shown.length === 0) {
    session.print(`Nothing was measured yet. Begin: ${session.theme.program} bench 1`);
  } else {
    const screens = shown.map((each) => screenOf(each, session, compare !== undefined));
    session.print(screens.join('\n\n'));
  }
}

/** The runs that are named, oldest first. Throws a usage error for one that is not there, or measured nothing. */
function compared(runs: readonly StoredRun[], ids: readonly number[]): readonly StoredRun[] {
  const measured = runs.filter((run) => benchesOf(run).length > 0);
  for (const id of ids) {
    if (measured.some((run) => run.id === id)) continue;
    const all = measured.map((run) => run.id).join(', ') || 'none yet';
    throw usageError(`Run ${id} has no benchmark that is stored here.`, `Runs with one: ${all}`);
  }
  return measured.filter((run) => ids.includes(run.id));
}

/** Every benchmark of a run: one of `bench`, or one for each measuring step of a guided run. */
function benchesOf(run: StoredRun): StoredBench[] {
  return Object.entries(run.record.benches).map(([step, report]) => ({ run, step, report }));
}

function resultsOf({ lab, benches }: LabBenches, now: Date) {
  const results: StoredResult[] = benches.map(({ run, step, report }) => ({
    run: run.id,
    when: moment(run.startedAt, now),
    step: run.kind === 'bench' ? undefined : step,
    report,
    machine: run.measuredOn?.[step],
  }));
  return { lab: { number: lab.number, title: lab.title }, results };
}

function screenOf(each: LabBenches, { theme, context }: Session, compares: boolean): string {
  const { program } = theme;
  const { number } = each.lab;
  const next = [
    { label: 'Measure again', command: `${program} bench ${number}` },
    { label: 'Your own server', command: `${program} bench ${number} --mine` },
    {
      label: 'As a page with charts',
      command: `${program} results ${number} --format html > results.html`,
    },
  ];
  return renderResults({ ...resultsOf(each, context.now()), compares, next }, theme);
}

function jsonOf({ lab, benches }: LabBenches) {
  return {
    lab: lab.number,
    results: benches.map(({ run, step, report }) => ({
      run: run.id,
      kind: run.kind,
      startedAt: run.startedAt,
      step,
      machine: run.measuredOn?.[step],
      report,
    })),
  };
}

function csvOf({ lab, benches }: LabBenches) {
  return benches.map(({ run, step, report }) => ({
    lab: lab.number,
    run: run.id,
    startedAt: run.startedAt,
    step,
    report,
    machine: run.measuredOn?.[step],
  }));
}
