import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, isWellFormed } from '../properties.testing.ts';
import { findMarks } from './marks.ts';
import { createRandom } from './random.ts';

/** As the school draws them, and as awkward as a name may be. */
const mark = fc.oneof(
  fc.integer().map((seed) => {
    const random = createRandom(seed);
    return `${random.text(4)}-${random.text(4)}-${random.text(4)}`;
  }),
  fc.string({ unit: 'grapheme', minLength: 9, maxLength: 20 }).filter(isWellFormed),
);
const bytes = fc.uint8Array({ maxLength: 12 }).map((each) => Buffer.from(each));
const everyByte = (text: string, upper: boolean) =>
  [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .map((code) => (upper ? code.toUpperCase() : code))
    .join('');

it('finds a mark wherever it is hidden: raw, percent-encoded, in base64 at any alignment', async () => {
  await always(
    [mark, anyText(), anyText(), bytes, bytes, fc.constantFrom('base64', 'base64url')],
    (hidden, before, after, bytesBefore, bytesAfter, alphabet) => {
      const marks = { owner: [hidden] };
      const inside = Buffer.concat([bytesBefore, Buffer.from(hidden), bytesAfter]);
      const forms = [
        hidden,
        encodeURIComponent(hidden),
        encodeURIComponent(hidden).toLowerCase(),
        everyByte(hidden, false),
        everyByte(hidden, true),
        inside.toString(alphabet as 'base64'),
      ];
      for (const form of forms) {
        expect(findMarks(before + form + after, marks), form).toMatchObject([
          { owner: 'owner', mark: hidden },
        ]);
      }
    },
  );
});

it('finds no mark that does not stand there, whole: not its parts, not where it was cut in two', async () => {
  const seeds = fc.integer();
  await always([seeds, fc.integer({ min: 1, max: 13 }), anyText()], (seed, cut, between) => {
    const random = createRandom(seed);
    const canary = `${random.text(4)}-${random.text(4)}-${random.text(4)}`;
    const parts = [canary.slice(0, cut), canary.slice(cut)];
    // Percent-encoding knows no case, and a Y beside the cut would stand for the y that was cut off.
    const text = parts.join(`!${between}!`);
    expect(findMarks(text, { owner: [canary] })).toEqual([]);
    const encoded = parts.map((part) => Buffer.from(part).toString('base64')).join('.');
    expect(findMarks(`${encoded} ${everyByte(text, false)}`, { owner: [canary] })).toEqual([]);
  });
});

it('names the owners of all marks that stand there, and no others', async () => {
  await always([fc.integer(), fc.array(fc.nat(9), { maxLength: 6 })], (seed, planted) => {
    const random = createRandom(seed);
    const marks = Object.fromEntries(
      Array.from({ length: 10 }, (_, owner) => [
        `user ${owner}`,
        [random.text(14), random.text(14)],
      ]),
    );
    const text = planted.map((owner) => marks[`user ${owner}`]?.[owner % 2]).join(' and ');
    const owners = findMarks(text, marks).map(({ owner }) => owner);
    expect(owners).toEqual([...new Set(planted)].sort().map((owner) => `user ${owner}`));
  });
});
