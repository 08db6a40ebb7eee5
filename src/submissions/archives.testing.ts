import { crc32, deflateRawSync } from 'node:zlib';

/** Something in a tar archive. */
export interface TarEntry {
  name: string;
  text?: string;
  /** tar's type flag: 0 a file, 1 a hard link, 2 a link, 3 a device, 5 a folder. */
  type?: string;
  link?: string;
  /** Instead of the true one. */
  size?: number;
}

/** A tar archive by hand (POSIX ustar): tools refuse to make what must be refused here. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, text = '', type = '0', link = '', size }) => {
    const body = Buffer.from(text);
    const header = Buffer.alloc(512);
    const octal = (value: number, width: number) =>
      `${value.toString(8).padStart(width - 1, '0')}\0`;
    header.write(name, 0, 100);
    header.write(octal(0o644, 8), 100);
    header.write(octal(0, 8), 108);
    header.write(octal(0, 8), 116);
    header.write(octal(size ?? body.length, 12), 124);
    header.write(octal(0, 12), 136);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const padding = Buffer.alloc((512 - (body.length % 512)) % 512);
    return [header, body, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** Something in a zip archive. */
export interface ZipEntry {
  name: string;
  content: Uint8Array;
  /** Of Unix (stat(2)); a plain file, where it is absent. */
  mode?: number;
  stored?: boolean;
  /** Instead of the true ones. */
  crc?: number;
  size?: number;
}

/** A zip archive by hand (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const body = entry.stored ? Buffer.from(entry.content) : deflateRawSync(entry.content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    // Names are UTF-8.
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(entry.stored ? 0 : 8, 4);
    common.writeUInt32LE(entry.crc ?? crc32(entry.content), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(entry.size ?? entry.content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    const madeBy = Buffer.from([20, 3]);
    bodies.push(Buffer.from('PK\x03\x04'), common, name, body);
    directory.push(Buffer.from('PK\x01\x02'), madeBy, common, rest, name);
    at += 4 + common.length + name.length + body.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, central, Buffer.from('PK\x05\x06'), end]);
}
