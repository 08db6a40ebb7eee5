import { type AnswerLine, answerLines } from './answer-lines.ts';
import type { Exhibit, SideColumn } from './exhibit.ts';
import type { ProbeRequest } from './server.ts';
import { type Shorten, shortText, shortToken } from './short-text.ts';
import type { SideAnswer, SideBySideOptions } from './side-answer.ts';

/**
 * Two users' answers beside each other: the request, the status, the headers, the fields of the body. What is not the
 * asker's says so: an `owner` of another id, and any text that holds somebody else's mark; a header that holds one is
 * shown in any case. Tokens are shortened.
 */
export function sideBySide(
  left: SideAnswer,
  right: SideAnswer,
  options: SideBySideOptions = {},
): Exhibit {
  const tokens = [left, right].flatMap(({ answer }) => tokenOf(answer.request) ?? []);
  const short: Shorten = (text, longest, seen) =>
    shortText(withoutTokens(text, tokens), longest, seen);
  const sides = [left, right].map((side) => answerLines(side, options, short));
  const width = Math.max(0, ...sides.flat().map(({ label }) => label.length));
  const columnOf = (side: SideAnswer, lines: readonly AnswerLine[]): SideColumn => ({
    heading: side.heading,
    lines: [
      ...requestLines(side, short).map((text) => ({ text })),
      { text: '' },
      { text: String(side.answer.status) },
      ...lines.map(({ label, text, mark }) => ({
        text: `${label.padEnd(width + 3)}${text}`,
        ...(mark !== undefined && { mark }),
      })),
    ],
  });
  const { title, notes, commands } = options;
  return {
    kind: 'side-by-side',
    ...(title !== undefined && { title }),
    columns: [columnOf(left, sides[0] ?? []), columnOf(right, sides[1] ?? [])],
    ...(notes && { notes }),
    ...(commands && { commands }),
  };
}

function requestLines({ user, answer: { request } }: SideAnswer, short: Shorten): string[] {
  const token = tokenOf(request);
  const who = user && `${user.role} ${user.id}`;
  const authorization =
    token === undefined ? 'no token' : `Authorization: Token ${shortToken(token)}`;
  const others = Object.entries(request.headers ?? {}).filter(
    ([name]) => name.toLowerCase() !== 'authorization',
  );
  return [
    `${(request.method ?? 'GET').toUpperCase()} ${request.path}`,
    who === undefined ? authorization : `${authorization}  (${who})`,
    ...others.map(([name, value]) => `${name}: ${short(value, 32)}`),
  ];
}

function tokenOf({ token, headers = {} }: ProbeRequest): string | undefined {
  const name = Object.keys(headers).find((each) => each.toLowerCase() === 'authorization');
  return name === undefined ? token : /^Token (.+)$/i.exec(headers[name] ?? '')?.[1];
}

function withoutTokens(text: string, tokens: readonly string[]): string {
  return tokens.reduce((shown, token) => shown.replaceAll(token, shortToken(token)), text);
}
