import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../program.ts';
import { playScreen } from './play-screen.testing.ts';
import { screenBlocks, wordsOf } from './screen-blocks.testing.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const documents = ['README.md', 'CONTRIBUTING.md', ...pages.map((name) => `docs/${name}`)];
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const blocks = documents.flatMap((file) =>
  screenBlocks(textOf(file)).map((block) => ({ file, ...block })),
);
const quick = blocks.filter(({ cost }) => cost === 'quick');

/** With its commands and options, and never run. */
const program = createProgram({ args: [], stdout: {}, stderr: {}, version: '' } as never, () => {});

describe('the screens in the documents', () => {
  it('are more than a few', () => {
    expect(blocks.length).toBeGreaterThan(8);
    expect(quick.length).toBeGreaterThan(4);
  });

  it.each(quick)(
    '$file: $command says what it said',
    async (block) => {
      const words = wordsOf(await playScreen(block), block.mask);
      // Otherwise: npm run screens, and look at what has changed.
      expect(words).toBe(wordsOf(block.text, block.mask));
    },
    60_000,
  );

  it.each(blocks)('$file: $command shows its own command, in its columns', (block) => {
    const { command, columns, text } = block;
    const [first, ...lines] = text.split('\n');
    expect(first).toBe(`$ npx course-labs ${command}`);
    expect(lines.length).toBeGreaterThan(1);
    const wide = lines.filter((line) => line.length > columns && !/course-labs |curl /.test(line));
    expect(wide).toEqual([]);
  });

  it.each(blocks.filter(({ answer }) => answer !== undefined))(
    '$file: $command has the answer $answer that it lays over the starter',
    ({ answer = '' }) => {
      const [lab = '', name = ''] = answer.split(' ');
      const folders = readdirSync(join(root, 'labs')).filter((one) =>
        one.startsWith(`${lab.padStart(2, '0')}-`),
      );
      expect(folders.map((folder) => existsSync(join(root, 'labs', folder, name)))).toEqual([true]);
    },
  );

  it('are all made by the program', () => {
    for (const file of documents) {
      const shown = textOf(file).match(/^\$ npx course-labs /gm)?.length ?? 0;
      expect(shown, file).toBe(screenBlocks(textOf(file)).length);
    }
  });
});

describe('the documents', () => {
  it.each(documents)('%s names commands and options that there are', (file) => {
    const text = textOf(file).replaceAll(/\\\n\s*/g, ' ');
    // Of prose only what is marked as code; of code whole lines.
    const calls = [...text.matchAll(/course-labs ([a-z][^\n`|#]*)/g)].map(([, call = '']) => call);
    expect(calls.flatMap(unknownIn)).toEqual([]);
  });

  it.each(documents)('%s has links that lead somewhere', (file) => {
    const links = [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const relative = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(relative.filter((link) => !leads(file, link))).toEqual([]);
  });

  it('that the README links to are in the package', () => {
    const { files } = JSON.parse(textOf('package.json')) as { files: string[] };
    // npm takes these whatever `files` says.
    const always = ['README.md', 'LICENSE', 'package.json'];
    const links = [...textOf('README.md').matchAll(/\]\((?!https?:)([^)#\s]+)/g)];
    expect(links.length).toBeGreaterThan(3);
    const missing = links
      .map(([, link = '']) => link)
      .filter((link) => ![...files, ...always].some((name) => `${link}/`.startsWith(`${name}/`)));
    expect(missing).toEqual([]);
  });

  it('has the two commands that its continuous integration reads', () => {
    expect(textOf('README.md')).toContain(
      '```\nnpm ci && npx course-labs start\nnpm ci && npm test\n```',
    );
  });

  it('names every command in its table', () => {
    const table = textOf('README.md').split('## Commands')[1]?.split('\n\n')[1] ?? '';
    const names = program.commands.map((command) => command.name());
    expect(names.filter((name) => !table.includes(`| \`${name}`))).toEqual([]);
  });
});

/** What a call names that the program does not have. */
function unknownIn(call: string): string[] {
  const words = call.trim().split(/\s+/);
  let command: Command = program;
  for (const word of words) {
    const below = command.commands.find((one) => one.name() === word);
    if (below === undefined) break;
    command = below;
  }
  if (command === program) return [call];
  const options = words.flatMap((word) => /^\[?(--[a-z-]+)/.exec(word)?.[1] ?? []);
  return options
    .filter((name) => !command.options.some(({ long }) => long === name))
    .map((name) => `${call}: ${name}`);
}

function leads(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? from : normalize(join(dirname(from), path));
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchorsOf(textOf(file)).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
