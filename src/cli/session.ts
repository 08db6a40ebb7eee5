import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findLab } from '../catalog/find-lab.ts';
import { type LabSummary, loadLabList } from '../catalog/lab-list.ts';
import type { Catalog, Lab } from '../catalog/types.ts';
import { couldNotRun } from '../errors.ts';
import { safeModel } from '../render/safe-text.ts';
import type { Theme } from '../render/theme.ts';
import { startRecordsFolder } from '../runtime/start-record.ts';
import type { Runtime } from '../runtime/types.ts';
import {
  createWorkspace,
  defaultFolderName,
  emptyProgress,
  ensureLinks,
  findWorkspace,
  openWorkspace,
  type Progress,
  readProgress,
  stateFolder,
  type Workspace,
} from '../workspace/index.ts';
import { catalogOptions } from './catalog-options.ts';
import type { CommonOptions, Context } from './context.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';
import { themeFollower } from './theme-for.ts';

/** What the commands share: the screen, the catalog, the workspace, and processes that end with the command. */
export interface Session {
  readonly context: Context;
  /** Of stdout, as wide as it is now. */
  readonly theme: Theme;
  /** Of stderr, likewise. */
  readonly errorTheme: Theme;
  /** What goes on is said on a line of stderr that is written over itself: a terminal, and not `--plain`. */
  readonly moves: boolean;
  /** A result: to stdout, with a newline. */
  print(text: string): void;
  /** One document on stdout. */
  printJson(model: unknown): void;
  /** One of several documents on stdout: each has a line. */
  printJsonLine(model: unknown): void;
  /** To stderr, with a newline. What it quotes cannot do anything to the terminal. */
  warn(sentence: string): void;
  /** What a renderer has made, to stderr, with a newline. */
  printAside(text: string): void;
  readonly progress: ProgressLine;
  catalog(): Promise<Catalog>;
  /** The same labs as far as lists show them, which is quicker. */
  labList(): Promise<readonly LabSummary[]>;
  lab(name: string): Promise<Lab>;
  /** The learner's workspace; throws where there is none. */
  workspace(): Promise<Workspace>;
  /** What was done so far; nothing, where there is no workspace. */
  progressOrNone(): Promise<Progress>;
  /** The workspace; one that is missing is made. `created` tells which. */
  workspaceOrNew(): Promise<{ workspace: Workspace; created: boolean }>;
  /** Ends what commands that were killed left running; gives how many processes that were. */
  sweep(recordFolder: string): Promise<number>;
  /** For the workspace, whose links are made whole. Starts nothing yet; all that it starts ends with the command. */
  runtime(workspace: Pick<Workspace, 'root'>): Promise<Runtime>;
  /** The same without a workspace; what runs is recorded in the folder. */
  runtimeIn(recordFolder: string): Promise<Runtime>;
}

export function openSession(context: Context, options: CommonOptions): Session {
  const themeNow = themeFollower(context, context.stdout, options);
  const errorThemeNow = themeFollower(context, context.stderr, options);
  const moves = Boolean(context.stderr.isTTY) && !options.plain;
  const progress = createProgressLine(context.stderr, errorThemeNow, moves);
  context.ending.restore(progress.close);
  let catalog: Promise<Catalog> | undefined;
  const place = options.workspace ?? context.env.COURSE_LABS_WORKSPACE;

  /** Any command ends what killed ones left running; where they left nothing, that costs one look. */
  const openSwept = async (root: string): Promise<Workspace> => {
    const workspace = await openWorkspace(root);
    if (existsSync(startRecordsFolder(stateFolder(root)))) await session.sweep(stateFolder(root));
    return workspace;
  };

  const session: Session = {
    context,
    get theme() {
      return themeNow();
    },
    get errorTheme() {
      return errorThemeNow();
    },
    moves,
    print: (text) => {
      progress.clear();
      context.stdout.write(`${text}\n`);
    },
    printJson: (model) => {
      progress.clear();
      context.stdout.write(`${JSON.stringify(model, null, 2)}\n`);
    },
    printJsonLine: (model) => {
      progress.clear();
      context.stdout.write(`${JSON.stringify(model)}\n`);
    },
    warn: (sentence) => session.printAside(safeModel(sentence, errorThemeNow())),
    printAside: (text) => {
      progress.clear();
      context.stderr.write(`${text}\n`);
    },
    progress,
    catalog: () => {
      catalog ??= import('../catalog/load-catalog.ts').then(({ loadCatalog }) =>
        loadCatalog(catalogOptions(context, options)),
      );
      return catalog;
    },
    labList: () => loadLabList(catalogOptions(context, options)),
    lab: async (name) => findLab(await session.catalog(), name),
    workspace: async () => {
      const root = place ?? findWorkspace(context.cwd);
      if (root !== undefined) return openSwept(root);
      throw couldNotRun(
        'There is no workspace here or above.',
        `Make one: ${session.theme.program} start`,
      );
    },
    progressOrNone: async () => {
      const root = place ?? findWorkspace(context.cwd);
      if (root === undefined) return emptyProgress;
      return readProgress(await openSwept(root), session.warn);
    },
    workspaceOrNew: async () => {
      const found = findWorkspace(place ?? context.cwd);
      const meant = place === undefined || found === resolve(context.cwd, place);
      if (found !== undefined && meant)
        return { workspace: await openSwept(found), created: false };
      const root = resolve(context.cwd, place ?? defaultFolderName);
      return {
        workspace: await createWorkspace({ root, seed: context.drawSeed() }),
        created: true,
      };
    },
    sweep: async (recordFolder) => {
      const { sweep } = await import('../runtime/index.ts');
      return (await sweep(recordFolder)).length;
    },
    runtime: async ({ root }) => {
      // What a command that was killed left running would disturb this one: it goes first.
      await session.sweep(stateFolder(root));
      await ensureLinks({ root, packageRoot: context.packageRoot });
      return session.runtimeIn(stateFolder(root));
    },
    runtimeIn: async (recordFolder) => {
      const { createRuntime } = await import('../runtime/index.ts');
      const distFolder = join(context.packageRoot, 'dist');
      const runtime = createRuntime({ distFolder, recordFolder });
      context.ending.defer(() => runtime.close());
      return runtime;
    },
  };
  context.ending.defer(() => progress.clear());
  return session;
}
