import { readdir, rm, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { runInTurn } from '../../authoring/in-turn.ts';
import { findLab } from '../../catalog/find-lab.ts';
import type { Lab } from '../../catalog/types.ts';
import { couldNotRun, exitCodes, messageOf, usageError } from '../../errors.ts';
import { openGradeLedger } from '../../grading/grade-ledger.ts';
import { compareSubmissions, type SubmissionGrade } from '../../grading/submission-grade.ts';
import { findRedis } from '../../redis/find-redis.ts';
import { renderGrades, renderGradesCsv } from '../../render/grades.ts';
import { isArchive, submissionName } from '../../submissions/receive.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import { ownCommandFolder } from '../command-folder.ts';
import type { CommonOptions, Context } from '../context.ts';
import { gradeSubmission } from '../grade-submission.ts';
import { openSession, type Session } from '../session.ts';
import { versionsOf } from '../versions.ts';

interface Options extends CommonOptions {
  output: string;
  jobs: number;
  only?: readonly string[];
  allowSkips?: boolean;
  restart?: boolean;
  json?: boolean;
}

/** `grade`: many workspaces, each in a copy. Exit 0 however the grades are; 3 where some could not be graded whole. */
export async function run(
  context: Context,
  options: Options,
  places: readonly string[],
): Promise<number> {
  const session = openSession(context, options);
  const labs = await labsOf(session, options);
  await refuseSkips(labs, context, options);
  const sources = await sourcesIn(places.map((place) => resolve(context.cwd, place)));
  const output = resolve(context.cwd, options.output);
  const ledgerFile = join(output, 'grades.jsonl');
  if (options.restart) await rm(ledgerFile, { force: true });
  const startedAtMs = performance.now();
  const { grades, resumed } = await gradeAll(sources, labs, ledgerFile, session, options);
  const compared = compareSubmissions(grades);
  const files = await save(output, compared);
  if (options.json) session.printJson({ grades: compared });
  else {
    const { program } = session.theme;
    session.print(
      renderGrades(
        {
          grades: compared,
          resumed,
          durationMs: performance.now() - startedAtMs,
          files: files.map((file) => relative(context.cwd, file)),
          next: compared.some(hasErrored)
            ? [{ label: 'Grade these again', command: `${program} ${sameCall(places, options)}` }]
            : [],
        },
        session.theme,
      ),
    );
  }
  return compared.every(isWhole) ? exitCodes.fine : exitCodes.couldNotRun;
}

async function gradeAll(
  sources: readonly string[],
  labs: readonly Lab[],
  ledgerFile: string,
  session: Session,
  options: Options,
): Promise<{ grades: SubmissionGrade[]; resumed: number }> {
  const { context, progress } = session;
  const work = await ownCommandFolder(context, 'grade');
  const runtime = await session.runtimeIn(work);
  const ledger = await openGradeLedger(ledgerFile);
  context.ending.keep('The grades so far are kept: the same command goes on with them.');
  const grades: SubmissionGrade[] = [];
  let resumed = 0;
  const tasks = sources.map((source, index) => async () => {
    progress.show(`Grading ${submissionName(source)}`, grades.length / sources.length);
    const folder = join(work, String(index));
    let known = false;
    const grade = await gradeSubmission({
      source,
      folder,
      labs,
      packageRoot: context.packageRoot,
      runtime,
      versions: versionsOf(context),
      now: context.now,
      drawSeed: context.drawSeed,
      signal: context.signal,
      known: (id, contentHash) => {
        const found = ledger.find(id, contentHash);
        known = found !== undefined;
        return found;
      },
    });
    if (known) resumed += 1;
    else if (isWhole(grade)) await ledger.add(grade);
    grades.push(grade);
    await rm(folder, { recursive: true, force: true });
    progress.show(`Graded ${submissionName(source)}`, grades.length / sources.length);
  });
  await runInTurn(tasks, options.jobs);
  return { grades, resumed };
}

function sameCall(places: readonly string[], { only, output }: Options): string {
  const chosen = only === undefined ? [] : ['--only', ...only];
  return ['grade', ...places, ...chosen, '--output', output].join(' ');
}

/** What is kept: a grade that lacks something for a fault of ours is made again by the next call. */
function isWhole(grade: SubmissionGrade): boolean {
  return grade.status === 'graded' && !hasErrored(grade);
}

function hasErrored({ flags }: SubmissionGrade): boolean {
  return flags.some(({ kind }) => kind === 'errored');
}

async function labsOf(session: Session, { only }: Options): Promise<readonly Lab[]> {
  const catalog = await session.catalog();
  return only === undefined ? catalog.labs : only.map((name) => findLab(catalog, name));
}

/** Points that cannot be judged here would be missing from everybody's grade. */
async function refuseSkips(labs: readonly Lab[], context: Context, { allowSkips }: Options) {
  if (allowSkips || findRedis(context.env).kind !== 'missing') return;
  const needing: number[] = [];
  for (const lab of labs) {
    const checks = Object.values(await lab.checks()).flat();
    if (checks.some(({ settings }) => settings?.cacheBackend === 'redis')) needing.push(lab.number);
  }
  if (needing.length === 0) return;
  throw couldNotRun(
    `There is no Redis here, and parts of lab ${needing.join(' and lab ')} cannot be judged without one.`,
    'Install it (course-labs doctor says how), or grade without those parts: --allow-skips',
  );
}

/** Workspaces and archives; of a folder that is none, what is in it. */
async function sourcesIn(places: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const place of places) {
    const stats = await stat(place).catch((error: unknown) => {
      throw usageError(`${place} cannot be graded: ${messageOf(error)}.`);
    });
    if (!stats.isDirectory()) {
      if (!isArchive(place)) {
        throw usageError(`${place} is neither a folder nor a .zip, .tar, .tgz or .tar.gz.`);
      }
      found.push(place);
      continue;
    }
    const entries = await readdir(place, { withFileTypes: true });
    if (entries.some(({ name }) => name === 'course-labs.json')) {
      found.push(place);
      continue;
    }
    const inside = entries.filter(
      (entry) => !entry.name.startsWith('.') && (entry.isDirectory() || isArchive(entry.name)),
    );
    if (inside.length === 0) {
      throw usageError(`${place} holds no workspaces: neither folders nor archives.`);
    }
    found.push(...inside.map(({ name }) => join(place, name)));
  }
  refuseEqualNames(found);
  return found.sort();
}

/** A grade is known by its name. */
function refuseEqualNames(sources: readonly string[]): void {
  const names = sources.map(submissionName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  const both = sources.filter((source) => submissionName(source) === twice).join(' and ');
  throw usageError(`Two submissions have the name "${twice}": ${both}.`, 'Rename one of them.');
}

async function save(folder: string, grades: readonly SubmissionGrade[]): Promise<string[]> {
  const files = [join(folder, 'grades.csv'), join(folder, 'grades.json')] as const;
  await writeWhole(files[0], `${renderGradesCsv(grades)}\n`);
  await writeWhole(files[1], `${JSON.stringify({ grades }, null, 2)}\n`);
  return [...files];
}
