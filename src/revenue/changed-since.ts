import type { ChangedSince } from '../capture/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { findChanged } from './before-import.store.ts';

const namedMost = 20;
/** What is said of a row, by the name of its column and of its field. */
const said = {
  opportunity: [['stage', 'stage'], ['outcome', 'outcome'], ['amount_minor', 'amountMinor'], ['close_on', 'closeOn']],
  invoice: [['status', 'status'], ['net_minor', 'netMinor'], ['lead_id', 'leadId'], ['matched_by', 'matchedBy']],
} as const;

/** Rows of an import that somebody, or another import, changed after: they stay as they are when it is taken back, unless told to overwrite. */
export async function readChangedSince(tx: Tx, importId: string, kind: 'opportunity' | 'invoice'): Promise<ChangedSince> {
  const found = await findChanged(tx, importId, kind);
  const text = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);
  return {
    count: found.length,
    items: found.slice(0, namedMost).map(({ id, label, was, is }) => ({
      id,
      label,
      // What the import itself wrote is not kept.
      fields: said[kind].flatMap(([column, name]) => {
        const [before, since] = [text(was?.[name]), text(is[column])];
        return before === since ? [] : [{ field: column.replaceAll('_', ' '), before, imported: null, since }];
      }),
    })),
  };
}

/** Those an undo leaves alone. */
export const findKept = async (tx: Tx, importId: string, kind: 'opportunity' | 'invoice', options?: { overwrite?: boolean }): Promise<ReadonlySet<string>> =>
  new Set(options?.overwrite === false ? (await findChanged(tx, importId, kind)).map(({ id }) => id) : []);
