import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createTarDecoder } from 'modern-tar';
import { type Entry, type Landing, type SubmissionLimits, TooLarge } from './landing.ts';

/** Anything else is neither a file nor a folder. */
const kinds: Readonly<Record<string, Entry['kind']>> = {
  file: 'file',
  'contiguous-file': 'file',
  symlink: 'link',
  link: 'link',
};

/** How a gzip file begins (RFC 1952, 2.3.1): an ending of a name can be wrong. */
const gzipMagic = [0x1f, 0x8b] as const;

/**
 * Unpacks .tar, .tar.gz and .tgz. Each file is taken into memory first, within the limit, so that what is given up leaves
 * no half of a file. Throws where it is no such archive, and `TooLarge`.
 */
export async function unpackTar(
  file: string,
  landing: Landing,
  { fileBytes }: Pick<SubmissionLimits, 'fileBytes'>,
): Promise<void> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(2);
    await handle.read(head, 0, 2, 0);
    const bytes = Readable.toWeb(handle.createReadStream({ start: 0, autoClose: false }));
    const isGzip = gzipMagic.every((byte, index) => head[index] === byte);
    const plain = isGzip ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes;
    const entries = (plain as ReadableStream<Uint8Array>).pipeThrough(
      createTarDecoder({ strict: true }),
    );
    for await (const { header, body } of entries) {
      const kind = kinds[header.type ?? 'file'] ?? 'other';
      const content = kind === 'file' ? await contentOf(body, fileBytes) : undefined;
      if (content === undefined) await body.cancel();
      // A folder comes into being with its first file.
      if (header.type === 'directory') continue;
      const open = () => Readable.from([content ?? Buffer.alloc(0)]);
      await landing.take({ name: header.name, kind, open });
    }
  } finally {
    await handle.close();
  }
}

async function contentOf(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new TooLarge('a file in it is larger than a file may be');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
