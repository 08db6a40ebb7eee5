import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CourseError } from '../errors.ts';
import { always, anyText, mutated } from '../properties.testing.ts';
import { progressFile, stateFolder } from './paths.ts';
import {
  emptyProgress,
  recordAnswer,
  recordAttempt,
  recordHint,
  recordPosition,
} from './progress.ts';
import { readProgress, updateProgress } from './progress-file.ts';
import { temporaryFolder } from './test-support.ts';
import type { Progress } from './types.ts';

/** No exercise is called by what every object has. */
const name = fc.oneof(fc.constantFrom('C1', 'Q1', 'Q2'), anyText(8)).filter((id) => !(id in {}));
const points = fc.nat(100);
const at = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());

const attempt = fc.record({
  exercise: name,
  at,
  seed: fc.integer({ min: 1, max: 999_999 }),
  points,
  possible: points,
  notJudged: points,
  passed: fc.boolean(),
  failed: fc.array(anyText(8), { maxLength: 3 }),
  hash: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), maxLength: 64 }),
});

type Change = (progress: Progress) => Progress;

const lab = fc.integer({ min: 1, max: 12 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(lab, attempt).map(
    ([n, made]): Change =>
      (before) =>
        recordAttempt(before, n, made),
  ),
  fc.tuple(lab, name, fc.record({ given: anyText(), at, points })).map(
    ([n, id, answer]): Change =>
      (before) =>
        recordAnswer(before, n, id, answer),
  ),
  fc.tuple(lab, name).map(
    ([n, id]): Change =>
      (before) =>
        recordHint(before, n, id),
  ),
  fc.tuple(lab, fc.record({ step: name, run: fc.nat() })).map(
    ([n, position]): Change =>
      (before) =>
        recordPosition(before, n, position),
  ),
);
const progress = fc
  .array(change, { maxLength: 6 })
  .map((changes) => changes.reduce((before, next) => next(before), emptyProgress));

/** As JSON has it: what is undefined is not there. */
const asStored = (value: unknown) =>
  JSON.parse(JSON.stringify({ version: 1, ...(value as object) }));

async function place() {
  const root = await temporaryFolder();
  mkdirSync(stateFolder(root), { recursive: true });
  const write = (text: string | Uint8Array) => writeFileSync(progressFile(root), text);
  return { root, write };
}

it('what was written is read, whatever the names in it', async () => {
  const { root, write } = await place();
  await always(
    [progress],
    async (given) => {
      write('{"version":1,"labs":{}}');
      await updateProgress({ root }, () => given);
      expect(asStored(await readProgress({ root }))).toEqual(asStored(given));
    },
    0.1,
  );
});

it('a file edited by hand is read or kept beside, and what is read can be written and read again', async () => {
  const { root, write } = await place();
  const texts = fc.oneof(
    progress.chain((given) => mutated(asStored(given))).map((json) => JSON.stringify(json)),
    fc.tuple(progress, fc.double({ min: 0, max: 1, noNaN: true })).map(([given, share]) => {
      const text = JSON.stringify(asStored(given));
      return text.slice(0, Math.floor(share * text.length));
    }),
    fc
      .tuple(progress, fc.constantFrom('1e999', '-1e999', '[[[[]]]]', '1e400', '"1"', 'null', '-1'))
      .map(([given, other]) =>
        JSON.stringify(asStored(given)).replace(/:(\d+|true|false)/, `:${other}`),
      ),
    anyText(),
    fc.nat(30_000),
  );
  const nested = (depth: number) =>
    `{"version":1,"labs":{},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  await always(
    [texts],
    async (given) => {
      const text = typeof given === 'number' ? nested(given) : given;
      write(text);
      const warned: string[] = [];
      let read: Progress;
      try {
        read = await readProgress({ root }, (sentence) => warned.push(sentence));
      } catch (error) {
        expect(error).toMatchObject({
          name: 'CourseError',
          exitCode: 3,
        } satisfies Partial<CourseError>);
        // It was left as it is.
        expect(readFileSync(progressFile(root), 'utf8')).toBe(Buffer.from(text).toString());
        return;
      }
      if (warned.length > 0) {
        expect(read).toEqual(emptyProgress);
        const folder = dirname(progressFile(root));
        const [kept = ''] = readdirSync(folder).filter((entry) => entry.includes('damaged'));
        expect(readFileSync(`${folder}/${kept}`, 'utf8')).toBe(Buffer.from(text).toString());
        rmSync(`${folder}/${kept}`);
        return;
      }
      await updateProgress({ root }, (before) => before);
      expect(asStored(await readProgress({ root }))).toEqual(asStored(read));
    },
    0.2,
  );
});
