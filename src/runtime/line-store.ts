/** The last lines of one stream, bounded by bytes. */
export interface LineStore {
  /** Takes bytes as they come; a line may come in parts. */
  push(chunk: Buffer): void;
  /** The line that was begun will not go on: it is forgotten. */
  cut(): void;
  /** Whole lines, oldest first; with `partial` also what follows the last newline. */
  lines(partial: boolean): readonly string[];
  /** Lines that fell off. */
  dropped(): number;
}

/** What a short string costs beside its text, so that a million empty lines are not free. */
const overheadBytes = 48;
const newline = 0x0a;
/** A line that is longer is no line: it falls off. */
const longestLineBytes = 4 * 1024 * 1024;

/** Keeps at most about `maxBytes`. `onLine` is called for each line as it becomes whole. */
export function createLineStore(maxBytes: number, onLine?: (line: string) => void): LineStore {
  let kept: string[] = [];
  let keptBytes = 0;
  let dropped = 0;
  /** The start of a line whose end has not come. */
  let rest: Buffer = Buffer.alloc(0);

  const keep = (line: string) => {
    kept.push(line);
    keptBytes += line.length + overheadBytes;
    onLine?.(line);
  };
  /** Drops a quarter at a time, since the front of an array is dear to take. */
  const trim = () => {
    if (keptBytes <= maxBytes) return;
    let count = 0;
    while (count < kept.length && keptBytes > maxBytes * 0.75) {
      keptBytes -= (kept[count] as string).length + overheadBytes;
      count += 1;
    }
    kept = kept.slice(count);
    dropped += count;
  };

  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = bytes.lastIndexOf(newline);
      // A copy: the chunk is the reader's own buffer, and it will be filled again.
      rest = Buffer.from(bytes.subarray(end + 1));
      if (end >= 0) {
        for (const line of bytes.toString('utf8', 0, end).split('\n')) keep(withoutReturn(line));
        trim();
      }
      if (rest.length > longestLineBytes) {
        rest = Buffer.alloc(0);
        dropped += 1;
      }
    },
    cut() {
      rest = Buffer.alloc(0);
    },
    lines(partial) {
      if (!partial || rest.length === 0) return kept.slice();
      return [...kept, withoutReturn(rest.toString('utf8'))];
    },
    dropped: () => dropped,
  };
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
