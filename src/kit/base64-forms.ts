/**
 * How bytes look in base64, at any of the three alignments (RFC 4648: three bytes become four characters, so that where
 * a text begins decides how it looks) and in both alphabets. Only the characters that do not depend on what stands
 * before and after the bytes.
 */
export function base64Forms(bytes: Buffer): string[] {
  const forms = [0, 1, 2].flatMap((shift) => {
    const standard = alignedBase64(bytes, shift);
    return [standard, standard.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [...new Set(forms)];
}

function alignedBase64(bytes: Buffer, shift: number): string {
  const shifted = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return shifted.slice(first, last);
}
