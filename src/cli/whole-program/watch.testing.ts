import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lab1 = fileURLToPath(new URL('../../../labs/01-measure-a-miss', import.meta.url));

/** The text of an answer's server: `solutions/in-the-handler`. */
export function serverOf(answer: string): string {
  return readFileSync(join(lab1, answer, 'server.ts'), 'utf8');
}

/** Saves the server as many editors do: a new file beside it, renamed over it. */
export function saveByRename(lab: string, text: string): void {
  const beside = join(lab, 'server.ts~');
  writeFileSync(beside, text);
  renameSync(beside, join(lab, 'server.ts'));
}

/** Lays an answer of lab 1 over the server by rename. */
export function saveAnswer(lab: string, answer: string): void {
  saveByRename(lab, serverOf(answer));
}

/** Keeps a copy as some editors do: the file is moved away, and a new one is written in its place. */
export function saveByMovingAway(lab: string, text: string): void {
  const file = join(lab, 'server.ts');
  renameSync(file, `${file}~`);
  copyFileSync(`${file}~`, file);
  writeFileSync(file, text);
}
