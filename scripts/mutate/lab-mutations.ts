import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../../src/catalog/types.ts';
import { type Mutation, makeMutations } from './make-mutants.ts';

/** A mutant of one of a lab's right answers. */
export interface LabMutation extends Mutation {
  /** The lab's number. */
  lab: number;
  /** The right answer's name, and its folder. */
  answer: string;
  folder: string;
}

/** All mutants of a lab's right answers: of the files that an answer holds, never of those that learners are given. */
export async function labMutations(lab: Lab): Promise<readonly LabMutation[]> {
  const all: LabMutation[] = [];
  for (const { name, folder } of await lab.solutions()) {
    const files = (await readdir(folder)).filter((file) => /\.[jt]s$/.test(file)).sort();
    for (const file of files) {
      const source = await readFile(join(folder, file), 'utf8');
      const made = makeMutations(file, source);
      all.push(...made.map((each) => ({ ...each, lab: lab.number, answer: name, folder })));
    }
  }
  return all;
}

/** Names a mutant for people: lab 7, `map-per-user/server.ts:12:3 drop-await`. */
export function placeOf({ answer, file, line, column, operator }: LabMutation): string {
  return `${answer}/${file}:${line}:${column} ${operator}`;
}

/** Names a mutant for as long as its line is written as it is, wherever that line moves to. */
export function keyOf(mutation: Pick<LabMutation, 'lab' | 'answer' | 'file' | 'nth'> & Change) {
  const { lab, answer, file, operator, before, after, nth } = mutation;
  return JSON.stringify([lab, answer, file, operator, before, after, nth]);
}

type Change = Pick<Mutation, 'operator' | 'before' | 'after'>;
