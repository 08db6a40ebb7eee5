import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as kit from '../kit/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const guide = read('docs/authors.md');

/** As GitHub makes them of headings. */
const anchors = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

it.each(['docs/authors.md', 'CONTRIBUTING.md', 'README.md'])(
  'the links of %s lead somewhere',
  (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
    expect(links.length).toBeGreaterThan(0);
    for (const [link, path = '', anchor] of links) {
      const target = path === '' ? file : join(dirname(file), path);
      expect(existsSync(join(root, target)), link).toBe(true);
      if (anchor !== undefined) expect(anchors(read(target)), link).toContain(anchor);
    }
  },
);

it('is led to by README and CONTRIBUTING', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md'])
    expect(read(file)).toContain('(docs/authors.md)');
});

it('names functions that the kit has', () => {
  const [, table = ''] = guide.split('| the mistake |');
  const named = [...(table.split('\n\n')[0] ?? '').matchAll(/`([a-z]+[A-Z]\w+)`/g)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !Object.hasOwn(kit, name ?? ''))).toEqual([]);
});

it('quotes what labs validate says', () => {
  const rules = ['check-rules', 'lab-rules', 'lesson-rules', 'proof-sentences', 'proof-tasks'];
  const sources = rules.map((name) => read(`src/authoring/${name}.ts`)).join('\n');
  for (const words of [
    'has no checks',
    ' points, not ',
    ' as it stands',
    ', which should reject it',
    ' was skipped: it needs ',
    'rejects no wrong answer',
    ' errored: ',
  ]) {
    expect(guide).toContain(words);
    expect(sources).toContain(words);
  }
});
