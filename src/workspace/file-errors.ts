import { type CourseError, couldNotRun, errorCode } from '../errors.ts';

type Explanation = (place: string) => { message: string; nextStep: string };

const full: Explanation = (place) => ({
  message: `The disk is full: ${place} could not be written. What was there before is unharmed.`,
  nextStep: 'Free some space, then run the command again.',
});

const forbidden: Explanation = (place) => ({
  message: `You have no right to read or write ${place}.`,
  nextStep: 'Give yourself that right, or use another folder: --workspace DIR',
});

const fileInTheWay: Explanation = (place) => ({
  message: `${place} cannot be used: there is a file where a folder is needed, or a folder where a file is.`,
  nextStep: 'Move it away, or use another folder: --workspace DIR',
});

const tooMuchOpen: Explanation = (place) => ({
  message: `${place} could not be opened: too many files are open on this system.`,
  nextStep: 'Close some programs, or raise the limit: ulimit -n 4096',
});

const badName: Explanation = (place) => ({
  message: `${place} cannot be used: its path is too long, or its links go round in a circle.`,
  nextStep: 'Use another folder: --workspace DIR',
});

/** What the machine can do to our files, and what to tell the person. Codes that are not here are bugs of ours. */
const explanations: Readonly<Record<string, Explanation>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: (place) => ({
    message: `${place} could not be written: this system limits the size of files. What was there before is unharmed.`,
    nextStep: 'Raise the limit, then run the command again: ulimit -f unlimited',
  }),
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: (place) => ({
    message: `${place} cannot be written: its file system is read-only.`,
    nextStep: 'Use a folder that can be written: --workspace DIR',
  }),
  ENOTDIR: fileInTheWay,
  EISDIR: fileInTheWay,
  EEXIST: fileInTheWay,
  ENOENT: (place) => ({
    message: `${place} is not there any more, or its folder is not.`,
    nextStep: 'Bring it back, or make a new workspace: course-labs start',
  }),
  EMFILE: tooMuchOpen,
  ENFILE: tooMuchOpen,
  ENAMETOOLONG: badName,
  ELOOP: badName,
  EIO: (place) => ({
    message: `${place} could not be read or written: the disk reports an error.`,
    nextStep: 'Copy the workspace to another disk, and look after this one.',
  }),
};

/**
 * Does something with files, and turns what the machine does to it (a full disk, missing rights, a file in the way)
 * into one clear sentence about `place`, with a next step. Other errors pass unchanged.
 */
export async function withFileErrors<T>(place: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw explain(place, error) ?? error;
  }
}

function explain(place: string, error: unknown): CourseError | undefined {
  const explanation = explanations[errorCode(error) ?? '']?.(place);
  return explanation && couldNotRun(explanation.message, explanation.nextStep, error);
}
