import { PassThrough, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl, { type Entry as ZipEntry, type ZipFile } from 'yauzl';
import type { Landing } from './landing.ts';

const openZip = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

/** The kind of a file in the mode that Unix's zip keeps in the upper half of its attributes (stat(2)). */
const kindMask = 0o170000;
const linkKind = 0o120000;

/** Unpacks .zip, entry by entry. Throws where it is no such archive, and `TooLarge`. */
export async function unpackZip(file: string, landing: Landing): Promise<void> {
  // Names are looked at by the landing: the library would give up at the first that it does not like.
  const zip = await openZip(file, { lazyEntries: true, decodeStrings: false, autoClose: true });
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      zip.close();
      reject(error);
    };
    zip.on('error', fail);
    zip.on('end', resolve);
    zip.on('entry', (entry: ZipEntry) => {
      take(zip, entry, landing).then(() => zip.readEntry(), fail);
    });
    zip.readEntry();
  });
}

async function take(zip: ZipFile, entry: ZipEntry, landing: Landing): Promise<void> {
  const name = (entry.fileName as unknown as Buffer).toString('utf8');
  if (name.endsWith('/')) return;
  const mode = entry.externalFileAttributes >>> 16;
  const isLink = (mode & kindMask) === linkKind;
  const openStream = promisify(zip.openReadStream.bind(zip)) as (
    wanted: ZipEntry,
  ) => Promise<NodeJS.ReadableStream>;
  await landing.take({
    name,
    kind: isLink ? 'link' : 'file',
    open: async () => modern(await openStream(entry)),
  });
}

/**
 * The library's streams have a `destroy` of their own from before Node's, after which no `close` comes; a pipeline of Node 24
 * and later waits for that for ever when a file is given up.
 */
function modern(stream: NodeJS.ReadableStream): Readable {
  const through = new PassThrough();
  stream.on('error', (error) => through.destroy(error));
  through.once('close', () => (stream as Readable).destroy());
  return stream.pipe(through);
}
