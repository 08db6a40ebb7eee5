import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, wellFormed } from '../properties.testing.ts';
import { flatFields, shortLabels } from './flat-fields.ts';
import { isJsonType } from './json-type.ts';
import { jsonDifference, sameJson } from './same-json.ts';
import { shortText } from './short-text.ts';

const json = fc.jsonValue({ maxDepth: 4 });
/** As JSON.parse gives it: `__proto__` is a key like others. */
const parsed = json.map((value) => JSON.parse(JSON.stringify(value)));

it('a value is the same as itself, in whatever order its keys stand', async () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, turned(item)]),
    );
  };
  await always([parsed], (value) => {
    expect(sameJson(value, turned(value))).toBe(true);
    expect(sameJson(value, structuredClone(value))).toBe(true);
  });
});

it('two values differ where their texts do, and the difference tells a place where they do', async () => {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => ({ key, item: sorted(item) }));
  };
  await always([parsed, parsed], (left, right) => {
    const kind = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);
    const same =
      JSON.stringify([kind(left), sorted(left)]) === JSON.stringify([kind(right), sorted(right)]);
    const difference = jsonDifference(left, right);
    if (same) expect(difference).toBeUndefined();
    else if (difference !== undefined)
      expect(difference.expected.length).toBeLessThan(200 + difference.path.length);
    expect(jsonDifference(right, left) === undefined).toBe(difference === undefined);
  });
});

it('every value of a document has its path, and labels tell paths apart', async () => {
  const leaves = (value: unknown): number => {
    const items = typeof value === 'object' && value !== null ? Object.values(value) : [];
    return items.length === 0 ? 1 : items.reduce((sum: number, item) => sum + leaves(item), 0);
  };
  await always([parsed], (value) => {
    const fields = flatFields(value);
    expect(fields).toHaveLength(leaves(value));
    const paths = [...new Set(fields.map(({ path }) => path))];
    const labels = shortLabels(paths);
    expect(new Set(labels).size).toBe(paths.length);
    expect(labels.every((label, index) => `.${paths[index]}`.endsWith(`.${label}`))).toBe(true);
  });
});

it('a shortened text is one line, no longer than it may be, and shows what was to be seen', async () => {
  await always(
    [anyText(60), anyText(8), anyText(60), fc.integer({ min: 12, max: 40 })],
    (before, seen, after, longest) => {
      // At least a mark of omission stands on either side.
      const mark = [...wellFormed(seen).replaceAll(/\s/g, '')].slice(0, longest - 2).join('');
      const short = shortText(wellFormed(before) + mark + wellFormed(after), longest, mark);
      expect([...short].length).toBeLessThanOrEqual(longest);
      expect(short).not.toMatch(/[\r\n\t]/);
      expect(short).toContain(mark);
    },
  );
});

it('a content type is JSON where its name or its suffix says so, whatever parameters follow', async () => {
  const token = fc.stringMatching(/^[a-z0-9.-]{1,12}$/);
  await always([token, token, fc.boolean()], (name, parameter, upper) => {
    const cased = (text: string) => (upper ? text.toUpperCase() : text);
    const of = (type: string) => isJsonType({ headers: { 'content-type': cased(type) } });
    for (const rest of ['', `;charset=${parameter}`, ` ; q="${parameter}"`]) {
      expect(of(`application/json${rest}`)).toBe(true);
      expect(of(`application/${name}+json${rest}`)).toBe(true);
      expect(of(`text/${name}${rest}`)).toBe(false);
      expect(of(`application/json${name}${rest}`)).toBe(false);
    }
  });
});
