import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';
import type { Mutant, ProofAnswer } from './types.ts';

/** The right answers of a lab, in the order of their names. Throws where one has no answer.md. */
export function loadSolutions(labFolder: string): Promise<readonly ProofAnswer[]> {
  return loadRightAnswers(join(labFolder, 'solutions'));
}

/** The right answers that are the folders of `parent`, likewise. */
export async function loadRightAnswers(parent: string): Promise<readonly ProofAnswer[]> {
  const found = await loadAnswers(parent);
  return found.map(({ name, folder, reason }) => ({ name, folder, reason }));
}

/** The wrong answers of a lab. Throws where one has no answer.md, or its head does not say `rejected-by`. */
export async function loadMutants(labFolder: string): Promise<readonly Mutant[]> {
  const found = await loadAnswers(join(labFolder, 'mutants'));
  return found.map(({ head, ...answer }) => {
    const rejectedBy = head.get('rejected-by');
    if (!rejectedBy) {
      throw new Error(
        `${join(answer.folder, 'answer.md')} must begin with "rejected-by: <check>".`,
      );
    }
    return { ...answer, rejectedBy };
  });
}

async function loadAnswers(parent: string) {
  const entries = await readdir(parent, { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const folder = join(parent, name);
      const file = join(folder, 'answer.md');
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        throw new Error(`${file} is missing: it says why this answer is right or wrong.`, {
          cause: error,
        });
      });
      return { name, folder, ...parseAnswerText(text) };
    }),
  );
}

/** Splits answer.md into its head, lines of `name: value` up to the first other line, and the reason. */
export function parseAnswerText(text: string): {
  head: ReadonlyMap<string, string>;
  reason: string;
} {
  const head = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  let index = 0;
  for (; index < lines.length; index += 1) {
    const [, name, value] = /^([a-z]+(?:-[a-z]+)*):\s*(\S+)\s*$/.exec(lines[index] ?? '') ?? [];
    if (!name || !value) break;
    head.set(name, value);
  }
  return { head, reason: lines.slice(index).join('\n').trim() };
}
