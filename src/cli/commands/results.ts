import type { Lab } from '../../catalog/types.ts';
import { exitCodes } from '../../errors.ts';
import { renderResults } from '../../render/results.ts';
import { listRuns, type StoredBench, type StoredRun } from '../../workspace/index.ts';
import type { CommonOptions, Context } from '../context.ts';
import { openSession, type Session } from '../session.ts';

interface Options extends CommonOptions {
  last: number;
  json?: boolean;
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
  const benches = runs.flatMap(benchesOf);
  const { labs } = await session.catalog();
  const shown = labs
    .map((lab) => ({ lab, benches: benches.filter(({ run }) => run.record.lab === lab.number) }))
    .filter(({ lab, benches: some }) => some.length > 0 || lab === only)
    .map(({ lab, benches: some }) => ({ lab, benches: some.slice(-options.last) }));
  if (options.json) {
    session.printJson({ labs: shown.map(({ lab, benches: some }) => jsonOf(lab, some)) });
  } else if (shown.length === 0) {
    session.print(`Nothing was measured yet. Begin: ${session.theme.program} bench 1`);
  } else {
    session.print(shown.map(({ lab, benches: some }) => screenOf(lab, some, session)).join('\n\n'));
  }
  return exitCodes.fine;
}

/** Every benchmark of a run: one of `bench`, or one for each measuring step of a guided run. */
function benchesOf(run: StoredRun): StoredBench[] {
  return Object.entries(run.record.benches).map(([step, report]) => ({ run, step, report }));
}

function screenOf(lab: Lab, benches: readonly StoredBench[], { theme, context }: Session): string {
  const results = benches.map(({ run, step, report }) => ({
    run: run.id,
    when: whenOf(run.startedAt, context.now()),
    step: run.kind === 'bench' ? undefined : step,
    report,
  }));
  const { program } = theme;
  const next = [
    { label: 'Measure again', command: `${program} bench ${lab.number}` },
    { label: 'Your own server', command: `${program} bench ${lab.number} --mine` },
  ];
  return renderResults({ lab: { number: lab.number, title: lab.title }, results, next }, theme);
}

function jsonOf(lab: Lab, benches: readonly StoredBench[]) {
  return {
    lab: lab.number,
    results: benches.map(({ run, step, report }) => ({
      run: run.id,
      kind: run.kind,
      startedAt: run.startedAt,
      step,
      report,
    })),
  };
}

/** `14:03` of today, `23 Nov 14:03` of any other day, in the time zone of the machine. */
function whenOf(iso: string, now: Date): string {
  const then = new Date(iso);
  const time = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (then.toDateString() === now.toDateString()) return time;
  return `${then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`;
}
