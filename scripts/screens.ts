import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { playScreen } from '../src/cli/whole-program/play-screen.testing.ts';
import {
  type ScreenBlock,
  screenBlocks,
  withTexts,
  wordsOf,
} from '../src/cli/whole-program/screen-blocks.testing.ts';

// Makes the screens in README.md and docs/ anew, by running the built program. Run from the project's root.
//   npm run screens                     all of them
//   npm run screens -- bench glossary   those whose command holds one of these words
//   npm run screens -- --check          writes nothing; exit 1 where a screen has other words than its block
const check = process.argv.includes('--check');
const wanted = process.argv.slice(2).filter((word) => word !== '--check');
const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
let changed = 0;

for (const file of documents) {
  const document = readFileSync(file, 'utf8');
  const texts: string[] = [];
  for (const block of screenBlocks(document)) {
    texts.push(await textFor(file, block));
    // What was made is kept when a later one fails.
    if (!check) writeFileSync(file, withTexts(document, texts));
  }
}
process.exitCode = check && changed > 0 ? 1 : 0;

/** One after the other: the figures of a screen are those of a machine that does nothing else. */
async function textFor(file: string, block: ScreenBlock): Promise<string> {
  if (wanted.length > 0 && !wanted.some((word) => block.command.includes(word))) return block.text;
  process.stderr.write(`${file}: ${block.command}\n`);
  const text = await playScreen(block);
  if (wordsOf(text, block.mask) === wordsOf(block.text, block.mask)) return text;
  changed += 1;
  if (check) process.stdout.write(`${file} shows another "${block.command}":\n${text}\n`);
  return text;
}
