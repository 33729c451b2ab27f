import { majorOf } from '../platform/values/money.rules.ts';
import type { Report, Verification } from './report.contract.ts';
import type { Cell, Sheet } from './sheet.rules.ts';

// Reports for a terminal: aligned columns, nothing else.

export function tableText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const text = [header, ...rows].map((row) =>
    row.map((cell) => (cell === null ? '' : typeof cell === 'number' ? cell.toLocaleString('en-US', { maximumFractionDigits: 2 }) : cell)),
  );
  const widths = header.map((_, column) => Math.max(...text.map((row) => row[column]?.length ?? 0)));
  const numeric = header.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(text[0]!), widths.map((width) => '─'.repeat(width)).join('  '), ...text.slice(1).map(line)].join('\n');
}

export function reportText(report: Report, sheet: Sheet): string {
  const period = report.from || report.to ? `${report.from ?? '…'} to ${report.to ?? '…'}` : 'all time';
  const lines = [
    `${report.title}, ${period}`,
    report.periodMeans,
    '',
    tableText(
      sheet.columns.map((column) => column.label),
      sheet.rows,
    ),
  ];
  if (report.timing) {
    const days = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
    lines.push(
      '',
      `${report.timing.sales} sales; days from first contact to sale: mean ${days(report.timing.meanDays)}, median ${days(report.timing.medianDays)}; ${report.timing.reps} reps.`,
    );
  }
  return [...lines, '', ...report.notes].join('\n');
}

export interface RoiTable {
  by: string;
  model: string;
  weights: string;
  currency: string;
  rows: readonly {
    label: string;
    costMinor: number | null;
    sales: number;
    wonMinor: number;
    invoicedMinor: number;
    returnPercent: number | null;
    note: string | null;
  }[];
  total: RoiTable['rows'][number];
  unattributed: { wonMinor: number; invoicedMinor: number; sales: number };
}

export function roiText(roi: RoiTable): string {
  const major = (minor: number | null): Cell => (minor === null ? null : majorOf({ minor, currency: roi.currency }));
  const line = (row: RoiTable['rows'][number]): Cell[] => [
    row.label,
    major(row.costMinor),
    row.sales,
    major(row.wonMinor),
    major(row.invoicedMinor),
    row.returnPercent,
    row.note,
  ];
  const unattributed: Cell[] = [
    'Unattributed',
    null,
    roi.unattributed.sales,
    major(roi.unattributed.wonMinor),
    major(roi.unattributed.invoicedMinor),
    null,
    null,
  ];
  return [
    `Return on investment by ${roi.by}, ${roi.model} touch (${roi.weights}), in ${roi.currency}`,
    '',
    tableText([roi.by, 'Cost', 'Sales', 'Won', 'Invoiced', 'Return %', ''], [...roi.rows.map(line), unattributed, line(roi.total)]),
  ].join('\n');
}

export function verificationText(found: Verification): string {
  const fates = Object.entries(found.conservation.fates)
    .map(([fate, count]) => `${count} ${fate}`)
    .join(' + ');
  const mark = (broken: number): string => (broken === 0 ? 'holds ' : 'BROKEN');
  return [
    `${mark(found.chain.broken)}  chain: ${found.chain.facts} facts in ${found.chain.chains} chains, ${found.chain.broken} broken`,
    `${mark(found.custody.broken)}  custody: ${found.custody.openLeads} open leads with one holder each, ${found.custody.closedLeads} closed, ${found.custody.assignments} assignments, ${found.custody.broken} broken`,
    `${mark(found.conservation.broken)}  conservation: ${found.conservation.received} received = ${fates || '0'}, ${found.conservation.broken} broken`,
    ...found.breaks.map((one) => `        ${one.check} ${one.receipt ?? one.subjectId ?? ''}: ${one.sentence}`),
    `${(found.milliseconds / 1000).toFixed(1)} s`,
  ].join('\n');
}
