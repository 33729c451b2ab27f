import type { ImportBatch, ImportKind, RowOutcome, ValueList } from '../../capture/index.ts';
import { findHoldersBy } from '../../distribute/index.ts';
import { append } from '../../journal/index.ts';
import type { NewFact } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { findChains } from '../followup.store.ts';
import type { ActivityRow } from '../followup.store.ts';
import { activityFields } from './activity-fields.ts';
import { findLeadsOf, findTold, removeTold, saveTold } from './history.store.ts';
import { activityLabels, leadAt, readActivity, readKind } from './read-activity.rules.ts';

/**
 * Calls, mails and meetings as another system kept them. They stand on their leads as what was done; no clock here stops for them and no playbook
 * moves on, since nobody was promised them here.
 */
export const activitiesImport: ImportKind = {
  kind: 'activities',
  label: 'Calls, mails and meetings',
  fields: activityFields,
  matchedBy: {
    fields: ['externalId', 'leadRef', 'contactRef', 'email'],
    sentence: 'A row finds its lead by the lead’s id or receipt, else by the contact’s id or mail address: of several leads the one that was open then. What is known by its id there, or word for word, comes in once.',
  },
  updates: false,
  whole: true,
  // What was done, when, and about whom; opportunities and inquiries have a moment and a lead id, too.
  knownBy: [['leadRef', 'contactRef', 'email'], ['minutes', 'seconds', 'direction', 'kind', 'outcome', 'purpose']],
  apply,
  undo,
};

export const activitiesList: ValueList = {
  open: false,
  all: async () => Object.entries(activityLabels).map(([value, label]) => ({ value, label })),
  read: readKind,
};

const sameWords = (row: Pick<ActivityRow, 'leadId' | 'kind' | 'at' | 'note'>): string => JSON.stringify([row.leadId, row.kind, row.at.getTime(), row.note]);

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const now = cx.clock.now();
  const told = batch.rows.map(({ row, values }) => readActivity(row, values));
  const leads = await findLeadsOf(tx, told);
  const leadOf = told.map(({ at }, i) => leadAt(leads[i]!, at));
  const holders = await findHoldersBy(tx, told.flatMap(({ by }) => by));
  const before = await findTold(tx, told.flatMap(({ reference }) => reference ?? []), leadOf.filter((id) => id !== undefined), told.map(({ at }) => at));
  const references = new Set(before.flatMap(({ reference }) => reference ?? []));
  const words = new Set(before.map(sameWords));

  const outcomes: RowOutcome[] = [];
  const fresh: (ActivityRow & { reference: string | null })[] = [];
  for (const [i, one] of told.entries()) {
    const { row, reference, by } = one;
    const leadId = leadOf[i];
    if (one.at > now) outcomes.push({ row, outcome: 'problem', field: 'at', sentence: 'This is still to come: only what was done comes in.' });
    else if (leadId === undefined)
      outcomes.push({ row, outcome: 'problem', field: one.leadRef === null ? 'contactRef' : 'leadRef', sentence: one.leadRef ?? one.contactRef ?? one.email ? 'No lead is known by what this row says. Bring the leads in first.' : 'The row does not say whose lead it was about.' });
    else {
      const holderId = by.map((text) => holders.get(text.trim().toLowerCase())).find((id) => id !== undefined) ?? null;
      const made = { id: cx.ids.next(), leadId, holderId, userId: null, kind: one.kind, at: one.at, outcome: one.outcome, note: one.note, via: 'import' as const, reference };
      const known = reference === null ? words.has(sameWords(made)) : references.has(reference);
      if (!known) fresh.push(made);
      if (reference === null) words.add(sameWords(made));
      else references.add(reference);
      const unknown = by.length > 0 && holderId === null;
      outcomes.push({ row, subjectId: leadId, outcome: known ? 'matched' : 'new', ...(unknown ? { field: 'owner', sentence: `Nobody here is called “${by.at(-1)}”: it stands without a name.` } : {}) });
    }
  }
  await saveTold(tx, batch.importId, fresh);
  const chains = await findChains(tx, [...new Set(fresh.map(({ leadId }) => leadId))]);
  await append(
    tx,
    cx,
    fresh.map(({ id, leadId, kind, at, holderId }): NewFact => ({ type: 'lead.historyTold', chainId: chains.get(leadId)!, subjectId: leadId, at, data: { leadId, activityId: id, kind, holderId } })),
  );
  return outcomes;
}

async function undo(tx: Tx, cx: Context, importId: string): Promise<void> {
  for (;;) {
    const gone = await removeTold(tx, importId, 2000);
    if (gone.length === 0) return;
    const chains = await findChains(tx, [...new Set(gone.map(({ leadId }) => leadId))]);
    await append(tx, cx, gone.map(({ id, leadId }): NewFact => ({ type: 'lead.historyWithdrawn', chainId: chains.get(leadId)!, subjectId: leadId, data: { leadId, activityId: id } })));
  }
}
