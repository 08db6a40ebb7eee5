import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { always, anyText, mutated } from '../properties.testing.ts';
import { renderGrades, renderGradesCsv } from '../render/grades.ts';
import { createTheme } from '../render/theme.ts';
import { openGradeLedger } from './grade-ledger.ts';
import { compareSubmissions, flagKinds, type SubmissionGrade } from './submission-grade.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  file = join(folder, 'grades.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const points = fc.nat(100);
const exercise = fc.constantFrom('1.C1', '1.Q1', '7.C1');

const grade: fc.Arbitrary<SubmissionGrade> = fc.record(
  {
    id: fc.oneof(fc.constantFrom('ada', 'ben'), anyText(8)),
    contentHash: fc.constantFrom('aa', 'bb', 'cc'),
    status: fc.constant('graded' as const),
    learner: anyText(8),
    seed: fc.integer({ min: 1, max: 999_999 }),
    points,
    possible: points,
    selfReportedPoints: points,
    exercises: fc.array(
      fc.record(
        {
          exercise,
          points,
          possible: points,
          selfReported: fc.boolean(),
          gradedWithSeed: fc.integer({ min: 1, max: 999_999 }),
        },
        { requiredKeys: ['exercise', 'points', 'possible', 'selfReported'] },
      ),
      { maxLength: 3 },
    ),
    prints: fc.array(fc.record({ exercise, fingerprint: fc.constantFrom('p', 'q') }), {
      maxLength: 3,
    }),
    flags: fc.array(fc.record({ kind: fc.constantFrom(...flagKinds), text: anyText() }), {
      maxLength: 3,
    }),
  },
  {
    requiredKeys: [
      'id',
      'contentHash',
      'status',
      'points',
      'possible',
      'selfReportedPoints',
      'exercises',
      'prints',
      'flags',
    ],
  },
);

it('gives back the last grade of a submission, over any interruption', async () => {
  await always(
    [fc.array(grade, { minLength: 1, maxLength: 5 }), fc.nat(400)],
    async (grades, torn) => {
      rmSync(file, { force: true });
      for (const each of grades) await (await openGradeLedger(file)).add(each);
      const cut = grades.map((each) => `${JSON.stringify(each)}\n`).join('');
      const whole = await openGradeLedger(file);
      for (const { id, contentHash } of grades) {
        const last = grades.findLast((each) => each.id === id && each.contentHash === contentHash);
        expect(whole.find(id, contentHash)).toEqual(JSON.parse(JSON.stringify(last)));
      }
      // Torn anywhere: what stood on whole lines is there, and what comes next is found again.
      const kept = cut.slice(0, torn);
      writeFileSync(file, kept);
      const [next = grades[0] as SubmissionGrade] = grades;
      await (await openGradeLedger(file)).add({ ...next, id: 'next' });
      const after = await openGradeLedger(file);
      expect(after.find('next', next.contentHash)).toBeDefined();
      const lines = kept.split('\n').length - 1;
      for (const { id, contentHash } of grades.slice(0, lines)) {
        expect(after.find(id, contentHash)).toBeDefined();
      }
    },
    0.1,
  );
});

it('leaves out what is no grade: whatever it gives can be compared, shown and written', async () => {
  const theme = createTheme({ columns: 80, colour: true, plain: false, unicode: true });
  const lines = fc.array(
    fc.oneof(
      grade.chain(mutated).map((json) => JSON.stringify(json)),
      grade.map((json) => JSON.stringify(json)),
      anyText().map((text) => text.replaceAll('\n', ' ')),
    ),
    { maxLength: 5 },
  );
  await always(
    [lines],
    async (texts) => {
      writeFileSync(file, texts.join('\n'));
      const ledger = await openGradeLedger(file);
      const found = texts.flatMap((text): SubmissionGrade[] => {
        try {
          const { id, contentHash } = JSON.parse(text);
          return [ledger.find(id, contentHash) ?? []].flat();
        } catch {
          return [];
        }
      });
      const grades = compareSubmissions([...new Set(found)]);
      renderGradesCsv(grades);
      renderGrades({ grades, resumed: 0, durationMs: 1, files: [], next: [] }, theme);
    },
    0.2,
  );
});
