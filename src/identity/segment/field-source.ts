/**
 * What segments may ask about. Identity knows people and organizations; what later rooms know of them comes as a source each room brings and
 * house.ts hands over, so that identity need not know the rooms (docs/decisions/0013).
 */
import type { Fact, FactType } from '../../journal/index.ts';
import type { Column, Sql, Tx } from '../../platform/db/index.ts';
import type { Field } from '../../platform/values/criteria-fields.rules.ts';

export type SegmentSubject = 'person' | 'organization';

/** Rows that belong to people and organizations: inquiries, leads, invoices. */
export interface SubjectRows {
  /** also the alias of their sums in SQL */
  name: string;
  from(workspaceId: string): Sql;
  /** those of this workspace that count */
  where(workspaceId: string): Sql;
  /** whose a row is, in the terms of `from`; ids from before a merge are right */
  person: Sql;
  organization: Sql;
  /** what they add up to, by name: sql`count(*)::int` */
  sums: Record<string, Sql>;
}

/** A field read from rows: one of their sums, or the values of the rows themselves (then a person has as many values as rows). */
export type RowField = Field & { rows: string } & ({ sum: string; zero?: true } | { value: Sql; kept?: Column['kept'] });

export interface Touched {
  people?: string[];
  organizations?: string[];
  /** it cannot be said whom: everybody is looked at */
  everybody?: boolean;
}

export interface SegmentSource {
  rows: SubjectRows[];
  fields: RowField[];
  hears: readonly FactType[];
  /** of whom these facts tell */
  touched(tx: Tx, facts: readonly Fact[]): Promise<Touched>;
}

const sources: SegmentSource[] = [];
export const segmentSources = (): readonly SegmentSource[] => sources;

/** Called once, by house.ts, before anything is heard. */
export function knowSegmentFields(given: readonly SegmentSource[]): void {
  sources.push(...given);
}
