import { benchOptions } from '../../bench/options.ts';
import type { Lab } from '../../catalog/types.ts';
import { exitCodes } from '../../errors.ts';
import type { BenchReport } from '../../kit/index.ts';
import { measureLab } from '../../lesson/measure-lab.ts';
import { mineOrThrow, variantPrograms } from '../../lesson/programs.ts';
import { renderBench } from '../../render/bench.ts';
import {
  beginRun,
  labFolder,
  type StoredRun,
  saveRun,
  type Workspace,
} from '../../workspace/index.ts';
import { ownBuildFolder } from '../build-folder.ts';
import type { CommonOptions, Context } from '../context.ts';
import { measuredOn } from '../measured-on.ts';
import { servePort } from '../repairs.ts';
import { openSession, type Session } from '../session.ts';
import { versionsOf } from '../versions.ts';
import { workspaceFor } from '../workspace-for.ts';

interface Options extends CommonOptions {
  mine?: boolean;
  rounds: number;
  duration: number;
  connections?: number;
  json?: boolean;
}

/** `bench`: the variants of a lab's scenario against each other, on our server or the learner's. */
export async function run(context: Context, options: Options, labName: string): Promise<number> {
  const session = openSession(context, options);
  const lab = await session.lab(labName);
  const asked = { rounds: options.rounds, durationSeconds: options.duration };
  const connections = options.connections ?? lab.scenario.connections;
  const bench = benchOptions({ ...asked, connections }, connections);
  const workspace = await workspaceFor(session, options.mine ?? false);
  const runtime = await session.runtime(workspace);
  const buildFolder = await ownBuildFolder(workspace, context);
  const place = { lab, root: workspace.root, folder: labFolder(workspace, lab), buildFolder };
  const own = options.mine ? await mineOrThrow(place) : undefined;
  const store = runStore(session, workspace, lab);
  const report = await measureLab({
    lab,
    programOf: variantPrograms(place, own),
    server: options.mine ? 'mine' : 'demonstration',
    seed: workspace.seed,
    options: bench,
    runtime,
    workFolder: buildFolder,
    onWorking: session.progress.show,
    onRound: store.saveRounds,
    signal: context.signal,
  });
  const run = await store.save(report);
  if (options.json) session.printJson({ run, lab: lab.number, ...report });
  else
    session.print(
      renderBench({ report, lab: lab.number, run, ...nextTo(lab, report, session) }, session.theme),
    );
  return report.kind === 'figures' ? exitCodes.fine : exitCodes.couldNotRun;
}

/** Keeps a benchmark: after every round what was measured until then, so that an interrupt loses one round at most. */
function runStore({ context, theme }: Session, workspace: Workspace, lab: Lab) {
  let stored: StoredRun | undefined;
  context.ending.keep(`Nothing was measured yet. Again: ${theme.program} bench ${lab.number}`);
  const save = async (report: BenchReport): Promise<number> => {
    stored ??= await beginRun(workspace, {
      kind: 'bench',
      lab: lab.number,
      seed: workspace.seed,
      versions: versionsOf(context),
      now: context.now,
    });
    const record = { ...stored.record, benches: { bench: report } };
    stored = measuredOn(context.machine(), stored, { ...stored, record });
    context.ending.keep(
      `The rounds that were complete are kept as run ${stored.id}: ${theme.program} results ${lab.number}`,
    );
    await saveRun(workspace, stored);
    return stored.id;
  };
  return {
    save,
    saveRounds: async (report: BenchReport) => {
      const rounds =
        report.kind === 'figures' ? report.measurements.length / report.variants.length : 0;
      await save({ ...report, options: { ...report.options, rounds } });
    },
  };
}

function nextTo(lab: Lab, report: BenchReport, { theme }: Session) {
  const { program } = theme;
  const mine = report.server === 'mine' ? ' --mine' : '';
  if (report.kind === 'refused') {
    const url = `http://127.0.0.1:${servePort(lab)}${report.path}`;
    return {
      seeIt: [
        { label: 'See it', command: `${program} serve ${lab.number}${mine}` },
        { label: 'then', command: `curl -i '${url}'` },
      ],
    };
  }
  return {
    next: [
      { label: 'Compare', command: `${program} results ${lab.number}` },
      ...(report.server === 'mine'
        ? []
        : [{ label: 'Your own server', command: `${program} bench ${lab.number} --mine` }]),
    ],
  };
}
