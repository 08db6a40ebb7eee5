import { expect, it } from 'vitest';
import { createSchool } from './school.ts';
import { useRegistrar } from './use-registrar.testing.ts';

const seed = 20;
const origin = useRegistrar(seed);
const { get, send } = origin;
const python = '/subjects/Python/stats/';

interface Grade {
  subject: string;
  grade: number;
  year: number;
}

/** Every grade of a subject, gathered from the students' own pages. */
async function gradesOf(subject: string): Promise<Grade[]> {
  const grades: Grade[] = [];
  for (const { id } of createSchool(seed).students) {
    for (let page: number | null = 1; page !== null; ) {
      const { json } = await origin.registrar.ask(`/students/${id}/grades/?page=${page}`);
      const list = json as { results: Grade[]; next: number | null };
      grades.push(...list.results.filter((grade) => grade.subject === subject));
      page = list.next;
    }
  }
  return grades;
}

const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

it('are what the grades of all students say', async () => {
  const grades = await gradesOf('Python');
  const sorted = grades.map(({ grade }) => grade).sort((left, right) => left - right);
  const rank = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const { json } = await get(python);
  expect(json).toMatchObject({
    subject: 'Python',
    count: sorted.length,
    lowest: sorted[0],
    p10: rank(0.1),
    median: rank(0.5),
    p90: rank(0.9),
    highest: sorted.at(-1),
  });
  expect(sorted.length).toBeGreaterThan(800);
  expect(json.mean).toBeCloseTo(mean(sorted), 1);
  const spread = Math.sqrt(mean(sorted.map((grade) => (grade - mean(sorted)) ** 2)));
  expect(json.deviation).toBeCloseTo(spread, 1);
  for (const { from, count } of json.histogram) {
    const to = from === 90 ? 100 : from + 9;
    expect(count).toBe(sorted.filter((grade) => grade >= from && grade <= to).length);
  }
  for (const year of json.years) {
    const ofYear = grades.filter((grade) => grade.year === year.year).map(({ grade }) => grade);
    expect(year.count).toBe(ofYear.length);
    expect(year.mean).toBeCloseTo(mean(ofYear), 1);
  }
  const counts = (parts: { count: number }[]) => parts.reduce((sum, { count }) => sum + count, 0);
  expect([counts(json.histogram), counts(json.years)]).toEqual([sorted.length, sorted.length]);
});

it('have nothing to say of a new subject, and count what is posted', async () => {
  await send('POST', '/subjects/', { name: 'Chess' });
  const empty = await get('/subjects/Chess/stats/');
  expect(empty.json).toMatchObject({
    count: 0,
    mean: null,
    median: null,
    histogram: [],
    years: [],
  });
  for (const grade of [10, 20, 40]) {
    await send('POST', '/students/1/grades/', { subject: 'chess', grade });
  }
  expect((await get('/subjects/Chess/stats/')).json).toMatchObject({
    count: 3,
    mean: 23.33,
    deviation: 12.47,
    lowest: 10,
    median: 20,
    highest: 40,
  });
});

it('name the professor of the moment', async () => {
  await send('PUT', '/subjects/Python/', { professor: 'Prof. New' });
  expect((await get(python)).json.professor).toBe('Prof. New');
});

it('are over some 40,000 grades, about 1,000 a subject', async () => {
  const { subjects } = createSchool(seed);
  const counts = await Promise.all(
    subjects.map(async ({ name }) => {
      const answer = await get(`/subjects/${encodeURIComponent(name)}/stats/`);
      return answer.json.count as number;
    }),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan(38_000);
  expect(total).toBeLessThan(43_000);
  expect(Math.min(...counts)).toBeGreaterThan(800);
});
