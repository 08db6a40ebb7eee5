import type { Lab } from '../../catalog/types.ts';
import { couldNotRun, exitCodes, usageError } from '../../errors.ts';
import type { LogLevel } from '../../kit/index.ts';
import { mineOrThrow, prepareDemonstration } from '../../lesson/programs.ts';
import type { PhaseReport } from '../../live/phases.ts';
import { priceOfPhase, pricesExhibit } from '../../live/price.ts';
import type { Reader } from '../../live/reader.ts';
import { renderExhibit } from '../../render/exhibit.ts';
import { renderLiveReport } from '../../render/live-report.ts';
import { labFolder } from '../../workspace/index.ts';
import { ownBuildFolder } from '../build-folder.ts';
import { type CommonOptions, type Context, isInteractive } from '../context.ts';
import { ensureLabFolder } from '../lab-files.ts';
import { showLogFile } from '../log-file.ts';
import { openSession, type Session } from '../session.ts';
import { type LiveShow, showLive, watchLive } from '../show-live.ts';
import { workspaceFor } from '../workspace-for.ts';

interface Options extends CommonOptions {
  mine?: boolean;
  level?: LogLevel;
  view?: LogLevel;
  user?: string;
  event?: string;
  request?: string;
  duration?: number;
  file?: string;
  raw?: boolean;
  json?: boolean;
}

/** Where nobody can press a key and nobody said how long. */
const defaultSeconds = 5;

/** `logs`: a server's log as it is written, at changing levels; or the records of a file. */
export async function run(
  context: Context,
  options: Options,
  labName: string | undefined,
): Promise<number> {
  const session = openSession(context, options);
  const { user, event, request, view = 'trace', raw = false, json = false } = options;
  const reader: Reader = {
    level: view,
    ...(user !== undefined && { user }),
    ...(event !== undefined && { event }),
    ...(request !== undefined && { request }),
  };
  if (options.file !== undefined) {
    refuseLive(options, labName);
    await showLogFile(session, { file: options.file, reader, raw, json });
    return exitCodes.fine;
  }
  const lab = labName === undefined ? await firstLive(session) : await session.lab(labName);
  if (lab.live === undefined) throw await noScene(session, lab);
  const show = { ...(await prepare(session, lab, options)), reader, raw };
  if (options.duration === undefined && !json && isInteractive(context)) {
    const prices = await showLive(session, show);
    if (prices.length > 0) session.print(renderExhibit(pricesExhibit(prices), session.theme));
    return exitCodes.fine;
  }
  const level = options.level ?? lab.live.settings.logLevel ?? 'info';
  const phase = { level, seconds: options.duration ?? defaultSeconds };
  const [report] = await watchLive(session, { ...show, plain: !json && options.plain }, [phase]);
  if (report !== undefined) print(session, show, report, json);
  return exitCodes.fine;
}

async function prepare(
  session: Session,
  lab: Lab,
  { mine = false, level, plain }: Options,
): Promise<Omit<LiveShow, 'reader'>> {
  const workspace = await workspaceFor(session, mine);
  const folder = labFolder(workspace, lab);
  if (mine) await ensureLabFolder(folder, lab);
  const runtime = await session.runtime(workspace);
  const buildFolder = await ownBuildFolder(workspace, session.context);
  const place = { lab, root: workspace.root, folder, buildFolder };
  return {
    lab,
    server: mine ? 'mine' : 'demonstration',
    program: mine ? await mineOrThrow(place) : await prepareDemonstration(place),
    runtime,
    seed: workspace.seed,
    workFolder: buildFolder,
    level,
    plain,
  };
}

function print(session: Session, show: LiveShow, report: PhaseReport, json: boolean): void {
  const { lab, server, reader, seed } = show;
  const price = priceOfPhase(report);
  if (!json) {
    const mine = server === 'mine' ? ' --mine' : '';
    const command = `${session.theme.program} logs ${lab.number}${mine}`;
    const next = [{ label: 'Change the levels by key, in a terminal', command }];
    session.print(renderLiveReport({ lab, server, reader, report, price, next }, session.theme));
    return;
  }
  const { level, seconds, made, shown, heldBack, unread, bytes, traffic, delay } = report;
  session.printJson({
    lab: lab.number,
    server,
    seed,
    seconds: rounded(seconds, 3),
    level,
    view: reader,
    made,
    shown,
    heldBack,
    dropped: unread,
    bytes,
    linesPerSecond: rounded(price.linesPerSecond),
    bytesPerSecond: rounded(price.bytesPerSecond),
    traffic: { ...traffic, answersPerSecond: rounded(price.answersPerSecond) },
    eventLoopDelay: {
      measuredBy: 'GET /healthz, ten times a second on a connection of its own, from outside',
      ...(delay && {
        ...delay,
        p50Ms: rounded(delay.p50Ms, 3),
        p99Ms: rounded(delay.p99Ms, 3),
        maxMs: rounded(delay.maxMs, 3),
      }),
    },
  });
}

function rounded(value: number | undefined, digits = 1): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(digits));
}

async function firstLive(session: Session): Promise<Lab> {
  const lab = (await session.catalog()).labs.find(({ live }) => live !== undefined);
  if (lab !== undefined) return lab;
  throw couldNotRun(
    'No lab here has a live scene.',
    'A file of JSON lines can be read: course-labs logs --file app.log',
  );
}

async function noScene(session: Session, lab: Lab): Promise<Error> {
  const others = (await session.catalog()).labs.filter(({ live }) => live !== undefined);
  const next = others.map(({ number }) => `course-labs logs ${number}`).join(', ');
  return usageError(
    `Lab ${lab.number} has no live scene.`,
    next === ''
      ? 'Run its server, and see its log: course-labs serve <lab>'
      : `There is one: ${next}`,
  );
}

/** A file has no server whose level could be changed. */
function refuseLive({ mine, level, duration }: Options, labName: string | undefined): void {
  const given = [
    ...(labName === undefined ? [] : [`the lab "${labName}"`]),
    ...(mine ? ['--mine'] : []),
    ...(level === undefined ? [] : ['--level']),
    ...(duration === undefined ? [] : ['--duration']),
  ];
  if (given.length === 0) return;
  throw usageError(
    `--file reads a file, and ${given.join(' and ')} is about a server that runs.`,
    'What is shown of a file is chosen by --view, --request, --user and --event.',
  );
}
