import type { NewFact } from '../journal/index.ts';
import {
  countKnownExternalIds,
  findByExternalIds,
  readReceipt,
  type ImportBatch,
  type ImportKind,
  type RowOutcome,
} from '../capture/index.ts';
import { ensureHolders } from '../distribute/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { dateIn } from '../platform/values/period.rules.ts';
import { findInquiriesByReceipt, findOfInquiries } from './customers.queries.ts';
import { opportunityFact } from './opportunity-facts.rules.ts';
import { findKnownOpportunities, type OpportunityRow } from './opportunity.store.ts';
import { saveOpportunities } from './save-opportunities.ts';
import { dateOf, moneyIn, textOf } from './read-opportunity.rules.ts';
import { outcomeOfStage } from './stage.rules.ts';
import { readChangedSince } from './changed-since.ts';
import { undoOpportunities } from './undo-opportunities.ts';
import { inSevenLanguages } from './import-words.rules.ts';

/** What became of inquiries, as another system knows it: closed deals by the id of the lead. Each is a won (or lost) opportunity of that inquiry. */
export const outcomesImport: ImportKind = {
  kind: 'outcomes',
  label: 'Outcomes (closed deals by inquiry)',
  matchedBy: { fields: ['inquiryRef'], sentence: 'A row finds its inquiry by the id or the receipt; one outcome an inquiry, the later row replaces it.' },
  updates: true,
  fields: inSevenLanguages([
    {
      name: 'inquiryRef',
      label: 'Inquiry id or receipt',
      type: 'text',
      required: true,
      synonyms: [
        'mql id',
        'mqlid',
        'lead id',
        'leadid',
        'inquiry id',
        'enquiry id',
        'external id',
        'lead external id',
        'receipt',
        'lead number',
        'lead',
      ],
      known: (tx, texts) => countKnownExternalIds(tx, texts),
    },
    {
      name: 'wonAt',
      label: 'Closed at',
      type: 'datetime',
      synonyms: [
        'won date',
        'won at',
        'won on',
        'closed date',
        'close date',
        'closed at',
        'sale date',
        'sold on',
        'sold at',
        'date won',
        'conversion date',
        'deal date',
        'abschlussdatum',
      ],
    },
    {
      name: 'outcome',
      label: 'Won or lost',
      type: 'text',
      choices: 'outcomes',
      synonyms: ['outcome', 'result', 'stage', 'deal status', 'won lost', 'closed as'],
    },
    {
      name: 'value',
      label: 'Value',
      type: 'money',
      synonyms: ['value', 'amount', 'deal value', 'sale value', 'sale amount', 'order value', 'betrag', 'valor', 'deal amount'],
      strict: false,
    },
    {
      name: 'repRef',
      label: 'Rep id',
      type: 'text',
      synonyms: [
        'sr id',
        'srid',
        'rep id',
        'sales rep id',
        'sales rep',
        'rep',
        'seller rep id',
        'salesperson',
        'closer',
        'closer id',
        'owner id',
        'owner',
        'sales representative id',
      ],
    },
    { name: 'repName', label: 'Rep', type: 'text', synonyms: ['rep name', 'sales rep name', 'owner name', 'salesperson name'] },
    {
      name: 'qualifierRef',
      label: 'Qualifier id',
      type: 'text',
      synonyms: ['sdr id', 'sdrid', 'sdr', 'qualifier', 'qualifier id', 'qualified by', 'bdr id', 'sales development rep id'],
    },
    { name: 'segment', label: 'Segment', type: 'text', synonyms: ['business segment', 'segment', 'vertical', 'industry', 'category'] },
    {
      name: 'dealRef',
      label: 'Deal id',
      type: 'text',
      synonyms: ['deal id', 'sale id', 'order id', 'seller id', 'customer id', 'opportunity id'],
    },
    { name: 'lostReason', label: 'Why lost', type: 'text', synonyms: ['lost reason', 'reason', 'loss reason'] },
  ]),
  apply,
  undo: undoOpportunities,
  changedSince: (tx, importId) => readChangedSince(tx, importId, 'opportunity'),
};

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const { importId, options } = batch;
  const outcomes: RowOutcome[] = [];
  const refs = batch.rows.flatMap(({ values }) => textOf(values, 'inquiryRef') ?? []);
  const byExternalId = await findByExternalIds(tx, refs);
  const byReceipt = new Map(
    (
      await findInquiriesByReceipt(
        tx,
        refs.flatMap((ref) => (byExternalId.has(ref) ? [] : (readReceipt(ref) ?? []))),
      )
    ).map((one) => [one.receipt, one.inquiryId]),
  );
  const inquiryOf = (ref: string): string | undefined => byExternalId.get(ref) ?? byReceipt.get(readReceipt(ref) ?? '');
  const customers = await findOfInquiries(
    tx,
    refs.flatMap((ref) => inquiryOf(ref) ?? []),
  );
  const reps = await ensureHolders(
    tx,
    cx,
    batch.rows.map(({ values }) => ({ externalId: textOf(values, 'repRef'), name: textOf(values, 'repName') })),
    importId,
  );
  const keyOf = (inquiryId: string): string => `outcome|${inquiryId}`;
  const known = new Map(
    (
      await findKnownOpportunities(
        tx,
        [],
        refs.flatMap((ref) => (inquiryOf(ref) ? keyOf(inquiryOf(ref)!) : [])),
      )
    ).map((one) => [one.naturalKey!, one]),
  );

  const now = cx.clock.now();
  const fresh = new Map<string, OpportunityRow>();
  const changed = new Map<string, { before: OpportunityRow; after: OpportunityRow }>();
  const facts: NewFact[] = [];
  batch.rows.forEach(({ row, values }, index) => {
    const ref = textOf(values, 'inquiryRef')!;
    const inquiryId = inquiryOf(ref);
    if (!inquiryId) {
      outcomes.push({
        row,
        outcome: 'problem',
        field: 'inquiryRef',
        sentence: `No inquiry with the id “${ref}” is known. Import the inquiries first, then this row again.`,
      });
      return;
    }
    const said = textOf(values, 'outcome');
    const outcome = said ? outcomeOfStage(said) : 'won';
    if (outcome === 'open') {
      outcomes.push({ row, outcome: 'skipped', field: 'outcome', sentence: `“${said}” is neither won nor lost: there is no outcome yet.` });
      return;
    }
    const closedAt = dateOf(values, 'wonAt');
    if (!closedAt) {
      outcomes.push({
        row,
        outcome: 'problem',
        field: 'wonAt',
        sentence: 'An outcome needs the day it was closed, or it cannot be counted in any period.',
      });
      return;
    }
    const before = known.get(keyOf(inquiryId));
    const value = moneyIn(values, 'value');
    const customer = customers.get(inquiryId);
    const qualifier = textOf(values, 'qualifierRef');
    const after: OpportunityRow = {
      id: before?.id ?? cx.ids.next(),
      externalId: null,
      naturalKey: keyOf(inquiryId),
      ordinal: 1,
      name: `Sale to ${textOf(values, 'dealRef') ?? ref}`,
      leadId: customer?.leadId ?? before?.leadId ?? null,
      personId: customer?.personId ?? null,
      organizationId: customer?.organizationId ?? null,
      inquiryId,
      programId: before?.programId ?? null,
      sourceId: null,
      holderId: reps[index] ?? before?.holderId ?? null,
      ownerName: qualifier ? `qualified by ${qualifier}` : null,
      stage: outcome === 'won' ? 'Won' : 'Lost',
      probability: outcome === 'won' ? 100 : 0,
      amountMinor: value?.minor ?? 0,
      currency: value?.currency ?? options.currency,
      openedAt: before?.openedAt ?? closedAt,
      closeOn: dateIn(closedAt, options.timeZone),
      closedAt,
      outcome,
      lostReason: textOf(values, 'lostReason'),
      segment: textOf(values, 'segment'),
      origin: 'outcome',
      importId: before?.importId ?? importId,
      lastImportId: importId,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    };
    known.set(after.naturalKey!, after);
    if (!before || fresh.has(after.id)) fresh.set(after.id, after);
    else changed.set(after.id, { before: changed.get(after.id)?.before ?? before, after });
    facts.push(...opportunityFact(before, after));
    outcomes.push({ row, subjectId: after.id, outcome: before ? 'updated' : 'new' });
  });
  await saveOpportunities(tx, cx, importId, [...fresh.values()], [...changed.values()], facts);
  return outcomes;
}
