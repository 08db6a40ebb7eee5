import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorCode } from '../errors.ts';

/** What one submission may bring. */
export interface SubmissionLimits {
  /** Files, those that are left out included. */
  files: number;
  /** Of one file, in bytes, as it is once it is unpacked. */
  fileBytes: number;
  /** Of all files. */
  totalBytes: number;
}

/** A workspace after the whole course has a few megabytes: runs, evidence and kept files. */
export const submissionLimits: SubmissionLimits = {
  files: 20_000,
  fileBytes: 20_000_000,
  totalBytes: 200_000_000,
};

/** Something that is in a submission. */
export interface Entry {
  /** As the submission names it, with `/`. */
  name: string;
  kind: 'file' | 'link' | 'other';
  /** Called for a file that is taken, at most once. */
  open(): Readable | Promise<Readable>;
}

/** Where a submission comes to rest: it can neither leave the folder nor fill the disk. */
export interface Landing {
  /** Writes a file, or notes why it does not. Throws `TooLarge` where a limit is reached. */
  take(entry: Entry): Promise<void>;
  /** What was not taken, in sentences; of many alike only some. */
  problems(): readonly string[];
}

/** The submission is larger than any honest one: nothing more of it is read. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Kept nowhere else, and made anew: no part of what is handed in. */
const leftOut = /(^|\/)(node_modules|\.git|\.course-labs\/(build|logs|fresh))(\/|$)/;

const mostProblems = 20;

/** Opens a landing in an empty folder. */
export function openLanding(folder: string, limits: SubmissionLimits): Landing {
  const problems: string[] = [];
  let files = 0;
  let bytes = 0;

  const note = (problem: string) => {
    if (problems.length < mostProblems) problems.push(problem);
  };
  const counted = (name: string) => {
    let own = 0;
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        own += chunk.length;
        bytes += chunk.length;
        if (own > limits.fileBytes) done(new TooLarge(`${name} is larger than a file may be`));
        else if (bytes > limits.totalBytes)
          done(new TooLarge('it is larger than a workspace may be'));
        else done(null, chunk);
      },
    });
  };

  return {
    problems: () => problems,
    take: async ({ name, kind, open }) => {
      files += 1;
      if (files > limits.files) throw new TooLarge('it has more files than a workspace may have');
      const path = name.replace(/^(\.\/)+/, '');
      if (leftOut.test(path)) return;
      const why = whyNot(path, kind);
      if (why !== undefined) return note(`${shown(name)} was left out: ${why}.`);
      const target = join(folder, path);
      try {
        await mkdir(dirname(target), { recursive: true });
        // Nothing that is there is written over: of two files with one name the first counts.
        await pipeline(
          await open(),
          counted(shown(name)),
          createWriteStream(target, { flags: 'wx' }),
        );
      } catch (error) {
        if (error instanceof TooLarge) throw error;
        const code = errorCode(error);
        const reasons: Readonly<Record<string, string>> = {
          EEXIST: 'there is another one of that name, or of the folder that it needs',
          ENOTDIR: 'a file stands where it needs a folder',
          EISDIR: 'a folder has that name',
          ENAMETOOLONG: 'its name is too long',
        };
        const reason = reasons[code ?? ''];
        if (reason === undefined) throw error;
        note(`${shown(name)} was left out: ${reason}.`);
      }
    },
  };
}

function whyNot(path: string, kind: Entry['kind']): string | undefined {
  if (kind === 'link') return 'it is a link, which could lead anywhere';
  if (kind === 'other') return 'it is neither a file nor a folder';
  const segments = path.split('/');
  const leads = /^([a-z]:|\/)/i.test(path) || path.includes('\\') || segments.includes('..');
  if (leads) return 'its name leads out of the folder';
  if (path.includes('\0') || segments.some((part) => part === '' || part === '.')) {
    return 'its name is no name of a file';
  }
  return segments.length > 16 ? 'it lies too deep' : undefined;
}

/** A name that can be shown: it may be as long and as strange as anybody likes. */
function shown(name: string): string {
  const plain = JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}...` : name);
  return plain.slice(1, -1);
}
