import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CourseError } from '../errors.ts';
import type { AnswerFormat, Option } from '../kit/index.ts';
import { always, anyText } from '../properties.testing.ts';
import { number as printed } from '../render/format.ts';
import { howToWrite, parseAnswer } from './answer-text.ts';
import { judgeAnswer } from './judge-question.ts';

const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?$/), {
  minLength: 1,
  maxLength: 6,
});
const optionsOf = (names: readonly string[]): Option[] => names.map((id) => ({ id, text: id }));
const unit = fc.constantFrom(undefined, '%', 'calls', 'req/s', 'ms', 's', 'MB', '×');

const numberFormat = (expected: number, of?: string): AnswerFormat => ({
  kind: 'number',
  expected,
  ...(of !== undefined && { unit: of }),
  tolerance: { absolute: 0 },
});

const format: fc.Arbitrary<AnswerFormat> = fc.oneof(
  fc
    .tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), unit)
    .map(([n, u]) => numberFormat(n, u)),
  ids.chain((names) =>
    fc
      .constantFrom(...names)
      .map((expected) => ({ kind: 'choice' as const, options: optionsOf(names), expected })),
  ),
  fc.tuple(ids, ids, fc.boolean(), fc.nat()).map(([items, places, partialCredit, shift]) => ({
    kind: 'match' as const,
    items: optionsOf(items),
    places: optionsOf(places),
    expected: Object.fromEntries(
      items.map((id, index) => [id, places[(index + shift) % places.length] ?? '']),
    ),
    partialCredit,
  })),
  ids.map((names) => ({
    kind: 'order' as const,
    items: optionsOf(names),
    expected: names.toReversed(),
  })),
  ids.chain((names) =>
    fc
      .subarray(names)
      .map((expected) => ({ kind: 'set' as const, items: optionsOf(names), expected })),
  ),
  anyText(12)
    .filter((text) => text.trim() !== '')
    .map((expected) => ({ kind: 'text' as const, expected })),
);

/** The right answer as somebody types it. */
function rightAnswer(asked: AnswerFormat): string {
  switch (asked.kind) {
    case 'number':
      return String(asked.expected);
    case 'match':
      return Object.entries(asked.expected)
        .map(([item, where]) => `${item}=${where}`)
        .join(',');
    case 'order':
      return asked.expected.join('>');
    case 'set':
      return asked.expected.join(',') || 'none';
    case 'message':
      return asked.example;
    default:
      return asked.expected;
  }
}

const space = fc.constantFrom('', ' ', '\t', '  ', '\n', '\u00a0');

it('the right answer is right, in any case and with spaces around its parts', async () => {
  await always([format, space, fc.boolean()], (asked, gap, upper) => {
    const text = rightAnswer(asked).replace(/[=,>]/g, (mark) =>
      asked.kind === 'text' ? mark : `${gap}${mark}${gap}`,
    );
    const cased =
      upper && asked.kind !== 'text' && asked.kind !== 'number' ? text.toUpperCase() : text;
    expect(judgeAnswer(`${gap}${cased}${gap}`, asked, 7)).toEqual({ outcome: 'right', points: 7 });
  });
});

it('how it is said to be written can be read', async () => {
  await always([format], (asked) => {
    const example = howToWrite(asked).replace(/ \(or none\)$/, '');
    for (const one of example.split(/ or |, (?=98)/)) {
      expect(parseAnswer(one, asked).kind).toBe(asked.kind);
    }
  });
});

it('a number is read as it was printed: with its unit, with commas, in percent, with an exponent', async () => {
  const value = fc.oneof(
    fc.integer(),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const read = (text: string, of?: string) => {
    const given = parseAnswer(text, numberFormat(0, of));
    return given.kind === 'number' ? given.value : Number.NaN;
  };
  await always([value, unit, fc.nat(6)], (wanted, of, digits) => {
    const suffix = of === undefined ? '' : ` ${of}`;
    expect(read(`${wanted}${suffix}`, of)).toBeCloseTo(wanted, 10);
    expect(read(wanted.toExponential(), of) === wanted).toBe(true);
    if (Math.abs(wanted) < 1e15) {
      const grouped = printed(wanted, digits);
      expect(read(grouped + suffix, of)).toBe(Number(grouped.replaceAll(',', '')));
      expect(read(`${grouped} %`)).toBe(Number(grouped.replaceAll(',', '')) / 100);
    }
  });
});

it('a comma is read between thousands, and nowhere else', async () => {
  const digits = fc.stringMatching(/^[0-9]{1,4}$/);
  await always([fc.array(digits, { minLength: 2, maxLength: 4 })], (groups) => {
    const [first = '', ...rest] = groups;
    // Nobody writes 0,985 for 985: a comma after a nought is a decimal point.
    const isGrouped = /^[1-9]\d{0,2}$/.test(first) && rest.every((group) => group.length === 3);
    const text = groups.join(',');
    if (isGrouped) {
      expect(parseAnswer(text, numberFormat(0))).toEqual({
        kind: 'number',
        value: Number(groups.join('')),
      });
    } else {
      expect(() => parseAnswer(text, numberFormat(0))).toThrow(CourseError);
    }
  });
});

it('anything else is judged within its points or refused as a wrong command, and long texts take no time', async () => {
  const typed = fc.oneof(
    anyText(),
    fc.stringMatching(/^[0-9,.e%+\- ]{0,12}$/),
    fc.constantFrom(
      '٣',
      '１２',
      '½',
      '1_000',
      '0x1f',
      '1e309',
      '-0',
      '+',
      '%',
      '∞',
      '1.2.3',
      '1,,000',
    ),
    fc
      .tuple(fc.constantFrom('1', ',111', 'a=b,', 'a>', ' ', '%', 'e', '9.'), fc.nat(20_000))
      .map(([part, times]) => part.repeat(times)),
  );
  await always([typed, format, fc.integer({ min: 1, max: 40 })], (text, asked, possible) => {
    try {
      const { outcome, points } = judgeAnswer(text, asked, possible);
      expect(Number.isInteger(points) && points >= 0 && points <= possible).toBe(true);
      expect(points === possible).toBe(outcome === 'right');
    } catch (error) {
      expect(error).toMatchObject({ name: 'CourseError', exitCode: 2 });
    }
  });
});
