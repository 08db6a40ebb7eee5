import { StringDecoder } from 'node:string_decoder';
import { splitInlineCommand } from './inline-command.ts';

/** Reads the commands of one connection as their bytes come, however they are cut. Never throws. */
export interface CommandReader {
  /** The commands that are whole with these bytes: name and arguments, as UTF-8. */
  read(chunk: Buffer): readonly (readonly string[])[];
}

/** Redis refuses larger ones, and closes the connection (its `networking.c`; since 7 it takes more arguments). */
const limits = { lineBytes: 64 * 1024, arguments: 1024 * 1024, argumentBytes: 512 * 1024 * 1024 };

const newline = 0x0a;
const [star, dollar] = [0x2a, 0x24];

/** An argument on its way. */
interface Bulk {
  kept: Buffer[];
  /** Bytes that are still to come, the CR LF after them included. */
  left: number;
}

/**
 * Commands are sent in the same form in RESP2 and RESP3: `*2 $3 GET $1 k`, or a line of words. What comes after
 * something that is neither is not read: Redis itself closes such a connection. Of one command `keptBytes` are kept; the arguments
 * are cut there.
 */
export function createCommandReader(keptBytes: number): CommandReader {
  let line: Buffer[] = [];
  let lineBytes = 0;
  let missing = 0;
  let words: string[] = [];
  let room = keptBytes;
  let bulk: Bulk | undefined;
  let lost = false;
  let whole: (readonly string[])[] = [];

  const finish = () => {
    if (words.length > 0) whole.push(words);
    words = [];
    room = keptBytes;
  };
  const takeBulk = (arriving: Bulk, chunk: Buffer, start: number): number => {
    const end = Math.min(chunk.length, start + arriving.left);
    const dataEnd = Math.min(end, start + arriving.left - 2, start + room);
    if (dataEnd > start) {
      arriving.kept.push(chunk.subarray(start, dataEnd));
      room -= dataEnd - start;
    }
    arriving.left -= end - start;
    if (arriving.left > 0) return end;
    words.push(textOf(arriving.kept, room === 0));
    bulk = undefined;
    missing -= 1;
    if (missing === 0) finish();
    return end;
  };
  const takeLine = (chunk: Buffer, start: number): number => {
    const found = chunk.indexOf(newline, start);
    const end = found < 0 ? chunk.length : found;
    line.push(chunk.subarray(start, end));
    lineBytes += end - start;
    lost = lineBytes > limits.lineBytes;
    if (found < 0 || lost) return end;
    const text = Buffer.concat(line);
    line = [];
    lineBytes = 0;
    readLine(text.at(-1) === 0x0d ? text.subarray(0, -1) : text);
    return end + 1;
  };
  const readLine = (text: Buffer) => {
    if (missing > 0) {
      const size = text[0] === dollar ? integer(text) : undefined;
      if (size === undefined || size < 0 || size > limits.argumentBytes) lost = true;
      else bulk = { kept: [], left: size + 2 };
    } else if (text[0] === star) {
      const count = integer(text);
      if (count === undefined || count > limits.arguments) lost = true;
      else missing = Math.max(0, count);
    } else {
      const inline = splitInlineCommand(text.toString('latin1'));
      if (!inline) lost = true;
      else words = inline.map((word) => Buffer.from(word, 'latin1').toString('utf8'));
      finish();
    }
  };

  return {
    read(chunk) {
      whole = [];
      for (let at = 0; at < chunk.length && !lost; ) {
        at = bulk ? takeBulk(bulk, chunk, at) : takeLine(chunk, at);
      }
      return whole;
    },
  };
}

/** What stands after the sign; undefined where that is no integer. */
function integer(line: Buffer): number | undefined {
  const text = line.toString('latin1', 1);
  return /^-?\d{1,10}$/.test(text) ? Number(text) : undefined;
}

/** A cut may go through a character, which is then left out. */
function textOf(kept: readonly Buffer[], cut: boolean): string {
  const bytes = Buffer.concat(kept);
  return cut ? new StringDecoder('utf8').write(bytes) : bytes.toString('utf8');
}
