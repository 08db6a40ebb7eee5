import type { Database } from './database.ts';
import { found, type Reply } from './reply.ts';
import { findSubject, noSubject } from './subjects.ts';

/**
 * Real work over a subject's thousand grades: half a millisecond or more. Median and percentiles are by nearest rank
 * (Hyndman and Fan 1996, definition 1); the deviation is that of the whole population.
 */
const subjectStatistics = `
WITH tally AS MATERIALIZED (
  SELECT grade, year, count(*) AS amount FROM grades WHERE subject_id = ?1 GROUP BY grade, year
), ranked AS MATERIALIZED (
  SELECT grade, sum(amount) AS amount,
    sum(sum(amount)) OVER (ORDER BY grade) AS rank,
    sum(sum(amount)) OVER () AS total
  FROM tally GROUP BY grade
), moments AS (
  SELECT sum(amount) AS count, sum(grade * amount) * 1.0 / sum(amount) AS mean,
    sum(grade * grade * amount) * 1.0 / sum(amount) AS square
  FROM tally
)
SELECT
  coalesce(count, 0) AS count,
  round(mean, 2) AS mean,
  round(sqrt(max(square - mean * mean, 0)), 2) AS deviation,
  (SELECT min(grade) FROM ranked) AS lowest,
  (SELECT min(grade) FROM ranked WHERE rank * 10 >= total) AS p10,
  (SELECT min(grade) FROM ranked WHERE rank * 2 >= total) AS median,
  (SELECT min(grade) FROM ranked WHERE rank * 10 >= total * 9) AS p90,
  (SELECT max(grade) FROM ranked) AS highest,
  (SELECT json_group_array(json_object('from', decile * 10, 'count', amount)) FROM
    (SELECT min(grade / 10, 9) AS decile, sum(amount) AS amount FROM tally GROUP BY decile ORDER BY decile)
  ) AS histogram,
  (SELECT json_group_array(json_object('year', year, 'count', amount, 'mean', mean)) FROM
    (SELECT year, sum(amount) AS amount, round(sum(grade * amount) * 1.0 / sum(amount), 2) AS mean
     FROM tally GROUP BY year ORDER BY year)
  ) AS years
FROM moments`;

interface Figures {
  histogram: string;
  years: string;
}

/** The statistics of a subject, with the name and the professor that it has now. */
export function readSubjectStatistics(database: Database, name: string): Reply {
  const subject = findSubject(database, name);
  if (subject === undefined) return noSubject(name);
  const figures = database.first<Figures>(subjectStatistics, subject.id) as Figures;
  const { professor } = database.first<{ professor: string }>(
    'SELECT professor FROM subjects WHERE id = ?',
    subject.id,
  ) as { professor: string };
  return found({
    subject: subject.name,
    professor,
    ...figures,
    histogram: JSON.parse(figures.histogram),
    years: JSON.parse(figures.years),
  });
}
