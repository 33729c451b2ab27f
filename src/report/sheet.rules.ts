// A report as a table that leaves the house: CSV and XLSX are written from the same rows, and no cell can start a formula.

export type Cell = string | number | null;

export interface Sheet {
  name: string;
  columns: readonly { label: string; kind: 'text' | 'number' | 'money' | 'percent' }[];
  rows: readonly (readonly Cell[])[];
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers. */
export function defuse(text: string): string {
  return /^[\s\u00a0]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) ? `'${text}` : text;
}

export function csvOf(sheet: Sheet): string {
  const lines = [sheet.columns.map((column) => csvCell(column.label)), ...sheet.rows.map((row) => row.map(csvCell))];
  // The byte order mark tells spreadsheets it is UTF-8.
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = defuse(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
