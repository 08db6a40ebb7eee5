import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const guide = fileURLToPath(new URL('../../../docs/authors.md', import.meta.url));

/** A fenced block: its language, the file that it is about, and what stands in it. */
interface Block {
  language: string;
  file: string | undefined;
  text: string;
}

/** The blocks of the author's guide, in its order. */
export function guideBlocks(): readonly Block[] {
  const text = readFileSync(guide, 'utf8');
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, language = '', file, inside = ''] = match;
    return { language, file, text: inside };
  });
}

/** Does to a lab that was just made what the guide says, word by word: it copies, writes and changes. */
export function followGuide(labFolder: string): void {
  for (const { language, file, text } of guideBlocks()) {
    if (language === 'sh' && text.startsWith('cp ')) {
      execFileSync('sh', ['-ec', text], { cwd: labFolder });
    }
    if (file === undefined) continue;
    const path = join(labFolder, file);
    if (language !== 'diff') writeFileSync(path, text);
    else writeFileSync(path, changed(readFileSync(path, 'utf8'), text, file));
  }
}

/** Parts of a diff are divided by `@@`; a line without a mark stands in both texts. */
function changed(before: string, diff: string, file: string): string {
  return diff.split('@@\n').reduce((text, part) => {
    const lines = part.trimEnd().split('\n');
    const side = (other: string) =>
      lines
        .filter((line) => !line.startsWith(other))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const old = side('+');
    if (text.split(old).length !== 2)
      throw new Error(`the guide changes what does not stand in ${file} once:\n${old}`);
    return text.replace(old, () => side('-'));
  }, before);
}
