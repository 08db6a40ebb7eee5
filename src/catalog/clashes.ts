import { couldNotRun } from '../errors.ts';
import { folderNameOf, freeNumber } from './lab-folders.ts';

/** What a lab is called by. */
interface Called {
  number: number;
  slug: string;
}

/**
 * Labs of one's own must not have a number or a slug of the course's own, which come first: commands and workspaces tell
 * labs apart by these. Throws (exit 3) where one does. Within one folder that is a finding of `labs validate`.
 */
export function refuseClashes([ours = [], ...others]: readonly (readonly Called[])[]): void {
  const numbers = [ours, ...others].flat().map(({ number }) => number);
  for (const own of others.flat()) {
    const name = folderNameOf(own);
    const sameNumber = ours.find(({ number }) => number === own.number);
    if (sameNumber) {
      const number = freeNumber(numbers);
      throw couldNotRun(
        `Your lab ${name} has the number of the lab ${folderNameOf(sameNumber)}.`,
        number === undefined
          ? 'Give its folder another number.'
          : `Rename its folder, for instance to ${folderNameOf({ ...own, number })}`,
      );
    }
    const sameSlug = ours.find(({ slug }) => slug === own.slug);
    if (sameSlug) {
      throw couldNotRun(
        `Your lab ${name} has the name of the lab ${folderNameOf(sameSlug)}.`,
        'Rename its folder: another word behind the number.',
      );
    }
  }
}
