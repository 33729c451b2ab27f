import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';

/**
 * A kind of thing a file can hold. Capture reads the file, the room that owns the thing takes the rows in; house.ts collects the kinds.
 *
 * Values arrive by the type of their field: text, email, phone and country as trimmed text, date as 'YYYY-MM-DD', datetime as Date, money as
 * {@link ImportedMoney}, number and boolean as such. An empty cell has no key. Columns that feed no field arrive in `extra` under their header.
 */
export interface ImportKind {
  kind: string;
  label: string;
  fields: FieldSpec[];
  /** Takes a batch in, in one transaction, with a few statements however many rows. One outcome a row. */
  apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]>;
  /** Takes everything of the import back, updates included. Doing it twice changes nothing. */
  undo(tx: Tx, cx: Context, importId: string): Promise<void>;
}
export type FieldType = 'text' | 'email' | 'phone' | 'date' | 'datetime' | 'money' | 'number' | 'boolean' | 'country';
export interface FieldSpec {
  name: string;
  label: string;
  type: FieldType;
  /** A row without it is kept as a problem and not taken in. */
  required?: boolean;
  /**
   * What happens to a cell that cannot be read as its type: strict keeps the whole row back as a problem; otherwise the row is taken
   * in, the cell's text is kept in `extra` and noted. Without a word here: strict for money and dates and whatever is required.
   */
  strict?: boolean;
  /** Header words in any language, as people write them: 'first name', 'Vorname'. Case, accents, spaces and punctuation do not matter. */
  synonyms: string[];
  /** How many of these texts are already known under this field: finds the column that refers to something in the database. */
  known?(tx: Tx, texts: string[]): Promise<number>;
}
export interface ImportedMoney {
  minor: number;
  /** As written in the cell, else as set for the import, else the workspace's. */
  currency: string;
}
export interface ImportBatch {
  importId: string;
  rows: ImportRow[];
  options: ImportOptions;
}
export interface ImportRow {
  row: number;
  values: Record<string, unknown>;
  extra: Record<string, string>;
}
export interface ImportOptions {
  programId: string | null;
  /** Source for rows that name none. */
  source: string | null;
  createMissing: boolean;
  timeZone: string;
  currency: string;
  country: string | null;
}
export interface RowOutcome {
  row: number;
  outcome: 'new' | 'updated' | 'matched' | 'skipped' | 'problem';
  field?: string;
  sentence?: string;
}
