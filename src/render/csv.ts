/**
 * One line of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front
 * (OWASP, CSV Injection): what learners name things is not for the instructor's spreadsheet to run.
 */
export function csvLine(cells: readonly (string | number | boolean | undefined)[]): string {
  return cells.map(cellText).join(',');
}

function cellText(cell: string | number | boolean | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
