import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText } from '../properties.testing.ts';
import { editDistance } from './edit-distance.ts';
import { findLab } from './find-lab.ts';
import type { Catalog } from './types.ts';

const titles = [
  'Measure a miss: cache-aside',
  'Keys and TTL',
  'Two users, one cache',
  'Über C++ & C#',
  'Logs, 2 ways',
];
const labs = titles.map((title, index) => {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return { title, slug, number: index + 1, folderName: `0${index + 1}-${slug}` };
});
const catalog = { labs } as unknown as Catalog;

it('a lab is found by its number, slug, folder and title, in any case and with anything between words', async () => {
  const gap = fc.constantFrom(' ', '-', '_', ', ', '  ', '\t');
  await always(
    [fc.constantFrom(...labs), gap, fc.boolean(), fc.nat(4)],
    (lab, between, upper, noughts) => {
      const names = [lab.slug, lab.folderName, lab.title.replaceAll(/[^\p{L}\p{N}]+/gu, between)];
      for (const name of names)
        expect(findLab(catalog, upper ? name.toUpperCase() : name)).toBe(lab);
      expect(findLab(catalog, '0'.repeat(noughts) + lab.number)).toBe(lab);
    },
  );
});

it('any other name is a wrong command, told in one sentence', async () => {
  const name = fc.oneof(
    anyText(),
    fc.bigInt().map(String),
    fc
      .tuple(fc.constantFrom('a', '-', 'é'), fc.nat(600))
      .map(([part, times]) => part.repeat(times)),
  );
  await always([name], (text) => {
    try {
      expect(labs).toContain(findLab(catalog, text));
    } catch (error) {
      expect(error).toMatchObject({ name: 'CourseError', exitCode: 2 });
    }
  });
});

it('the distance of two texts is one of texts: none to itself, the same both ways, at most a way around', async () => {
  const text = fc.string({ maxLength: 12 });
  await always([text, text, text], (one, other, third) => {
    const distance = editDistance(one, other);
    expect(distance === 0).toBe(one === other);
    expect(editDistance(other, one)).toBe(distance);
    expect(distance).toBeLessThanOrEqual(editDistance(one, third) + editDistance(third, other));
    expect(distance).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
  });
});
