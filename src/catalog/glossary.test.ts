import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findTerm, loadGlossary, parseGlossary } from './glossary.ts';

const labs = fileURLToPath(new URL('../../labs/', import.meta.url));
const bare = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('`', '')
    .replace(/[\s-]+/g, ' ');
const entry = (term: string, more = '') =>
  `## ${term}\nlab: 1\ndjango: x\n${more}It means something.\n`;

describe('the glossary', () => {
  it('ties each word to a lab that is there', async () => {
    const terms = await loadGlossary(`${labs}glossary.md`);
    const numbers = readdirSync(labs)
      .filter((name) => /^\d\d-/.test(name))
      .map((name) => Number(name.slice(0, 2)));
    expect(terms.length).toBeGreaterThan(30);
    for (const { term, lab } of terms) expect(numbers, term).toContain(lab);
  });

  it('sends nobody to a lab in which the word is not met', async () => {
    const folders = readdirSync(labs);
    for (const { term, also, lab } of await loadGlossary(`${labs}glossary.md`)) {
      const folder = folders.find((name) => Number(name.slice(0, 2)) === lab);
      const lesson = bare(readFileSync(`${labs}${folder}/lesson.md`, 'utf8'));
      // Without their ends, words are found in other forms: canaries, forged.
      const met = [term, ...also].filter((name) => lesson.includes(bare(name).slice(0, -2)));
      expect(met, `${term} in lab ${lab}`).not.toEqual([]);
    }
  });

  it('is read in alphabetical order, with other names', () => {
    const terms = parseGlossary(
      `# Glossary\n\n${entry('miss')}\n${entry('hit', 'also: cache hit, find\n')}`,
    );
    expect(terms).toEqual([
      {
        term: 'hit',
        also: ['cache hit', 'find'],
        lab: 1,
        django: 'x',
        text: 'It means something.',
      },
      { term: 'miss', also: [], lab: 1, django: 'x', text: 'It means something.' },
    ]);
  });

  it.each([
    ['a name that stands twice', `${entry('hit')}${entry('find', 'also: hit\n')}`, '"hit" twice'],
    ['an entry without a lab', '## hit\ndjango: x\nText.\n', 'needs lab'],
    ['an entry without a text', '## hit\nlab: 1\ndjango: x\n', 'needs lab'],
  ])('refuses %s', (_, text, problem) => {
    expect(() => parseGlossary(text)).toThrow(problem);
  });
});

describe('a word', () => {
  const terms = parseGlossary(
    [entry('single flight', 'also: request coalescing\n'), entry('hit'), entry('hit rate')].join(
      '\n',
    ),
  );

  it.each([
    ['single-flight', 'single flight'],
    ['COALESCING', 'single flight'],
    ['hit', 'hit'],
    ['rate', 'hit rate'],
  ])('%s is %s', (name, term) => {
    expect(findTerm(terms, name).term).toBe(term);
  });

  it.each([
    ['singel flight', 'Did you mean single flight?'],
    ['hi', 'Did you mean hit, hit rate?'],
    ['kubernetes', 'All of them: course-labs glossary'],
    ['', 'All of them: course-labs glossary'],
  ])('"%s" is none', (name, next) => {
    expect(() => findTerm(terms, name)).toThrow(
      expect.objectContaining({ exitCode: 2, nextStep: next }),
    );
  });
});
