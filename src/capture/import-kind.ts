import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import type { AppendSettings } from './import.contract.ts';

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
  /** Fields by which a row finds what is known already, the surest first, and how; shown before an import starts. */
  matchedBy: { fields: string[]; sentence: string };
  /** Whether rows may change what is known: then an import may also only make, or only update. */
  updates: boolean;
  /** Its rows only add to what is known and make nobody: it is chosen, never guessed from a file. */
  appends?: boolean;
  /** No lead comes of its rows, so a batch is handed over as a whole rather than by the slice with what follows from it. */
  whole?: boolean;
  /** It is chosen, never guessed from a file. */
  chosen?: boolean;
  /** It is guessed only from a file in which one field of each of these groups has a column. */
  knownBy?: string[][];
  /** The fields of its columns, in order, where the world has files of it that name none; null: fed to nothing. */
  headerless?: (string | null)[];
  /** Takes a batch in, in one transaction, with a few statements however many rows. One outcome a row. */
  apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]>;
  /** Takes everything of the import back, updates included. Doing it twice changes nothing. */
  undo(tx: Tx, cx: Context, importId: string, options?: { overwrite?: boolean }): Promise<void>;
  /** What somebody changed after the import had: it stays as it is when the import is taken back, unless told to overwrite. */
  changedSince?(tx: Tx, importId: string): Promise<ChangedSince>;
}
export interface ChangedSince {
  count: number;
  /** The first of them, with what would be put back, what the import wrote, and what stands there now. */
  items: { id: string; label: string; fields: { field: string; before: string | null; imported: string | null; since: string | null }[] }[];
}
export type FieldType = 'text' | 'email' | 'phone' | 'date' | 'datetime' | 'money' | 'number' | 'boolean' | 'country';
export interface FieldSpec {
  name: string;
  label: string;
  type: FieldType;
  /** A row without it is kept as a problem and not taken in. */
  required?: boolean;
  /** For a country: where no column names it, it must be said for the import; the company's own is not taken for it. */
  asked?: boolean;
  /**
   * What happens to a cell that cannot be read as its type: strict keeps the whole row back as a problem; otherwise the row is taken
   * in, the cell's text is kept in `extra` and noted. Without a word here: strict for money and dates and whatever is required.
   */
  strict?: boolean;
  /** Name of the list of our values that its cells stand for; see value-lists.ts. Countries and yes/no have theirs by their type. */
  choices?: string;
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
  /** The same for all batches from a start to the next stop: a kind may keep by it what it need not find out again. */
  run?: object;
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
  mode: 'create' | 'update' | 'both';
  /** On what ground people of this file may be written to, where a row says nothing of it. */
  consentBasis: string | null;
  /** For kinds that append. */
  append?: AppendSettings;
  timeZone: string;
  currency: string;
  /** Country of rows that name none: as said for the import, else the company's. */
  country: string | null;
  /** The same, only where it was said for the import. */
  countrySaid?: string;
}
export interface RowOutcome {
  row: number;
  /** Whom or what the row is about, where the room says. */
  subjectId?: string;
  outcome: 'new' | 'updated' | 'matched' | 'skipped' | 'problem';
  field?: string;
  sentence?: string;
}
