/** A reader of untrusted input: gives what it stands for, or throws a sentence that names what is wrong. */
export type Parse<T> = (input: unknown, what: string) => T;

type Readers<T> = { [Name in keyof T]: Parse<T[Name]> };

function wrong(what: string, expected: string): never {
  throw new TypeError(`${what}: ${expected} is expected`);
}

export const text: Parse<string> = (input, what) =>
  typeof input === 'string' ? input : wrong(what, 'a text');

export const truth: Parse<boolean> = (input, what) =>
  typeof input === 'boolean' ? input : wrong(what, 'true or false');

export function number(low: number, high = Number.MAX_SAFE_INTEGER): Parse<number> {
  return (input, what) =>
    typeof input === 'number' && input >= low && input <= high
      ? input
      : wrong(what, `a number from ${low} to ${high}`);
}

export function whole(low: number, high = Number.MAX_SAFE_INTEGER): Parse<number> {
  return (input, what) =>
    Number.isInteger(number(low, high)(input, what))
      ? Number(input)
      : wrong(what, 'a whole number');
}

export function oneOf<T extends string>(values: readonly T[]): Parse<T> {
  return (input, what) => values.find((value) => value === input) ?? wrong(what, values.join(', '));
}

export const textByName: Parse<Record<string, string>> = (input, what) => {
  const entries = Object.entries(object(input, what));
  return Object.fromEntries(entries.map(([name, value]) => [name, text(value, `${what}.${name}`)]));
};

export function list<T>(each: Parse<T>): Parse<T[]> {
  return (input, what) =>
    Array.isArray(input)
      ? input.map((item, index) => each(item, `${what}.${index}`))
      : wrong(what, 'a list');
}

/** Reads the fields that are named; an optional one may be absent and stays so; one of another name is an error. */
export function fields<Needed extends object>(needed: Readers<Needed>): Parse<Needed>;
export function fields<Needed extends object, Optional extends object>(
  needed: Readers<Needed>,
  optional: Readers<Optional>,
): Parse<Needed & Partial<Optional>>;
export function fields(needed: Readers<object>, optional: Readers<object> = {}): Parse<object> {
  const readers = new Map<string, Parse<unknown>>(Object.entries({ ...needed, ...optional }));
  return (input, what) => {
    const given = new Map(
      Object.entries(object(input, what)).filter(([, value]) => value !== undefined),
    );
    for (const name of given.keys()) if (!readers.has(name)) wrong(what, `no ${name}`);
    for (const name of Object.keys(needed)) if (!given.has(name)) wrong(what, name);
    const read = [...given].map(([name, value]) => [
      name,
      readers.get(name)?.(value, `${what}.${name}`),
    ]);
    return Object.fromEntries(read);
  };
}

function object(input: unknown, what: string): object {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) wrong(what, 'an object');
  return input;
}
