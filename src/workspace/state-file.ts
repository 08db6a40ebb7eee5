import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type GenericSchema, getDotPath, safeParse } from 'valibot';
import { type CourseError, couldNotRun, errorCode, messageOf } from '../errors.ts';
import { parseJson } from '../kit/parse-json.ts';
import type { HeldLock } from './lock.ts';

/** The version of all our files. A higher one was written by a newer course-labs. */
const formatVersion = 1;

/** What was found where one of our files should be. */
export type StateRead<T> =
  | { kind: 'missing' }
  | { kind: 'read'; value: T }
  | { kind: 'newer' }
  /** `reason`: a phrase to stand after a colon. */
  | { kind: 'damaged'; reason: string };

/**
 * Reads one of our JSON files. The schema must be loose: keys that it does not know are kept. `T` is the model; a key
 * that is absent in the file reads as undefined. Throws system errors other than ENOENT.
 */
export async function readState<T>(file: string, schema: GenericSchema): Promise<StateRead<T>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'missing' };
    throw error;
  }
  return parseState(text, schema);
}

function parseState<T>(text: string, schema: GenericSchema): StateRead<T> {
  let json: unknown;
  try {
    // Some editors put a byte order mark in front.
    json = parseJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { kind: 'damaged', reason: messageOf(error) };
  }
  const version =
    typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  if (typeof version === 'number' && version > formatVersion) return { kind: 'newer' };
  if (version !== formatVersion)
    return { kind: 'damaged', reason: 'its format version is missing' };
  const result = safeParse(schema, json);
  if (result.success) return { kind: 'read', value: result.output as T };
  const [issue] = result.issues;
  return { kind: 'damaged', reason: `${getDotPath(issue) ?? 'all of it'}: ${issue.message}` };
}

/**
 * Writes one of our files: to a temporary file, then by a rename. Whatever happens, the file holds the old text or the
 * new one, whole. Throws system errors.
 */
export async function writeState(file: string, value: object, lock: HeldLock): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await removeLeftovers(dirname(file));
  const text = `${JSON.stringify({ version: formatVersion, ...value }, undefined, 2)}\n`;
  await writeFileAtomic(file, '', {
    // The library ends a write that a full disk cut short as if it were whole. Node's writeFile goes on until all is
    // written or an error comes, so the text is written here, and the library does the rest: sync, rename, clean up.
    tmpfileCreated: async (temporary: string) => {
      await writeFile(temporary, text);
      await lock.confirm();
    },
  });
}

/** The error for a file of a newer version. Nothing may be written over it. */
export function newerVersion(file: string): CourseError {
  return couldNotRun(
    `${file} was written by a newer course-labs than this one.`,
    'Use that version: npx course-labs@latest',
  );
}

/** Temporary files of commands that were killed: all who write hold the lock, so none of these is in use. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^(course-labs|progress|\d+)\.json\.\d+$/.test(name)) {
      await rm(join(folder, name), { force: true });
    }
  }
}
