/** Names under which a secret can stand, at any depth, in any spelling. */
const telling = /pass|token|key|secret|cookie|authorization|combination|config/i;
const longest = 100;
const deepest = 6;

/** A copy without secrets, in which no text is longer than a line is wide. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.split('?')[0]?.slice(0, longest);
  if (value instanceof Error)
    return { type: value.name, message: value.message, stack: value.stack };
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => scrub(item, depth + 1));
  // Requests and replies have serializers of their own.
  if (!isPlain(value)) return value;
  if (depth > deepest) return '[deep]';
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      telling.test(name) ? '[censored]' : scrub(item, depth + 1),
    ]),
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
