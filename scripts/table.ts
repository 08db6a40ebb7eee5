/** One line of the table of figures. */
export interface Row {
  what: string;
  figure: string;
  /** The budget, and how the figure compares with it. */
  against: string;
  within: boolean;
}

export function renderRows(rows: readonly Row[]): string {
  const columns = (['what', 'figure', 'against'] as const).map((key) =>
    Math.max(...rows.map((row) => row[key].length)),
  );
  return rows
    .map((row) =>
      [
        row.within ? 'ok  ' : 'OVER',
        row.what.padEnd(columns[0] ?? 0),
        row.figure.padEnd(columns[1] ?? 0),
        row.against,
      ].join('  '),
    )
    .join('\n');
}
