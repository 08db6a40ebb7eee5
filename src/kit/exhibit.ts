/** A cell: text, or a number with its unit and digits. */
export type Cell = string | { value: number; unit?: string; digits?: number };

/** What an experiment shows. Plain data; screens decide how. */
export type Exhibit =
  | {
      kind: 'table';
      title?: string;
      columns: readonly string[];
      rows: readonly (readonly Cell[])[];
      /** Sentences under the table. */
      notes?: readonly string[];
    }
  | {
      kind: 'side-by-side';
      title?: string;
      /** Two columns of lines; `mark` says in words what is wrong with a line. */
      columns: readonly [SideColumn, SideColumn];
      notes?: readonly string[];
    }
  | {
      kind: 'timeline';
      title?: string;
      /** In order of time. */
      moments: readonly { atMs: number; who: string; what: string }[];
      notes?: readonly string[];
    };

export interface SideColumn {
  heading: string;
  lines: readonly { text: string; mark?: string }[];
}
