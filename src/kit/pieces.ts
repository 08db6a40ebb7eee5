import type { FoundMark, Marks } from './marks.ts';
import { percentDecoded } from './percent-decoded.ts';
import { type Place, secretIndex } from './secret-index.ts';
import type { Hit } from './text-index.ts';

/** A part of a secret that was found in a text. */
export interface FoundPiece extends FoundMark {
  /** What of the mark stands there, decoded. */
  piece: string;
  /** Where its form begins in the text, in UTF-16 units. */
  at: number;
  /** Where it ends, exclusive. */
  end: number;
}

/**
 * Finds secrets and parts of them in a text: any `length` consecutive characters or more, as they are, percent-encoded
 * wholly or in part, and in base64 at any alignment. A longer part is one piece, and each place where one stands is
 * told, in the order of the text. Fast enough for megabytes of log.
 *
 * A secret must be random, since other texts may look like parts of one that is not. Parts of hexadecimal digits and
 * dashes alone, as ids and times in logs are, and parts of fewer than four different characters do not count by
 * themselves. Throws a RangeError where that leaves nothing of a secret, where one is shorter than `length`, and for
 * a `length` under 6. The secrets must not be changed afterwards: what is made of them is kept for the next call.
 */
export function findPieces(text: string, secrets: Marks, length = 8): readonly FoundPiece[] {
  const { plain, base64 } = secretIndex(secrets, length);
  const asIs = merged(plain.find(text), length);
  const decoded = percentDecoded(text);
  const encoded = decoded
    ? merged(plain.find(decoded.text), length)
        .map((part) => ({
          ...part,
          at: decoded.sourceOf(part.at),
          end: decoded.sourceOf(part.end),
        }))
        // The others stand there as they are.
        .filter(({ at, end, piece }) => text.slice(at, end) !== piece)
    : [];
  return [
    ...asIs.map((part): FoundPiece => ({ ...part, as: 'raw' })),
    ...encoded.map((part): FoundPiece => ({ ...part, as: 'url-encoded' })),
    ...merged(base64.find(text), length).map((part): FoundPiece => ({ ...part, as: 'base64' })),
  ].sort((one, other) => one.at - other.at);
}

interface Run {
  secret: Place['secret'];
  /** Offsets in the secret: of the first and of the last window that was found. */
  first: number;
  last: number;
  at: number;
  /** Where the last window begins in the text, and ends. */
  lastAt: number;
  end: number;
}

/** Windows that follow each other in the secret and in the text are one piece. */
function merged(hits: readonly Hit<readonly Place[]>[], length: number) {
  const runs: Run[] = [];
  const latest = new Map<Place['secret'], Run>();
  for (const { at, wanted, meaning } of hits) {
    const end = at + wanted.length;
    for (const { secret, offsets, telling } of meaning) {
      const run = latest.get(secret);
      if (run && at < run.lastAt + length && offsets.includes(run.last + 1)) {
        Object.assign(run, { last: run.last + 1, lastAt: at, end });
      } else if (telling) {
        const [first = 0] = offsets;
        const begun = { secret, first, last: first, at, lastAt: at, end };
        latest.set(secret, begun);
        runs.push(begun);
      }
    }
  }
  return runs.map(({ secret, first, last, at, end }) => {
    const { owner, mark } = secret;
    return { owner, mark, piece: mark.slice(first, last + length), at, end };
  });
}
