import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareFolders, compareTexts } from './compare-folders.ts';
import { temporaryFolder, writeFiles } from './test-support.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);

it('shows what differs with three lines around it, and gaps between', () => {
  const mine = numbered(20);
  const other = mine.map((line, index) => (index === 10 ? 'another' : line));
  const lines = compareTexts(`${mine.join('\n')}\n`, `${other.join('\n')}\n`);
  expect(lines.map(({ kind, text }) => `${kind} ${text}`.trim())).toEqual([
    'gap',
    'same line 7',
    'same line 8',
    'same line 9',
    'mine line 10',
    'other another',
    'same line 11',
    'same line 12',
    'same line 13',
  ]);
});

it('takes no notice of Windows line ends, or of a newline that is missing at the end', () => {
  expect(compareTexts('a\r\nb\r\n', 'a\nb\n')).toEqual([]);
  const kinds = compareTexts('a\nb', 'a\nb\nc').map(({ kind }) => kind);
  expect(kinds).not.toContain('gap');
});

it('tells both texts, whatever they are', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '', '\\ No newline at end of file', '-', '+x'), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const [mine, other] = [left, right].map((lines) => lines.map((line) => `${line}\n`).join(''));
      const lines = compareTexts(mine ?? '', other ?? '');
      const side = (kind: 'mine' | 'other') =>
        lines.filter((line) => line.kind === kind).map((line) => line.text);
      // What is only on one side, taken away, leaves equal texts.
      const without = (all: readonly string[], taken: readonly string[]) =>
        all.length - taken.length;
      expect(without(left, side('mine'))).toBe(without(right, side('other')));
      if (mine === other) expect(lines).toEqual([]);
    }),
  );
});

it('compares files by name; one that is not mine is new', async () => {
  const [mine, other] = [await temporaryFolder(), await temporaryFolder()];
  await writeFiles(mine, { 'server.ts': 'a\n' });
  await writeFiles(other, { 'server.ts': 'b\n', 'lib/cache.ts': 'c\n' });
  expect(await compareFolders(mine, other, ['server.ts', 'lib/cache.ts'])).toEqual([
    {
      name: 'server.ts',
      added: false,
      lines: [
        { kind: 'mine', text: 'a' },
        { kind: 'other', text: 'b' },
      ],
    },
    { name: 'lib/cache.ts', added: true, lines: [{ kind: 'other', text: 'c' }] },
  ]);
});
