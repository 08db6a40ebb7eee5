import { readFile } from 'node:fs/promises';
import { usageError } from '../errors.ts';
import { editDistance } from './edit-distance.ts';

/** A word of the field. */
export interface Term {
  /** `single flight` */
  term: string;
  /** Other names for it. */
  also: readonly string[];
  /** The number of the lab where it is seen. */
  lab: number;
  /** What it is in Django; Markdown. */
  django: string;
  /** What it means; Markdown. */
  text: string;
}

/** Reads glossary.md: `## term`, then lines of `lab:`, `django:` and `also:`, then what it means. In alphabetical order. */
export async function loadGlossary(file: string): Promise<readonly Term[]> {
  return parseGlossary(await readFile(file, 'utf8'));
}

/** Throws where an entry lacks something, or a name stands twice. */
export function parseGlossary(markdown: string): readonly Term[] {
  const [, ...sections] = markdown.split(/^## /m);
  const terms = sections.map(parseTerm);
  const names = terms.flatMap(namesOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`the glossary has "${twice}" twice`);
  return terms.sort((left, right) => left.term.localeCompare(right.term, 'en'));
}

function parseTerm(section: string): Term {
  const [term = '', ...lines] = section.trim().split(/\r?\n/);
  const fields = new Map<string, string>();
  while (lines[0] !== undefined) {
    const [, name, value] = /^(lab|django|also): (.+)$/.exec(lines[0]) ?? [];
    if (name === undefined || value === undefined) break;
    fields.set(name, value);
    lines.shift();
  }
  const [lab, django, text] = [Number(fields.get('lab')), fields.get('django'), lines.join('\n')];
  if (!Number.isInteger(lab) || django === undefined || text.trim() === '') {
    throw new Error(`the glossary's entry "${term}" needs lab, django and a text`);
  }
  const also = fields.get('also')?.split(', ') ?? [];
  return { term, also, lab, django, text: text.trim() };
}

/** Finds a term by its name, another name of it, or a part that no other has. Throws a usage error with what is near. */
export function findTerm(terms: readonly Term[], name: string): Term {
  const wanted = plain(name);
  const exact = terms.find((each) => namesOf(each).includes(wanted));
  const parts = terms.filter((each) => namesOf(each).some((one) => one.includes(wanted)));
  const found = exact ?? (parts.length === 1 ? parts[0] : undefined);
  if (found !== undefined && wanted !== '') return found;
  const near = parts.length > 1 && wanted !== '' ? parts : nearest(terms, wanted);
  throw usageError(
    `The glossary has no "${name}".`,
    near.length > 0
      ? `Did you mean ${near.map(({ term }) => term).join(', ')}?`
      : 'All of them: course-labs glossary',
  );
}

function nearest(terms: readonly Term[], wanted: string): readonly Term[] {
  const distance = (each: Term) =>
    Math.min(...namesOf(each).map((name) => editDistance(name, wanted)));
  // A third of its letters may be wrong: more is another word.
  const most = Math.ceil(wanted.length / 3);
  return terms.filter((each) => distance(each) <= most).slice(0, 3);
}

function namesOf({ term, also }: Term): string[] {
  return [term, ...also].map(plain);
}

/** Case, code marks and hyphens do not matter. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('`', '')
    .replace(/[\s-]+/g, ' ')
    .trim();
}
