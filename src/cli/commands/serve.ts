import type { Lab } from '../../catalog/types.ts';
import { couldNotRun, usageError } from '../../errors.ts';
import { type BroughtBack, bringBack } from '../../grading/reproduce.ts';
import { type Check, curlLine } from '../../kit/index.ts';
import { prepareDemonstration, prepareMine } from '../../lesson/programs.ts';
import type { ProbedServer } from '../../probe/probed-server.ts';
import { readyOrigin } from '../../probe/ready-origin.ts';
import type { LaunchPlace } from '../../probe/server-set.ts';
import { openStage, type Stage } from '../../probe/stage.ts';
import { renderOriginCall, renderServe } from '../../render/serve.ts';
import type { Program, StartFailure } from '../../runtime/types.ts';
import { labFolder, type Workspace } from '../../workspace/index.ts';
import { ownBuildFolder } from '../build-folder.ts';
import type { CommonOptions, Context } from '../context.ts';
import { ensureLabFolder } from '../lab-files.ts';
import { prettyLog } from '../pretty-log.ts';
import { servePort } from '../repairs.ts';
import { openSession, type Session } from '../session.ts';
import { workspaceFor } from '../workspace-for.ts';

interface Options extends CommonOptions {
  mine?: boolean;
  seed?: number;
  port?: number;
  check?: string;
  inspect?: boolean;
}

/** Two are enough to compare what two users get. */
const mostShown = 2;

/** Node's own port for a debugger. */
const inspectPort = 9229;

/** `serve`: a lab's server to be asked by hand, in the situation of a check where one is named. Goes on until Ctrl-C. */
export async function run(context: Context, options: Options, labName: string): Promise<number> {
  const session = openSession(context, options);
  const lab = await session.lab(labName);
  const named = options.check === undefined ? undefined : await findCheck(lab, options.check);
  const workspace = await workspaceFor(session, options.mine ?? false);
  const runtime = await session.runtime(workspace);
  const buildFolder = await ownBuildFolder(workspace, context);
  const program = await programFor(lab, workspace, buildFolder, options.mine ?? false);
  const seed = options.seed ?? workspace.seed;
  const stage = await openStage({ runtime, seed, workFolder: buildFolder });
  context.ending.defer(() => stage.close());
  const pretty = await prettyLog(session.errorTheme);
  const place: LaunchPlace = {
    port: options.port ?? servePort(lab),
    onLine: (_, line) => session.printAside(pretty(line)),
    ...(options.inspect && { inspectPort }),
  };
  const shown = named
    ? await situation(session, stage, program, named, place)
    : await plain(lab, stage, program, place);
  const calls = await stage.origin.count();
  stage.origin.onCall((call) => session.print(renderOriginCall(call, session.theme)));
  session.print(
    `${renderServe(
      {
        lab: { number: lab.number, title: lab.title },
        server: options.mine ? 'mine' : 'demonstration',
        url: shown.server.url,
        seed,
        check: named && {
          id: named.check.id,
          title: named.check.title,
          failure: shown.failure,
        },
        running: [{ name: 'the origin', detail: `${stage.origin.url}, ${calls} calls so far` }],
        curl: shown.curl,
      },
      session.theme,
    )}\n`,
  );
  return untilItEnds(shown.server);
}

interface Shown {
  server: ProbedServer;
  curl: readonly string[];
  failure?: Extract<BroughtBack, { kind: 'failed' }>['failure'];
}

async function situation(
  session: Session,
  stage: Stage,
  program: Program,
  named: NamedCheck,
  place: LaunchPlace,
): Promise<Shown> {
  session.progress.show(`Bringing back: ${named.check.title}`);
  const { signal } = session.context;
  const back = await bringBack({ ...named, program, stage, place, signal });
  if (back.kind === 'start-failure') throw didNotStart(back.failure);
  if (back.kind === 'passes-now') return { server: back.server, curl: [] };
  return {
    server: back.server,
    failure: back.failure,
    curl: back.curl === undefined ? [] : [back.curl],
  };
}

/** With the settings that the contract gives when nothing is said, and the origin as it is in the benchmark. */
async function plain(lab: Lab, stage: Stage, program: Program, place: LaunchPlace): Promise<Shown> {
  const { scenario } = lab;
  await readyOrigin(stage, scenario);
  const launched = await stage.openSet(program).launch({}, place);
  if (launched.kind === 'failed') throw didNotStart(launched.failure);
  const { server } = launched;
  const shown = scenario.requests(stage.school).slice(0, mostShown);
  return { server, curl: shown.map((request) => curlLine(request, server.url)) };
}

function untilItEnds(server: ProbedServer): Promise<never> {
  return new Promise((_, reject) => {
    const look = setInterval(() => {
      if (server.running.ended() === undefined) return;
      clearInterval(look);
      const error = server.running.lastError();
      reject(couldNotRun(`The server has ended. ${error?.message ?? ''}`.trim()));
    }, 200);
  });
}

/** A check and all checks of its exercise. */
interface NamedCheck {
  check: Check;
  checks: readonly Check[];
}

async function findCheck(lab: Lab, id: string): Promise<NamedCheck> {
  const exercises = Object.values(await lab.checks());
  for (const checks of exercises) {
    const check = checks.find((one) => one.id === id);
    if (check !== undefined) return { check, checks };
  }
  const ids = exercises
    .flat()
    .map((one) => one.id)
    .join(', ');
  throw usageError(`Lab ${lab.number} has no check "${id}".`, `It has: ${ids}`);
}

async function programFor(
  lab: Lab,
  workspace: Workspace,
  buildFolder: string,
  mine: boolean,
): Promise<Program> {
  const folder = labFolder(workspace, lab);
  const place = { lab, root: workspace.root, folder, buildFolder };
  if (!mine) return prepareDemonstration(place);
  await ensureLabFolder(folder, lab);
  const prepared = await prepareMine(place);
  if (prepared.kind === 'failed') throw didNotStart(prepared.failure);
  return prepared.program;
}

function didNotStart(failure: StartFailure): Error {
  const output = failure.output.length > 0 ? `\n${failure.output.join('\n')}` : '';
  return couldNotRun(`The server did not start. ${failure.message}${output}`);
}
