import { type FlatField, flatFields, shortLabels } from './flat-fields.ts';
import { findMarks } from './marks.ts';
import type { Shorten } from './short-text.ts';
import type { SideAnswer, SideBySideOptions } from './side-answer.ts';

/** One header or field of an answer. */
export interface AnswerLine {
  label: string;
  text: string;
  /** In words, why it is not the asker's. */
  mark: string | undefined;
}

const mostFields = 8;
const longestText = 32;
/** Where a remark stands behind the text, so that two columns find room beside each other. */
const longestMarked = 24;

/** The headers of interest, then the fields of the body. */
export function answerLines(
  { user, answer }: SideAnswer,
  { marks = {}, headers: wanted = ['set-cookie'], fields: paths }: SideBySideOptions,
  short: Shorten,
): AnswerLine[] {
  const isForeign = ({ owner }: { owner: string }) => owner !== user?.username;
  const lineOf = ({ path, value }: FlatField, label: string): AnswerLine => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const found = findMarks(text, marks);
    const seen = found.find(isForeign) ?? found[0];
    const isOthers = path.split('.').at(-1) === 'owner' && value !== user?.id;
    return {
      label,
      text: short(text, seen ? longestMarked : longestText, seen?.mark),
      mark:
        seen && isForeign(seen)
          ? `${seen.owner}'s mark`
          : isOthers
            ? `not ${user?.username ?? 'theirs'}`
            : undefined,
    };
  };

  const headers = Object.entries(answer.headers)
    .flatMap(([path, values]) => [values].flat().map((value) => ({ path, value })))
    .filter(({ path, value }) => wanted.includes(path) || findMarks(value, marks).some(isForeign))
    .toSorted((one, other) => rank(one.path, wanted) - rank(other.path, wanted));
  const all = answer.json === undefined ? textFields(answer.text) : flatFields(answer.json);
  const shown = paths
    ? paths.flatMap((path) => all.find((field) => field.path === path) ?? [])
    : all.slice(0, mostFields);
  const labels = shortLabels(shown.map(({ path }) => path));
  const rest = all.filter((field) => !shown.includes(field));
  return [
    ...headers.map((header) => lineOf(header, header.path)),
    ...shown.map((field, index) => lineOf(field, labels[index] ?? field.path)),
    ...restLine(rest.map((field) => lineOf(field, field.path))),
  ];
}

/** What is not shown is counted, and what leaks in it is told. */
function restLine(rest: readonly AnswerLine[]): AnswerLine[] {
  if (rest.length === 0) return [];
  const leaks = new Set(rest.flatMap(({ mark }) => mark ?? []));
  const text = `${rest.length} more ${rest.length === 1 ? 'field' : 'fields'}`;
  return [{ label: '…', text, mark: leaks.size === 0 ? undefined : [...leaks].join(', ') }];
}

/** A body that is no JSON, as one field; none where it is empty. */
function textFields(text: string): readonly FlatField[] {
  return text === '' ? [] : [{ path: 'body', value: text }];
}

function rank(name: string, wanted: readonly string[]): number {
  const index = wanted.indexOf(name);
  return index < 0 ? wanted.length : index;
}
