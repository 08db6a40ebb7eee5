/** One value of a JSON document. */
export interface FlatField {
  /** `results.0.note`; `body` for a document that is a single value. */
  path: string;
  /** A text, number, boolean or null; an array or object only where it is empty. */
  value: unknown;
}

/** All values of a JSON document in its own order, each with its path. */
export function flatFields(json: unknown): readonly FlatField[] {
  return fieldsIn(json, []);
}

function fieldsIn(value: unknown, path: readonly string[]): FlatField[] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) return [{ path: path.join('.') || 'body', value }];
  return entries.flatMap(([key, item]) => fieldsIn(item, [...path, key]));
}

/** For each path the shortest end of it, by whole parts, that no other path has: `note`, or `0.note` and `1.note`. */
export function shortLabels(paths: readonly string[]): readonly string[] {
  return paths.map((path, index) => {
    const parts = path.split('.');
    const ends = parts.map((_, length) => parts.slice(-1 - length).join('.'));
    const isUnique = (end: string) =>
      paths.every((other, at) => at === index || !`.${other}`.endsWith(`.${end}`));
    return ends.find(isUnique) ?? path;
  });
}
