/**
 * Puts figures into a lesson's text: `{{name}}` becomes the value of that name. Throws on a name without a value,
 * since a lesson that shows a gap claims something that was not measured.
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{([a-z0-9-]+)\}\}/gi, (_, name: string) => {
    // A name such as `constructor` has a value in every object.
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`the lesson asks for {{${name}}}, which has no value`);
    return typeof value === 'number' ? figure(value) : value;
  });
}

/** Whole numbers whole; others with three digits that count, and never fewer than stand before the point. */
function figure(value: number): string {
  const digits =
    Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  if (Math.abs(value) > 0 && Math.abs(value) < 0.1) {
    return value.toLocaleString('en', { maximumSignificantDigits: 3 });
  }
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
