import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Parser, type ReadEntry } from 'tar';
import { type Entry, type Landing, type SubmissionLimits, TooLarge } from './landing.ts';

/** Links keep their kind here; what tar calls contiguous or old is a file. */
const kinds: Readonly<Record<string, Entry['kind']>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  SymbolicLink: 'link',
  Link: 'link',
};

interface Collected {
  name: string;
  kind: Entry['kind'];
  content: Buffer;
}

/**
 * Unpacks .tar, .tar.gz and .tgz. Each file is taken into memory first, within the limit: so an archive that ends in the
 * middle of one cannot keep anybody waiting for the rest. Throws where it is no such archive, and `TooLarge`.
 */
export async function unpackTar(
  file: string,
  landing: Landing,
  { fileBytes }: Pick<SubmissionLimits, 'fileBytes'>,
): Promise<void> {
  const ready: Collected[] = [];
  let failure: unknown;
  const parser = new Parser({ strict: true, onReadEntry: collect });
  parser.on('error', (error: unknown) => {
    failure ??= error;
  });

  function collect(entry: ReadEntry): void {
    // A folder comes into being with its first file.
    if (entry.type === 'Directory' || entry.type === 'GNUDumpDir') return void entry.resume();
    const chunks: Buffer[] = [];
    let bytes = 0;
    entry.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > fileBytes) failure ??= new TooLarge('a file in it is larger than a file may be');
      else chunks.push(chunk);
    });
    entry.on('end', () => {
      const kind = kinds[entry.type] ?? 'other';
      ready.push({ name: entry.path, kind, content: Buffer.concat(chunks) });
    });
  }
  const land = async () => {
    if (failure !== undefined) throw failure;
    for (const { name, kind, content } of ready.splice(0)) {
      await landing.take({ name, kind, open: () => Readable.from([content]) });
    }
  };

  for await (const chunk of createReadStream(file)) {
    parser.write(chunk as Buffer);
    await land();
  }
  parser.end();
  await land();
}
