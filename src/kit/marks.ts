import { base64Forms } from './base64-forms.ts';

/** Texts that belong to somebody: by owner. Each is planted in that owner's data and stands nowhere else. */
export type Marks = Readonly<Record<string, readonly string[]>>;

/** A mark that was found. */
export interface FoundMark {
  /** Whose it is. */
  owner: string;
  /** As it is planted. */
  mark: string;
  /** How it is written there. */
  as: 'raw' | 'url-encoded' | 'base64';
}

/** Finds marks in a text: as they are, percent-encoded, and in base64 at any of its three alignments. */
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
  return {
    urlEncoded: [encodeURIComponent(mark).toLowerCase(), everyByte],
    base64: base64Forms(bytes),
  };
}
