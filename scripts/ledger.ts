import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a long series has done so far: one JSON document a line, so that it goes on where it was stopped. */
export interface Ledger<Entry> {
  entries(): readonly Entry[];
  add(entry: Entry): void;
}

/** Opens the file, or begins it. A line that was torn when the series was stopped is left out. */
export function openLedger<Entry>(file: string): Ledger<Entry> {
  mkdirSync(dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const entries = text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
  if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
  return {
    entries: () => entries,
    add: (entry) => {
      entries.push(entry);
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
  };
}
