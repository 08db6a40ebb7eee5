import type { Lab } from '../../catalog/types.ts';
import type { CodeVerdict } from '../../grading/verdict.ts';
import {
  changesSince,
  type Standing,
  standingOf,
  standingOfAttempt,
  type VerdictChanges,
} from '../../grading/verdict-changes.ts';
import type { CodeExercise } from '../../kit/index.ts';
import { attemptMine } from '../../lesson/attempt-mine.ts';
import type { OnWorking } from '../../lesson/tools.ts';
import { labProgress, readProgress, type Workspace } from '../../workspace/index.ts';
import type { Session } from '../session.ts';

/** What is graded at each save. */
export interface WatchSubject {
  lab: Lab;
  exercises: readonly CodeExercise[];
  workspace: Workspace;
  /** The learner's folder of the lab. */
  folder: string;
  buildFolder: string;
  /** Of every grading; otherwise each draws one. */
  seed: number | undefined;
}

/** The grade of one save. */
export interface GradedSave {
  /** Fingerprint of the files that were graded. */
  hash: string;
  exercises: readonly { verdict: CodeVerdict; changes: VerdictChanges | undefined }[];
}

export type GradeSave = (signal: AbortSignal, onWorking: OnWorking) => Promise<GradedSave>;

/** Makes what grades the files as they are, keeps the attempts, and compares each with the one before it. */
export async function saveGrader(session: Session, subject: WatchSubject): Promise<GradeSave> {
  const { exercises, lab, workspace } = subject;
  const standings = await keptStandings(session, subject);

  return async (signal, onWorking) => {
    // One of its own, so that a server that does not get ready cannot hold up a grading that is given up.
    const runtime = await session.runtime(workspace);
    const end = () => void runtime.close();
    signal.addEventListener('abort', end, { once: true });
    try {
      signal.throwIfAborted();
      const graded: GradedSave['exercises'][number][] = [];
      let hash = '';
      for (const exercise of exercises) {
        onWorking('Compiling your answer');
        const attempt = await attemptMine({
          ...subject,
          lab,
          exercise,
          runtime,
          seed: subject.seed ?? session.context.drawSeed(),
          signal,
          onWorking,
          now: session.context.now,
          warn: session.warn,
        });
        const { verdict } = attempt;
        hash = attempt.hash;
        const before = standings.get(exercise.id);
        const changes = before && changesSince(before, verdict, hash);
        const standing = standingOf(verdict, hash);
        if (standing) standings.set(exercise.id, standing);
        graded.push({ verdict, changes });
      }
      return { hash, exercises: graded };
    } finally {
      signal.removeEventListener('abort', end);
      await runtime.close();
    }
  };
}

/** How the last attempts stood that were kept before, by exercise id. */
async function keptStandings(
  session: Session,
  { lab, exercises, workspace }: WatchSubject,
): Promise<Map<string, Standing>> {
  const { attempts } = labProgress(await readProgress(workspace, session.warn), lab.number);
  const checks = await lab.checks();
  const standings = new Map<string, Standing>();
  for (const { id } of exercises) {
    const last = attempts.findLast(({ exercise }) => exercise === id);
    const standing = last && standingOfAttempt(last, checks[id] ?? []);
    if (standing) standings.set(id, standing);
  }
  return standings;
}
