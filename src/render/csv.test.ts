import { expect, it } from 'vitest';
import { figures } from '../../fixtures/models/bench.ts';
import { grades } from '../../fixtures/models/grades.ts';
import { csvLine } from './csv.ts';
import { renderGradesCsv } from './grades.ts';
import { renderResultsCsv } from './results-csv.ts';

it('quotes what needs it, and hands no formula to a spreadsheet', () => {
  expect(csvLine(['a', 1.5, undefined, true, 'b,c', 'd"e', 'f\ng'])).toBe(
    'a,1.5,,true,"b,c","d""e","f\ng"',
  );
  expect(csvLine(['=HYPERLINK("x")', '-1+2', '@x'])).toBe(`"'=HYPERLINK(""x"")",'-1+2,'@x`);
});

it('has a line for each variant, with units in the names', () => {
  const result = { lab: 1, run: 7, startedAt: '2026-03-01T09:30:00Z', step: 'bench' };
  const lines = renderResultsCsv([{ ...result, report: figures }]).split('\n');
  const [names = [], off = [], on = []] = lines.map((line) => line.split(','));
  expect(lines).toHaveLength(3);
  const cell = (row: readonly string[], name: string) => row[names.indexOf(name)];
  expect(cell(off, 'variant')).toBe('off');
  expect(cell(off, 'throughput_rps')).toBe('631.2');
  expect(cell(off, 'speedup')).toBe('');
  expect(cell(on, 'speedup')).toBe('45.81');
  expect(cell(on, 'log_bytes_per_request')).toBe('');
});

it('leaves out benchmarks that are not shown', () => {
  const refused = { kind: 'refused' } as never;
  expect(
    renderResultsCsv([{ lab: 1, run: 1, startedAt: '', step: 'bench', report: refused }]).split(
      '\n',
    ),
  ).toHaveLength(1);
});

it('keeps the seeds that grades were made with apart, in the last column of them', () => {
  const [ada] = grades.grades;
  if (ada === undefined) throw new Error('no grade');
  const code = (exercise: string, gradedWithSeed?: number) => ({
    exercise,
    points: 60,
    possible: 60,
    selfReported: false,
    ...(gradedWithSeed !== undefined && { gradedWithSeed }),
  });
  const exercises = [code('1.C1', 517), code('1.Q1'), code('2.C1', 99)];
  const [heading, line] = renderGradesCsv([{ ...ada, exercises }]).split('\n');
  expect(heading).toMatch(/,1\.C1,1\.Q1,2\.C1,flags,reason,graded_with_seeds$/);
  expect(line).toMatch(/,60,60,60,,,1\.C1=517 2\.C1=99$/);
});
