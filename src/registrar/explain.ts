import type { Database } from './database.ts';
import { found, type Reply } from './reply.ts';

/** What a debug line would tell of the database: a look at every grade, so never free. */
export function explain(database: Database): Reply {
  const busiest = database.all(
    `SELECT name AS subject, grades, mean
     FROM (SELECT subject_id, count(*) AS grades, round(avg(grade), 2) AS mean FROM grades GROUP BY subject_id)
     JOIN subjects ON subjects.id = subject_id
     ORDER BY grades DESC, name LIMIT 5`,
  );
  const plan = database.all<{ detail: string }>(
    'EXPLAIN QUERY PLAN SELECT grade FROM grades WHERE subject_id = 1 ORDER BY grade',
  );
  return found({ busiest, plan: plan.map(({ detail }) => detail) });
}
