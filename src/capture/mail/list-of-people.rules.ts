import { notFromOutside } from '../arrive.rules.ts';
import type { ImportAnalysis } from '../import.contract.ts';

const rowsMax = 5000;
const WHERE = ['email', 'phone', 'mobile'];
const WHO = ['fullName', 'familyName', 'organization', 'email'];

/**
 * What to do with a list that came by mail, given the columns proposed for inquiries: bring it in by itself (how: null), leave it to a person
 * (why), or leave it alone, as it is no list of people. Only what is plain is brought in: a header row, columns that say who and how to
 * reach them, nearly all others understood, and not so many rows that a mistake would hurt.
 */
export function judgeList(analysis: ImportAnalysis, mapping: Record<string, string>): { people: false } | { people: true; why: string | null; mapping: Record<string, string> } {
  const fields = new Set(Object.values(mapping));
  if (![...WHERE, 'fullName', 'familyName'].some((field) => fields.has(field))) return { people: false };
  // Anybody may have sent it: it does not say who somebody is in another system, nor whose.
  const outside: readonly string[] = notFromOutside;
  const plain = Object.fromEntries(Object.entries(mapping).filter(([, field]) => !outside.includes(field)));
  const filled = analysis.columns.filter((column) => column.filled > 0);
  const understood = filled.filter((column) => mapping[column.index] !== undefined).length;
  const why = !analysis.hasHeader
    ? 'it has no header row'
    : !WHERE.some((field) => fields.has(field)) || !WHO.some((field) => fields.has(field))
      ? 'its columns do not say who somebody is and how to reach them'
      : understood < filled.length * 0.6
        ? `only ${understood} of its ${filled.length} columns are understood`
        : !['inquiries', 'people'].includes(analysis.kinds[0]?.kind ?? '')
          ? `it looks more like ${analysis.kinds[0]!.kind}`
          : (analysis.members?.length ?? 0) > 1
            ? `it holds ${analysis.members!.length} files`
            : analysis.rowsEstimate > rowsMax
              ? `it has about ${analysis.rowsEstimate.toLocaleString('en-US')} rows; more than ${rowsMax.toLocaleString('en-US')} are not taken in unseen`
              : null;
  return { people: true, why, mapping: plain };
}
