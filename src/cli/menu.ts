import type { Term } from '../catalog/glossary.ts';
import type { LabSummary } from '../catalog/lab-list.ts';
import { type ListModel, listKeys, menuEntry, menuNote, menuRows } from '../render/list.ts';
import type { Theme } from '../render/theme.ts';
import type { FoundChoice, Prompts } from './prompts.ts';

/** What was chosen in the menu of `start`. */
export type Wish =
  | { kind: 'lab'; lab: LabSummary }
  | { kind: 'progress' }
  | { kind: 'glossary' }
  | { kind: 'leave' };

/** What the menu leads to beside the labs: the letter, the words of its line, more words to find it by. */
const others: readonly (readonly [key: string, line: string, more: string, value: Wish])[] = [
  ['p', 'Progress: points, answers, attempts', 'hints where I stand', { kind: 'progress' }],
  ['g', 'Glossary: what a word means', 'explain', { kind: 'glossary' }],
  ['q', 'Leave', 'quit exit', { kind: 'leave' }],
];

const back: FoundChoice<string | undefined> = {
  name: 'q  Back to the menu',
  short: 'Back to the menu',
  value: undefined,
  words: 'back to the menu quit',
  key: 'q',
};

/** Asks which lab to open, or what else to do. The pointer begins at the lab to go on with. */
export function askMenu(
  prompts: Pick<Prompts, 'search'>,
  labs: readonly LabSummary[],
  model: ListModel,
  theme: Theme,
): Promise<Wish> {
  const rows = menuRows(model.labs, theme);
  const choices = labs.map((lab, index): FoundChoice<Wish> => {
    const row = model.labs[index];
    return {
      name: rows[index] ?? lab.title,
      short: `Lab ${lab.number}`,
      value: { kind: 'lab', lab },
      words: `${lab.number} ${lab.title} ${lab.slug}`,
      key: String(lab.number),
      ...(row && { description: menuNote(row) }),
    };
  });
  return prompts.search({
    message: 'Which lab?',
    choices,
    others: others.map(([key, line, more, value]) => ({
      name: menuEntry(key, line, model.labs, theme),
      short: line.replace(/:.*/, ''),
      value,
      words: `${line} ${more}`,
      key,
    })),
    initial: choices[labs.findIndex(({ number }) => number === model.next)]?.value,
    keys: listKeys(theme),
  });
}

/** Asks for a word of the glossary; undefined leads back. */
export function askWord(
  prompts: Pick<Prompts, 'search'>,
  terms: readonly Term[],
  theme: Theme,
): Promise<string | undefined> {
  const choices = terms.map(({ term, also }) => ({
    name: term,
    value: term,
    words: [term, ...also].join(' '),
    key: term.toLowerCase(),
  }));
  return prompts.search<string | undefined>({
    message: 'Which word?',
    choices,
    others: [back],
    initial: choices[0]?.value,
    keys: listKeys(theme),
  });
}
