import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCatalog } from '../catalog/load-catalog.ts';
import { openTestGround, type TestGround } from '../probe/stage.testing.ts';
import type { ValidationLine, ValidationReport } from './report.ts';
import { type ValidateOptions, validateLabs } from './validate-labs.ts';

const course = fileURLToPath(new URL('../../fixtures/course', import.meta.url));
const lab = '01-tiny-cache';

let ground: TestGround;
let copies = 0;
beforeAll(async () => {
  ground = await openTestGround();
});
afterAll(() => ground.close());

async function validate(
  source: string,
  more: Partial<ValidateOptions> = {},
): Promise<ValidationReport> {
  const compiler = {
    workFolder: join(ground.folder, 'compiled'),
    kit: pathToFileURL(join(ground.distFolder, 'kit.js')).href,
  };
  const catalog = await loadCatalog({ folders: [{ source, built: undefined }], compiler });
  const place = {
    openStage: ground.openStage,
    workFolder: join(ground.folder, 'proofs'),
    packages: ground.packages,
  };
  return validateLabs({ catalog, place, seeds: [11], ...more });
}

/** A copy of the tiny course to be broken. */
async function copyCourse(): Promise<{ source: string; path(...parts: string[]): string }> {
  copies += 1;
  const source = join(ground.folder, `course-${copies}`);
  await cp(course, source, { recursive: true });
  return { source, path: (...parts) => join(source, lab, ...parts) };
}

async function edit(file: string, from: string, to: string) {
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

const wrong = ({ lines }: ValidationReport) =>
  lines.filter(({ ok }) => !ok).map(({ kind, name, text }) => `${kind} ${name}: ${text}`);

describe('the tiny course', () => {
  test('is right: each right answer passes with every seed, each wrong one falls to its check', async () => {
    const told: ValidationLine[] = [];
    const report = await validate(course, {
      seeds: [11, 12, 13, 14],
      onLine: (line) => told.push(line),
    });
    expect(wrong(report)).toEqual([]);
    expect(report).toMatchObject({ ok: true, solutions: 3, mutants: 6, checks: 5 });
    expect(told).toEqual(report.lines);
    const textOf = (name: string) => report.lines.find((line) => line.name === name)?.text;
    expect(textOf('tiny-cache')).toBe('10 steps, 3 exercises, 5 checks');
    expect(textOf('plain-map')).toBe('passes everything, seeds 11, 12, 13, 14');
    expect(textOf('never-expires')).toBe('rejected by entry-expires');
    expect(textOf('does-not-start')).toContain('rejected by start: does not start: ');
    expect(textOf('starter')).toContain('fails repeat-costs-nothing');
    expect(textOf('entry-expires')).toBe('rejects never-expires');
    expect(report.missingObjectives).toContain('T10');
    expect(report.missingObjectives).not.toContain('T1');
    expect(await readdir(join(ground.folder, 'proofs'))).toEqual([]);
  }, 120_000);

  test('is not complete, and so does not pass where that is demanded', async () => {
    const { source, path } = await copyCourse();
    // No checks, no proofs: this is about the objectives alone.
    await rm(path('checks.ts'));
    const report = await validate(source, { complete: true });
    expect(report.ok).toBe(false);
    expect(report.missingObjectives.length).toBeGreaterThan(10);
  });
});

describe('a broken course', () => {
  test('of answers: a mutant that passes, one that does not start, a check that kills nothing, a starter that passes', async () => {
    const { source, path } = await copyCourse();
    const right = path('solutions', 'plain-map', 'server.ts');
    await cp(right, path('mutants', 'never-expires', 'server.ts'));
    await cp(right, path('starter', 'server.ts'));
    await writeFile(path('mutants', 'one-key', 'server.ts'), 'const = ;\n');
    await cp(
      path('mutants', 'never-reads', 'server.ts'),
      path('mutants', 'caches-errors', 'server.ts'),
    );
    await cp(
      path('mutants', 'ignores-backend', 'server.ts'),
      path('solutions', 'wrapper', 'server.ts'),
    );
    await cp(right, path('mutants', 'does-not-start', 'server.ts'));
    await edit(path('mutants', 'ignores-backend', 'answer.md'), 'none-means-none', 'no-such-check');
    const report = await validate(source);
    expect(report.ok).toBe(false);
    const texts = wrong(report).join('\n');
    expect(texts).toContain('mutant never-expires: passes entry-expires, which should reject it');
    expect(texts).toMatch(/mutant one-key: does not start: server\.ts:1/);
    expect(texts).toContain(
      'mutant caches-errors: errors-are-not-cached was skipped: it needs repeat-costs-nothing',
    );
    expect(texts).toContain('mutant does-not-start: starts, and should not');
    expect(texts).toContain('mutant ignores-backend: names no-such-check, which is no check');
    expect(texts).toContain(
      'solution wrapper: seed 11: none-means-none failed: expected 2 calls, got 1 calls',
    );
    expect(texts).toContain('starter starter: passes C1 as it stands');
    for (const check of [
      'entry-expires',
      'subjects-do-not-mix',
      'errors-are-not-cached',
      'none-means-none',
    ]) {
      expect(texts).toContain(`check ${check}: rejects no wrong answer`);
    }
    expect(texts).not.toContain('check repeat-costs-nothing');
  }, 60_000);

  test('of texts and figures: everything is told, and nothing else stops', async () => {
    const { source, path } = await copyCourse();
    await edit(path('lab.ts'), "'Look before you ask.'", "' '");
    await edit(path('lab.ts'), 'points: 60', 'points: 50');
    await edit(path('lab.ts'), "objectives: ['E1']", "objectives: ['E99' as 'E1']");
    await edit(path('lab.ts'), "id: 'welcome'", "id: 'hello'");
    await edit(path('lab.ts'), 'expected: names.length', 'expected: Number.NaN');
    await edit(path('checks.ts'), "id: 'entry-expires'", "id: 'Entry'");
    await edit(path('checks.ts'), "needs: ['repeat-costs-nothing']", "needs: ['nobody']");
    await rm(path('solutions', 'node-cache'), { recursive: true });
    await writeFile(path('mutants', 'one-key', 'answer.md'), 'rejected-by: subjects-do-not-mix\n');
    await writeFile(path('starter', 'server.ts'), 'export {};\n');
    await mkdir(join(source, '01-another'));
    await cp(path('lab.ts'), join(source, '01-another', 'lab.ts'));
    const texts = wrong(await validate(source)).join('\n');
    for (const text of [
      'the number 1 is also that of 01-another',
      'C1 must have three hints, none of them empty',
      'the code exercises have 50 points, not 60',
      'Q1 names the objective E99, which is unknown',
      'lesson.md has no section for the step hello',
      'lesson.md has a section welcome, and there is no such step',
      'Q1, seed 11: the right answer cannot be typed: "NaN" cannot be read: it is no number',
      'the check id "Entry" is not in kebab-case',
      'there is no check "nobody"',
      'there are 2 right answers; there must be 3 at least',
      'the answer.md of one-key gives no reason',
      'starter/server.ts has 1 lines; it should have 30 to 80',
      'lab another: The lab 01-another cannot be loaded: checks.ts: There is no checks.ts',
    ]) {
      expect(texts).toContain(text);
    }
  });

  test('all checks of a wrong answer run where thoroughness is asked for', async () => {
    const { source, path } = await copyCourse();
    await edit(
      path('mutants', 'one-key', 'server.ts'),
      "if (process.env.CACHE_BACKEND === 'none') return load(name);",
      '',
    );
    const { lines } = await validate(source, { thorough: true });
    const text = lines.find(({ name }) => name === 'one-key')?.text;
    expect(text).toMatch(/^rejected by subjects-do-not-mix; also by .*none-means-none/);
  }, 60_000);
});

test('an abort ends the validation with its reason', async () => {
  const controller = new AbortController();
  const place = {
    openStage: ground.openStage,
    workFolder: join(ground.folder, 'proofs'),
    packages: ground.packages,
    signal: controller.signal,
  };
  const onLine = ({ kind }: ValidationLine) => {
    if (kind === 'starter') controller.abort(new Error('enough'));
  };
  await expect(validate(course, { place, onLine })).rejects.toThrow('enough');
});
