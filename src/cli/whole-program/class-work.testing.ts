import { join } from 'node:path';
import type { Flag } from '../../grading/submission-grade.ts';
import { type Files, filesBelow, type Packing } from './hand-in.testing.ts';
import { labs } from './program.testing.ts';

export const lab1 = '01-measure-a-miss';
export const lab2 = '02-keys-and-ttl';

/** Of the code exercise of each of the two. */
export const codePoints = 60;

/** One who hands in, and what must come of it. */
export interface Pupil {
  name: string;
  packing: Packing;
  /** Changes the workspace as it is after the first step of labs 1 and 2; undefined: nothing of it was handed in. */
  work: ((files: Files) => Files) | undefined;
  /** Of both labs together; `broken` where it cannot be graded. */
  points: number | 'broken';
  /** What an instructor must be told of, each kind once, in the order of the alphabet. */
  flags: readonly Flag['kind'][];
  /** The workspace's; without it, one that nobody else has. */
  seed?: number;
}

/** Lays a right or wrong answer of ours over the files of a lab: `solutions/plain-node`. */
export function answer(lab: string, name: string, files: Files): Files {
  const { 'answer.md': _, ...own } = filesBelow(join(labs, lab, name));
  const laid = Object.entries(own).map(([file, text]) => [`${lab}/${file}`, text]);
  return { ...files, ...Object.fromEntries(laid) };
}

export const server = `${lab1}/server.ts`;
export const progress = '.course-labs/progress.json';
export const right = (files: Files) => answer(lab1, 'solutions/in-the-handler', files);

/** A right answer that is nobody else's: `own` is code of its own, before or behind. */
export function rightWith(files: Files, own: string): Files {
  const laid = right(files);
  return { ...laid, [server]: `${laid[server]}\n${own}\n` };
}
