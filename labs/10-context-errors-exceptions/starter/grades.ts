/*
 * Given: grades, kept for CACHE_TTL_S by user and page. It says nothing to the log. Nothing here needs to change.
 */
import { askOrigin, type OriginAnswer } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

interface Entry {
  answer: OriginAnswer;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

/** By user, then by page. A grade that is posted takes all of that user's away. */
const entries = new Map<string, Map<string, Entry>>();

/** A page of somebody's grades, if it is kept: a hit. */
export function keptGrades(userId: number, page: string): OriginAnswer | undefined {
  const entry = entries.get(`${userId}`)?.get(page);
  return entry && performance.now() < entry.endsAt ? entry.answer : undefined;
}

/** A page of somebody's grades from the origin; keeps it. */
export async function loadGrades(
  userId: number,
  page: string,
  requestId: string,
): Promise<OriginAnswer> {
  const kept = entries.get(`${userId}`) ?? new Map<string, Entry>();
  entries.set(`${userId}`, kept);
  const path = `/students/${userId}/grades/?page=${encodeURIComponent(page)}`;
  const answer = await askOrigin(path, requestId);
  if (backend === 'memory' && answer.status === 200) {
    kept.set(page, { answer, endsAt: performance.now() + ttlMs });
  }
  return answer;
}

/** Posts a grade for a student. */
export async function postGrade(
  studentId: string,
  body: unknown,
  requestId: string,
): Promise<OriginAnswer> {
  const path = `/students/${encodeURIComponent(studentId)}/grades/`;
  const answer = await askOrigin(path, requestId, { method: 'POST', body });
  entries.delete(studentId);
  return answer;
}

/** The page that is asked for, as it stands in the query: `1` where none is named. */
export function pageOf({ query }: { query: unknown }): string {
  const { page = '' } = query as { page?: string | string[] };
  const [first = ''] = [page].flat();
  return first || '1';
}
