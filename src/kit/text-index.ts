/** Where one of the wanted texts begins in a text. */
export interface Hit<Meaning> {
  at: number;
  wanted: string;
  meaning: Meaning;
}

/** Finds many short texts at once. */
export interface TextIndex<Meaning> {
  /** In order of their places; texts that overlap are all found. */
  find(text: string): Hit<Meaning>[];
}

/** Bits of the hash that runs along a text. */
const mask = 0xffff;
/** The newest character counts fully; with this shift the one four before it has left the hash. */
const shift = 5;

interface SameLength<Meaning> {
  length: number;
  meanings: ReadonlyMap<string, Meaning>;
  /** 1 where some wanted text ends so. */
  ends: Uint8Array;
}

/**
 * Prepares the search for texts of at least four characters, each with what it means. A hash of the last four
 * characters runs along the text and tells, nearly always, that no wanted text ends here: megabytes take a few ten
 * milliseconds, however many texts are wanted (the filter of Karp and Rabin 1987, with exact comparison behind it).
 */
export function createTextIndex<Meaning>(wanted: ReadonlyMap<string, Meaning>): TextIndex<Meaning> {
  const lengths = [...new Set([...wanted.keys()].map(({ length }) => length))];
  const groups = lengths.map((length): SameLength<Meaning> => {
    const meanings = new Map([...wanted].filter(([text]) => text.length === length));
    const ends = new Uint8Array(mask + 1);
    for (const text of meanings.keys()) ends[hashOf(text)] = 1;
    return { length, meanings, ends };
  });
  return {
    find: (text) =>
      groups.flatMap((group) => hitsOf(group, text)).sort((one, other) => one.at - other.at),
  };
}

function hitsOf<Meaning>(group: SameLength<Meaning>, text: string): Hit<Meaning>[] {
  const { length, meanings, ends } = group;
  const hits: Hit<Meaning>[] = [];
  let hash = 0;
  for (let last = 0; last < text.length; last += 1) {
    hash = ((hash << shift) ^ text.charCodeAt(last)) & mask;
    if (ends[hash] === 0 || last + 1 < length) continue;
    const at = last + 1 - length;
    const candidate = text.slice(at, last + 1);
    const meaning = meanings.get(candidate);
    if (meaning !== undefined) hits.push({ at, wanted: candidate, meaning });
  }
  return hits;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = ((hash << shift) ^ text.charCodeAt(index)) & mask;
  }
  return hash;
}
