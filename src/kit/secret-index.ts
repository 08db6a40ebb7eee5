import { base64Forms } from './base64-forms.ts';
import type { Marks } from './marks.ts';
import { createTextIndex, type TextIndex } from './text-index.ts';

/** Where a short text stands in one of the secrets. */
export interface Place {
  /** The same object for all places of one secret. */
  secret: { owner: string; mark: string };
  /** In the secret, ascending. */
  offsets: number[];
  /** Random enough to tell the secret by; otherwise it may only go on with what was found before. */
  telling: boolean;
}

/** All parts of one length of all secrets, as they are and in base64. */
export interface SecretIndex {
  plain: TextIndex<readonly Place[]>;
  base64: TextIndex<readonly Place[]>;
}

const known = new WeakMap<Marks, Map<number, SecretIndex>>();

/** Made once for the same object: checks look through a log line by line, always for the same secrets. */
export function secretIndex(secrets: Marks, length: number): SecretIndex {
  const byLength = known.get(secrets) ?? new Map<number, SecretIndex>();
  const index = byLength.get(length) ?? makeIndex(secrets, length);
  known.set(secrets, byLength.set(length, index));
  return index;
}

const shortest = 6;

function makeIndex(secrets: Marks, length: number): SecretIndex {
  if (length < shortest) {
    throw new RangeError(`fewer than ${shortest} characters turn up by chance: ${length}`);
  }
  const plain = new Map<string, Place[]>();
  const base64 = new Map<string, Place[]>();
  for (const [owner, marks] of Object.entries(secrets)) {
    for (const mark of marks) {
      const windows = windowsOf(mark, length);
      if (!windows.some(isTelling)) {
        throw new RangeError(`${owner}: "${mark}" is too short, or not random enough to be found`);
      }
      const secret = { owner, mark };
      for (const [offset, window] of windows.entries()) {
        const part = { secret, offset, telling: isTelling(window) };
        note(plain, window, part);
        for (const form of base64Forms(Buffer.from(window))) note(base64, form, part);
      }
    }
  }
  return { plain: createTextIndex(plain), base64: createTextIndex(base64) };
}

function windowsOf(mark: string, length: number): string[] {
  const count = Math.max(0, mark.length - length + 1);
  return Array.from({ length: count }, (_, offset) => mark.slice(offset, offset + length));
}

/** No id, no time and no ruler looks like it. */
function isTelling(window: string): boolean {
  return !/^[0-9a-f-]*$/i.test(window) && new Set(window).size >= 4;
}

interface SecretPart extends Omit<Place, 'offsets'> {
  offset: number;
}

function note(index: Map<string, Place[]>, text: string, part: SecretPart): void {
  const { secret, offset, telling } = part;
  const places = index.get(text) ?? [];
  index.set(text, places);
  const place = places.find((each) => each.secret === secret);
  if (place) place.offsets.push(offset);
  else places.push({ secret, offsets: [offset], telling });
}
