import { couldNotRun, usageError } from '../errors.ts';
import { editDistance } from './edit-distance.ts';
import type { Catalog, Lab } from './types.ts';

/**
 * Finds a lab by its number (`7`, `07`), its slug, its folder's name, or a part of slug or title that no other lab
 * has. Throws a usage error with what may have been meant.
 */
export function findLab(catalog: Catalog, name: string): Lab {
  const { labs } = catalog;
  if (labs.length === 0) throw couldNotRun('There are no labs here.', 'Name a folder: --labs DIR');
  const wanted = simplify(name);
  if (wanted === '')
    throw usageError('The name of a lab is empty.', 'All of them: course-labs list');
  const matches = matching(labs, wanted);
  const [only, second] = matches;
  if (only && !second) return only;
  if (!only) return noSuchLab(labs, name);
  const list = matches.map((lab) => `${lab.number}, ${lab.title}`).join('; ');
  throw usageError(
    `"${name}" fits ${matches.length} labs: ${list}.`,
    'Name one by more of its name; all of them: course-labs list',
  );
}

/** An exact name wins over a part of others; a number is never a part. */
function matching(labs: readonly Lab[], wanted: string): readonly Lab[] {
  if (isNumber(wanted)) return labs.filter((lab) => lab.number === Number(wanted));
  const exact = labs.filter((lab) => namesOf(lab).includes(wanted));
  if (exact.length > 0) return exact;
  return labs.filter((lab) => namesOf(lab).some((text) => text.includes(wanted)));
}

function isNumber(wanted: string): boolean {
  return /^\d+$/.test(wanted);
}

/** Letters and digits in lower case, all else as one hyphen: `Two users, one cache` is `two-users-one-cache`. */
function simplify(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function namesOf(lab: Lab): string[] {
  return [lab.slug, lab.folderName, simplify(lab.title)];
}

function noSuchLab(labs: readonly Lab[], name: string): never {
  const near = nearest(labs, name);
  const meant = near ? `; did you mean ${near.number}, ${near.title}?` : '.';
  throw usageError(
    `There is no lab "${name}". ${rangeOf(labs)}${meant}`,
    'All of them: course-labs list',
  );
}

function rangeOf(labs: readonly Lab[]): string {
  const numbers = labs.map((lab) => lab.number);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? `The only lab is ${low}` : `Labs go from ${low} to ${high}`;
}

/** Of numbers the nearest one; of words the lab with the nearest word, within a third of its letters. */
function nearest(labs: readonly Lab[], name: string): Lab | undefined {
  const wanted = simplify(name);
  const byNumber = isNumber(wanted);
  const ranked = labs
    .map((lab) => ({
      lab,
      distance: byNumber ? Math.abs(lab.number - Number(wanted)) : wordDistance(lab, wanted),
    }))
    .sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  const limit = byNumber ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(wanted.length / 3));
  return best && best.distance <= limit ? best.lab : undefined;
}

function wordDistance(lab: Lab, wanted: string): number {
  const words = namesOf(lab).flatMap((text) => [text, ...text.split('-')]);
  return Math.min(...words.map((word) => editDistance(wanted, word)));
}
