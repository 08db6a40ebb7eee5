/** Two JSON values are equal: objects whatever the order of their keys, arrays and texts exactly. */
export function sameJson(left: unknown, right: unknown): boolean {
  return jsonDifference(left, right) === undefined;
}

/** Where two JSON values first differ, in words that can stand one under the other in a failure. */
export interface JsonDifference {
  /** `students.0.name`; empty where the values differ as a whole. */
  path: string;
  /** `mean: 71.25`, or `mean: nothing` where it is absent. */
  expected: string;
  /** The same of the other value: `mean: 71.5`. */
  actual: string;
}

/** The first difference in the order of the expected value's keys; undefined where there is none. */
export function jsonDifference(
  expected: unknown,
  actual: unknown,
  path: readonly string[] = [],
): JsonDifference | undefined {
  if (expected === actual) return undefined;
  if (!isContainer(expected) || !isContainer(actual) || isArray(expected) !== isArray(actual)) {
    return { path: path.join('.'), expected: told(path, expected), actual: told(path, actual) };
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const found = jsonDifference(own(expected, key), own(actual, key), [...path, key]);
    if (found) return found;
  }
  return undefined;
}

type Container = Readonly<Record<string, unknown>>;

const isArray = (value: unknown): boolean => Array.isArray(value);

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/** Only what the value itself holds: a key may be as awkward as `constructor`. */
function own(value: Container, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

const longestValue = 80;

function told(path: readonly string[], value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  const short = text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
  return path.length === 0 ? short : `${path.join('.')}: ${short}`;
}
