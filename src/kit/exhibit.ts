/** A cell: text, or a number with its unit and digits. */
export type Cell =
  | string
  | {
      /** Right-aligned, with separators for thousands. */
      value: number;
      /** Shown after it: `ms`. */
      unit?: string;
      /** After the decimal point; without it as many as make sense for its size. */
      digits?: number;
    };

/** What every exhibit may have. */
interface ExhibitBase {
  /** A heading, such as the request that was sent. */
  title?: string;
  /** Sentences under it. */
  notes?: readonly string[];
  /** What to type to see it by hand, under the notes; each stays whole, so that it can be copied. */
  commands?: readonly string[];
}

/** What an experiment shows. Plain data; screens decide how. */
export type Exhibit =
  | (ExhibitBase & {
      /** Rows under headings. */
      kind: 'table';
      /** The headings; one may be empty. */
      columns: readonly string[];
      /** As many cells a row as there are columns. */
      rows: readonly (readonly Cell[])[];
    })
  | (ExhibitBase & {
      /** Two texts whose lines belong to each other: two users' answers. */
      kind: 'side-by-side';
      /** Two columns of lines; `mark` says in words what is wrong with a line. */
      columns: readonly [SideColumn, SideColumn];
    })
  | (ExhibitBase & {
      /** Who did what, and when. */
      kind: 'timeline';
      /** In order of time; `atMs` is milliseconds since the story began. */
      moments: readonly { atMs: number; who: string; what: string }[];
    })
  | (ExhibitBase & {
      /** Texts of the world, such as lines of a log. */
      kind: 'excerpt';
      /** In the order in which they are shown. */
      passages: readonly Passage[];
    });

/** One of two texts beside each other. */
export interface SideColumn {
  /** Whose it is: `alice asked first`. */
  heading: string;
  /** From top to bottom. */
  lines: readonly { text: string; mark?: string }[];
}

/** A text as it stands somewhere, such as a line of a log, with what is to be seen in it marked. */
export interface Passage {
  /** Over it: what it is. */
  heading?: string;
  /** One after the other they are the text; screens set off what is marked. */
  parts: readonly (string | { marked: string })[];
  /** Under it, in words: what is wrong with what is marked. */
  remark?: string;
}
