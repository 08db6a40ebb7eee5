import fc from 'fast-check';

/** How many cases each property is tried with: `CASES=100000 npm test -- properties` tries more. */
export const cases = Number(process.env.CASES ?? 1000);

/** A case that takes longer counts as one that hangs: the slowest take a tenth of a second, on a busy machine a second. */
const longestCaseMs = 10_000;

/** One arbitrary for each argument of a property. */
type Arbitraries<Values> = { [Index in keyof Values]: fc.Arbitrary<Values[Index]> };

/**
 * Tries a property with drawn values. Where it fails, fast-check prints the smallest counterexample with the seed and the
 * path that bring it back. `share`: of the cases, where each one asks the file system or a socket.
 */
export async function always<Values extends [unknown, ...unknown[]]>(
  arbitraries: Arbitraries<Values>,
  holds: (...values: Values) => void | Promise<void>,
  share = 1,
): Promise<void> {
  const all = fc.tuple(...(arbitraries as Arbitraries<unknown[]>)) as fc.Arbitrary<unknown[]>;
  const property = fc.asyncProperty(all, async (values) => {
    const beganAtMs = performance.now();
    await holds(...(values as Values));
    const tookMs = performance.now() - beganAtMs;
    if (tookMs > longestCaseMs) throw new Error(`one case took ${Math.round(tookMs)} ms`);
  });
  const numRuns = Math.max(1, Math.round(cases * share));
  // `timeout` ends a case that waits for ever; one that computes for ever shows as a test that does not end.
  await fc.assert(property, { numRuns, timeout: 2 * longestCaseMs });
}

/** Characters that trip programs which take text for what it seems to be. */
const awkward = [
  '\0',
  '\x07',
  '\x1b[31m',
  '\x1b]0;title\x07',
  '\x7f',
  '\x9b2J',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\b',
  '\u00a0',
  '\u00ad',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\udc00',
  'é',
  'e\u0301',
  '界',
  '👩‍🎓',
  '🇫🇷',
  '١',
  '１',
  '%',
  '%2F',
  '%zz',
  '\\',
  '"',
  "'",
  '`',
  '$(id)',
  '{',
  '}',
  '[',
  '../',
  '//',
  '.',
  '-',
  '--',
  '=',
  ',',
  ';',
  '<',
  '>',
  '&',
  '*',
  '#',
  ' ',
  '__proto__',
  'constructor',
];

/** Any text: of plain letters, of all of Unicode, lone surrogates included, and of what is awkward. */
export const anyText = (maxLength = 40): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ maxLength }),
    fc.string({ unit: 'binary', maxLength }),
    fc
      .array(fc.oneof(fc.constantFrom(...awkward), fc.string({ maxLength: 4 })), {
        maxLength: Math.ceil(maxLength / 4),
      })
      .map((parts) => parts.join('')),
  );

/** As UTF-8 has it: without lone surrogates. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

export function isWellFormed(text: string): boolean {
  return wellFormed(text) === text;
}

/** The same bytes in pieces: `cuts` are shares of the whole. */
export function inPieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b);
  return [0, ...places].map((place, index) => bytes.subarray(place, places[index]));
}

/** Where something is cut, as shares of the whole. */
export const cuts: fc.Arbitrary<number[]> = fc.array(
  fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true }),
  { maxLength: 12 },
);

/** A JSON value with something in it changed: another type, something gone, something more. */
export function mutated<Json>(value: Json): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'put', 'add'), anyJson), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => changes.reduce<unknown>(changeOne, structuredClone(value)));
}

const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 0.5, 1e308, -0, 2 ** 53, '', 'x', [], {}, [null], [[]]),
  anyText(12),
  fc.jsonValue({ maxDepth: 2 }),
);

type Change = readonly [number, string, unknown];

function changeOne(value: unknown, [which, how, other]: Change): unknown {
  const spots = spotsIn(value);
  const spot = spots[which % Math.max(1, spots.length)];
  if (spot === undefined || which % 50 === 0) return other;
  const { holder, key } = spot;
  if (how === 'drop') Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key];
  else if (how === 'put') holder[key] = other;
  else if (Array.isArray(holder)) holder.push(other);
  else holder[`${key}-2`] = other;
  return value;
}

type Holder = Record<string, unknown> | (unknown[] & Record<string, unknown>);

function spotsIn(value: unknown): { holder: Holder; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...spotsIn(holder[key])]);
}
