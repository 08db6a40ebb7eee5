import type { Check, LogRecord, Probe } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import {
  freshStudent,
  gradesOf,
  type Traced,
  trace,
  wholeStory,
} from '../10-context-errors-exceptions/asking.ts';
import { errorChecks } from '../10-context-errors-exceptions/error-checks.ts';
import { eventChecks } from '../10-context-errors-exceptions/event-checks.ts';
import { costChecks } from '../11-safe-logs/cost-checks.ts';
import { neededChecks } from '../11-safe-logs/needed-checks.ts';
import { secretChecks } from '../11-safe-logs/secret-checks.ts';
import { take } from './earlier.ts';
import { atDebug, check, inMemory, keeps, onServer, told } from './requirement.ts';

const needs = [told];

/** What the log tells, and what it does not. */
export const logChecks: readonly Check[] = [
  ...take(eventChecks, {
    ...inMemory,
    needs,
    points: { [told]: 3, 'failed-login-is-a-warning': 2 },
  }),
  check({
    ...inMemory,
    id: 'log-does-not-hang-on-the-cache',
    needs: [told, keeps, 'owners-are-right'],
    title: 'who read grades stands in the log, from the cache, from the origin, or without a cache',
    points: 3,
    asked:
      'two students, the same page of grades twice each; and again of a server without a cache',
    rationale:
      'After a leak the log has to say who read what. A cache that answers in front of it makes it silent, and nobody notices: everything works.',
    help: 'What is told once the origin has answered is not told when it was not asked.',
    judge: async (probe, words) => {
      const without = await probe.launch({ cacheBackend: 'none', instance: 'without' });
      for (const on of [probe, onServer(probe, without)]) {
        for (const student of [freshStudent(on), freshStudent(on)]) {
          for (const which of ['first', 'second']) {
            const traced = await trace(on, gradesOf(student));
            const records = await readsOf(on, traced);
            const backend = on === probe ? 'memory' : 'none';
            const what = `CACHE_BACKEND=${backend}, ${which} read: user in the record grades.read`;
            const users = records.map(({ fields }) => String(fields?.userId));
            const context = { ...words, request: traced.request };
            demand(what, `${student.id}`, users.join(' and ') || 'no record', context);
          }
        }
      }
    },
  }),
  ...take(errorChecks, { ...inMemory, needs, points: { 'one-error-per-failure': 3 } }),
  ...take(neededChecks, { ...inMemory, needs, points: { 'failures-keep-their-error': 1 } }),
  ...take(secretChecks, {
    ...atDebug,
    needs,
    points: { 'no-password-in-the-log': 2, 'no-token-in-the-log': 2 },
  }),
  ...take(costChecks, {
    ...inMemory,
    needs,
    points: { 'within-the-budget': 1, 'detail-is-free-at-info': 1 },
  }),
  ...take(costChecks, { ...atDebug, needs, points: { 'detail-once-at-debug': 1 } }),
];

async function readsOf(probe: Probe, traced: Traced): Promise<LogRecord[]> {
  const isRead = ({ event }: LogRecord) => event === 'grades.read';
  return (await wholeStory(probe, traced, isRead)).filter(isRead);
}
