/**
 * Keys that stand more than once in one object of a JSON text, each named once, in order. JSON.parse keeps the last
 * of them in silence, so that an object from outside could overwrite level, time or reqId of a log line. `json` must be
 * valid. Depth costs no stack, and keys are compared as they are meant: `"a"` and `"\u0061"` are the same.
 */
export function duplicateKeys(json: string): string[] {
  const duplicates = new Set<string>();
  /** One entry for each open bracket: the keys of an object so far, or undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let expectsKey = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      expectsKey = character === '{';
    } else if (character === '}' || character === ']') {
      open.pop();
      expectsKey = false;
    } else if (character === ',') {
      expectsKey = open.at(-1) !== undefined;
    } else if (character === '"') {
      const end = endOfString(json, index);
      const keys = open.at(-1);
      if (expectsKey && keys) {
        const key = meant(json.slice(index, end));
        if (keys.has(key)) duplicates.add(key);
        keys.add(key);
        expectsKey = false;
      }
      index = end - 1;
    }
  }
  return [...duplicates];
}

/** Most keys are written as they are meant: no parser need be asked. */
function meant(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}

/** The index after the closing quote of the string that opens at `start`. */
function endOfString(json: string, start: number): number {
  let index = start + 1;
  while (index < json.length && json[index] !== '"') index += json[index] === '\\' ? 2 : 1;
  return index + 1;
}
