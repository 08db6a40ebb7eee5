import type { Answer } from 'course-labs/kit';

/** What a line of a stack looks like in JavaScript, Python and Java: enough to know one that is not in the log. */
const shapes = [
  /\bat [^\n]{0,200}\([^()\n]*[./\\][^()\n]*:\d+:\d+\)/,
  /\bat (async )?(file:|node:|\/)[^\s"]*:\d+:\d+/,
  /Traceback \(most recent call last\)/,
  /\.java:\d+\)/,
];

/** Shorter lines may turn up in an answer by chance. */
const leastLength = 12;

/** The first line of the stack that an answer holds in its body or a header; undefined where it holds none. */
export function stackIn(
  { headers, text }: Pick<Answer, 'headers' | 'text'>,
  stack: unknown,
): string | undefined {
  const places = [text, ...Object.values(headers).flat()].map(unescaped);
  // The first line is the message, which may be told.
  const lines = typeof stack === 'string' ? stack.split('\n').slice(1) : [];
  const known = lines.map((line) => line.trim()).filter(({ length }) => length >= leastLength);
  const line = known.find((each) => places.some((place) => place.includes(each)));
  return line ?? shapes.flatMap((shape) => places.flatMap((place) => shape.exec(place) ?? []))[0];
}

/** A text inside JSON has its quotes and its line breaks escaped. */
function unescaped(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\\"', '"').replaceAll('\\\\', '\\');
}
