/** Nobody nests so deep who means something by it; and all that walks a value still has room on the stack. */
const deepest = 500;

/**
 * `JSON.parse` for what others wrote. JSON.parse itself takes any depth; but whoever then compares, shows or writes the
 * value goes into it by recursion and would end with a full stack. Throws a SyntaxError for what is no JSON or nested
 * deeper than 500 levels.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // A level takes two characters at least, so that short texts need no look.
  if (text.length > 2 * deepest && isTooDeep(text)) {
    throw new SyntaxError(`it is nested deeper than ${deepest} levels`);
  }
  return value;
}

/** Of valid JSON. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
