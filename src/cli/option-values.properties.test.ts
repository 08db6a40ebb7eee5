import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText } from '../properties.testing.ts';
import { answersForLab } from './lesson-prompts.ts';
import { decimalNumber, levelName, namedAnswer, runNumbers, wholeNumber } from './option-values.ts';

const text = fc.oneof(
  anyText(12),
  fc.stringMatching(/^[0-9.+\-e,_x ]{0,10}$/),
  fc.constantFrom(
    '٣',
    '１２',
    '1e3',
    '0x10',
    ' 5',
    '5 ',
    '5.',
    '.5',
    'NaN',
    'Infinity',
    '9'.repeat(400),
  ),
);

function orRefused<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidArgumentError);
    return undefined;
  }
}

it('a number is read where it is written with digits and lies within, and refused otherwise', async () => {
  await always(
    [fc.nat(1000), fc.nat(1000), fc.integer({ min: -100, max: 3000 })],
    (low, more, value) => {
      const within = value >= low && value <= low + more;
      const whole = orRefused(() => wholeNumber(low, low + more)(String(value)));
      expect(whole).toBe(within ? value : undefined);
      const decimal = orRefused(() => decimalNumber(low, low + more)(`${value}.50`));
      expect(decimal).toBe(value >= low && value + 0.5 <= low + more ? value + 0.5 : undefined);
    },
  );
});

it('any other text is refused, and what is read lies within', async () => {
  await always([text], (typed) => {
    const whole = orRefused(() => wholeNumber(1, 50)(typed));
    if (whole !== undefined)
      expect(Number.isInteger(whole) && whole >= 1 && whole <= 50 && /^[0-9]+$/.test(typed)).toBe(
        true,
      );
    const decimal = orRefused(() => decimalNumber(1, 60)(typed));
    if (decimal !== undefined) expect(decimal >= 1 && decimal <= 60).toBe(true);
    orRefused(() => levelName(typed));
    orRefused(() => runNumbers(typed, [1]));
  });
});

it('answers are collected by name, the last of equal names, whatever they are called', async () => {
  const name = fc.oneof(
    fc.constantFrom('1.Q1', 'Q1', '__proto__', 'constructor', 'guess'),
    fc.stringMatching(/^[^=\0]{1,8}$/),
  );
  const answer = anyText(12).filter((each) => each !== '' && !each.trim().startsWith('@'));
  await always([fc.array(fc.tuple(name, answer), { maxLength: 6 })], (pairs) => {
    let given: Readonly<Record<string, string>> | undefined;
    for (const [key, value] of pairs) given = namedAnswer(`${key}=${value}`, given);
    expect(new Map(Object.entries(given ?? {}))).toEqual(new Map(pairs));
    const bare = answersForLab(given, 1, '/');
    expect(
      Object.keys(bare).every(
        (key) => !key.startsWith('1.') || Object.hasOwn(given ?? {}, `1.${key}`),
      ),
    ).toBe(true);
  });
});
