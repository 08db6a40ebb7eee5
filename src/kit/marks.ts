/** Texts that belong to somebody: by owner. Each is planted in that owner's data and stands nowhere else. */
export type Marks = Readonly<Record<string, readonly string[]>>;

/** A mark that was found. */
export interface FoundMark {
  owner: string;
  /** As it is planted. */
  mark: string;
  as: 'raw' | 'url-encoded' | 'base64';
}

/**
 * Finds marks in a text: as they are, percent-encoded, and in base64 at any of its three alignments (RFC 4648: three
 * bytes become four characters, so that where a text begins decides how it looks).
 */
export function findMarks(text: string, marks: Marks): readonly FoundMark[] {
  return Object.entries(marks).flatMap(([owner, texts]) =>
    texts.flatMap((mark) => {
      const as = formOf(text, mark);
      return as === undefined ? [] : [{ owner, mark, as }];
    }),
  );
}

function formOf(text: string, mark: string): FoundMark['as'] | undefined {
  if (text.includes(mark)) return 'raw';
  const forms = formsOf(mark);
  const folded = text.toLowerCase();
  if (forms.urlEncoded.some((form) => folded.includes(form))) return 'url-encoded';
  return forms.base64.some((form) => text.includes(form)) ? 'base64' : undefined;
}

interface Forms {
  /** In lower case. */
  urlEncoded: readonly string[];
  base64: readonly string[];
}

const known = new Map<string, Forms>();

/** A storm looks for the same few marks in thousands of answers. */
function formsOf(mark: string): Forms {
  const forms = known.get(mark) ?? makeForms(mark);
  known.set(mark, forms);
  return forms;
}

function makeForms(mark: string): Forms {
  const bytes = Buffer.from(mark, 'utf8');
  const everyByte = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const base64 = [0, 1, 2].flatMap((shift) => {
    const standard = alignedBase64(bytes, shift);
    return [standard, standard.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return { urlEncoded: [encodeURIComponent(mark).toLowerCase(), everyByte], base64 };
}

/** The characters that do not depend on what stands before and after the bytes. */
function alignedBase64(bytes: Buffer, shift: number): string {
  const shifted = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return shifted.slice(first, last);
}
