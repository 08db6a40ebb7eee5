/** A cell: text, or a number with its unit and digits. */
export type Cell = string | { value: number; unit?: string; digits?: number };

interface ExhibitBase {
  title?: string;
  /** Sentences under it. */
  notes?: readonly string[];
  /** What to type to see it by hand, under the notes; each stays whole, so that it can be copied. */
  commands?: readonly string[];
}

/** What an experiment shows. Plain data; screens decide how. */
export type Exhibit =
  | (ExhibitBase & {
      kind: 'table';
      columns: readonly string[];
      rows: readonly (readonly Cell[])[];
    })
  | (ExhibitBase & {
      kind: 'side-by-side';
      /** Two columns of lines; `mark` says in words what is wrong with a line. */
      columns: readonly [SideColumn, SideColumn];
    })
  | (ExhibitBase & {
      kind: 'timeline';
      /** In order of time. */
      moments: readonly { atMs: number; who: string; what: string }[];
    })
  | (ExhibitBase & {
      kind: 'excerpt';
      /** In the order in which they are shown. */
      passages: readonly Passage[];
    });

export interface SideColumn {
  heading: string;
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
