import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Zippable, zipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { createWorkspace } from '../../workspace/index.ts';
import { freshFolder, installStarter } from './program.testing.ts';

/** A workspace as it is handed in: texts by path. What begins with `link:` is a symbolic link to what follows. */
export type Files = Record<string, string | Uint8Array>;

export type Packing = 'folder' | 'zip' | 'tar.gz';

/** What a learner's folder holds after `start` and the first step of some labs. */
export async function workspaceFiles(
  learner: string,
  seed: number,
  labs: readonly string[],
): Promise<Files> {
  const root = freshFolder();
  try {
    const workspace = await createWorkspace({ root, seed, learner });
    for (const lab of labs) await installStarter(workspace, lab);
    return filesBelow(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** All files below a folder, with their contents. */
export function filesBelow(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );
}

/** Writes what is handed in beside the others: `<place>/<name>`, or an archive of that name. Names are taken as they are. */
export async function handIn(
  place: string,
  name: string,
  packing: Packing,
  files: Files,
): Promise<void> {
  if (packing === 'folder') return writeFolder(join(place, name), files);
  const make = packing === 'zip' ? zipOf : tarOf;
  writeFileSync(join(place, `${name}.${packing}`), await make(files));
}

const linkMark = 'link:';
const linkIn = (content: string | Uint8Array) =>
  typeof content === 'string' && content.startsWith(linkMark)
    ? content.slice(linkMark.length)
    : undefined;

function writeFolder(folder: string, files: Files): void {
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    const link = linkIn(content);
    if (link === undefined) writeFileSync(file, content);
    else symlinkSync(link, file);
  }
}

/** The mode of a link, in the upper half of a zip's attributes, and the system that has such (APPNOTE.TXT, 4.4.2 and 4.4.15). */
const linkAttributes = { os: 3, attrs: (0o120777 << 16) >>> 0 };

function zipOf(files: Files): Uint8Array {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(files)) {
    const link = linkIn(content);
    const bytes = Buffer.from(link ?? content);
    entries[name] = link === undefined ? bytes : [bytes, linkAttributes];
  }
  return zipSync(entries);
}

async function tarOf(files: Files): Promise<Uint8Array> {
  const entries = Object.entries(files).map(([name, content]) => {
    const link = linkIn(content);
    if (link !== undefined) {
      return { header: { name, size: 0, type: 'symlink' as const, linkname: link } };
    }
    const body = Buffer.from(content);
    return { header: { name, size: body.length }, body };
  });
  return gzipSync(await packTar(entries));
}
