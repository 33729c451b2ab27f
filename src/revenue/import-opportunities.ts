import type { NewFact } from '../journal/index.ts';
import {
  findByExternalIds,
  resolvePrograms,
  resolveSources,
  countKnownExternalIds,
  type ImportBatch,
  type ImportKind,
  type RowOutcome,
} from '../capture/index.ts';
import { ensureHolders, findHoldersBy } from '../distribute/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { dateIn } from '../platform/values/period.rules.ts';
import { findCustomers } from './find-customers.ts';
import { opportunityFact } from './opportunity-facts.rules.ts';
import { findKnownOpportunities, type OpportunityRow } from './opportunity.store.ts';
import { saveOpportunities } from './save-opportunities.ts';
import { pairTwins, readOpportunity, type ReadOpportunity } from './read-opportunity.rules.ts';
import { readStages } from './stages.ts';
import { readChangedSince } from './changed-since.ts';
import { keepReferences } from './references.store.ts';
import { undoOpportunities } from './undo-opportunities.ts';
import { inSevenLanguages } from './import-words.rules.ts';

export const opportunitiesImport: ImportKind = {
  kind: 'opportunities',
  label: 'Opportunities',
  matchedBy: {
    fields: ['externalId', 'name', 'accountName', 'openedAt'],
    sentence: 'A row finds its opportunity by the id, else by name, company and day together; what it says replaces what was known.',
  },
  updates: true,
  // Lists of calls and tasks have a subject, an owner and a lead, too.
  knownBy: [['stage', 'status', 'isWon', 'amount', 'probability', 'closeAt']],
  fields: inSevenLanguages([
    {
      name: 'externalId',
      label: 'Opportunity id',
      type: 'text',
      synonyms: ['opportunity id', 'potential id', 'deal id', 'record id', 'id', 'opportunityid', 'potentialid', 'dealid'],
    },
    {
      name: 'name',
      label: 'Name',
      type: 'text',
      synonyms: [
        'name',
        'opportunity',
        'opportunity name',
        'potential name',
        'deal',
        'deal name',
        'title',
        'subject',
        'nombre',
        'bezeichnung',
      ],
    },
    {
      name: 'owner',
      label: 'Owner',
      type: 'text',
      choices: 'holders',
      synonyms: [
        'owner',
        'opportunity owner',
        'potential owner',
        'deal owner',
        'rep',
        'sales rep',
        'salesperson',
        'assigned to',
        'verkäufer',
      ],
    },
    {
      name: 'ownerRef',
      label: 'Owner id',
      type: 'text',
      synonyms: ['owner id', 'potential owner id', 'opportunity owner id', 'deal owner id', 'rep id', 'sales rep id'],
    },
    {
      name: 'stage',
      label: 'Stage',
      type: 'text',
      choices: 'stages',
      synonyms: ['stage', 'sales stage', 'deal stage', 'pipeline stage', 'phase', 'etapa', 'verkaufsphase'],
    },
    {
      name: 'status',
      label: 'Won, lost or open',
      type: 'text',
      choices: 'outcomes',
      synonyms: ['forecast type', 'outcome', 'status', 'deal status', 'opportunity status', 'result', 'won lost'],
    },
    { name: 'isWon', label: 'Is won', type: 'boolean', synonyms: ['is won', 'won', 'iswon', 'gewonnen'], strict: false },
    {
      name: 'amount',
      label: 'Amount',
      type: 'money',
      synonyms: ['amount', 'value', 'deal value', 'deal amount', 'opportunity amount', 'betrag', 'importe', 'montant', 'valor'],
    },
    {
      name: 'probability',
      label: 'Probability',
      type: 'number',
      synonyms: ['probability', 'probability %', 'chance', 'wahrscheinlichkeit', 'probabilidad'],
      strict: false,
    },
    {
      name: 'openedAt',
      label: 'Created',
      type: 'datetime',
      synonyms: ['created time', 'created', 'created at', 'created date', 'create date', 'opened', 'date created', 'erstellt'],
    },
    {
      name: 'closeAt',
      label: 'Closing date',
      type: 'datetime',
      synonyms: ['closing date', 'close date', 'closed at', 'expected close date', 'closed date', 'won date', 'abschlussdatum'],
    },
    {
      name: 'lostReason',
      label: 'Why lost',
      type: 'text',
      synonyms: ['lost reason', 'reason for loss', 'loss reason', 'closed lost reason'],
    },
    { name: 'segment', label: 'Segment', type: 'text', synonyms: ['segment', 'business segment', 'type', 'opportunity type', 'deal type'] },
    {
      name: 'leadRef',
      label: 'Lead id',
      type: 'text',
      synonyms: ['lead id', 'leadid', 'lead', 'inquiry id', 'lead external id', 'mql id', 'converted lead id', 'receipt'],
      known: (tx, texts) => countKnownExternalIds(tx, texts),
    },
    { name: 'contactRef', label: 'Contact id', type: 'text', synonyms: ['contact id', 'contactid', 'person id', 'contact external id'] },
    { name: 'email', label: 'Mail of the contact', type: 'email', synonyms: ['email', 'e-mail', 'contact email', 'mail'], strict: false },
    {
      name: 'accountRef',
      label: 'Account id',
      type: 'text',
      synonyms: ['account id', 'accountid', 'company id', 'organization id', 'customer id'],
    },
    {
      name: 'accountName',
      label: 'Company',
      type: 'text',
      synonyms: ['account', 'account name', 'company', 'company name', 'organization', 'customer', 'firma', 'empresa'],
    },
    {
      name: 'programRef',
      label: 'Program (campaign)',
      type: 'text',
      synonyms: [
        'campaign id',
        'campaignid',
        'campaign',
        'campaign name',
        'program',
        'program id',
        'campaign source',
        'primary campaign source',
        'kampagne',
      ],
    },
    { name: 'source', label: 'Source', type: 'text', choices: 'sources', synonyms: ['lead source', 'source', 'origin', 'quelle', 'fuente'] },
  ]),
  apply,
  undo: undoOpportunities,
  changedSince: (tx, importId) => readChangedSince(tx, importId, 'opportunity'),
};

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const { importId, options } = batch;
  const stages = await readStages(tx);
  const outcomes: RowOutcome[] = [];
  const rows: ReadOpportunity[] = [];
  for (const { row, values } of batch.rows) {
    const read = readOpportunity(row, values, stages, options.currency);
    if (read) rows.push(read);
    else
      outcomes.push({
        row,
        outcome: 'problem',
        field: 'name',
        sentence: 'This row names no opportunity: it needs a name, an id or a company.',
      });
  }
  if (rows.length === 0) return outcomes;

  const customers = await findCustomers(
    tx,
    rows,
    await findByExternalIds(
      tx,
      rows.flatMap((row) => row.leadRef ?? []),
    ),
  );
  const programs = await resolvePrograms(tx, new Set(rows.flatMap((row) => row.programRef ?? [])));
  const sources = await resolveSources(tx, cx, new Set(rows.flatMap((row) => row.sourceName ?? [])), importId);
  const owners = await findOwners(tx, cx, rows, options.createMissing ? importId : null);
  const known = await findKnownOpportunities(
    tx,
    rows.flatMap((row) => row.externalId ?? []),
    rows.flatMap((row) => row.naturalKey ?? []),
  );
  const byExternalId = new Map(known.flatMap((one) => (one.externalId ? [[one.externalId, one] as const] : [])));
  const byId = new Map(known.map((one) => [one.id, one]));

  const now = cx.clock.now();
  const fresh = new Map<string, OpportunityRow>();
  const changed = new Map<string, { before: OpportunityRow; after: OpportunityRow }>();
  const seen = new Map<string, OpportunityRow>();
  const facts: NewFact[] = [];
  const named: (ReadOpportunity & { opportunityId: string })[] = [];
  pairTwins(rows, known, importId).forEach(({ row, knownId, ordinal }, index) => {
    const before = row.externalId
      ? (seen.get(row.externalId) ?? byExternalId.get(row.externalId))
      : knownId
        ? byId.get(knownId)
        : undefined;
    const customer = customers[index]!;
    const programId = (row.programRef ? programs.get(row.programRef) : undefined) ?? options.programId ?? before?.programId ?? null;
    const closed = row.outcome === 'open' ? null : (row.closeAt ?? before?.closedAt ?? row.openedAt ?? now);
    const after: OpportunityRow = {
      id: before?.id ?? cx.ids.next(),
      externalId: row.externalId,
      naturalKey: row.naturalKey,
      ordinal: row.externalId ? 1 : ordinal,
      name: row.name,
      leadId: customer.leadId ?? before?.leadId ?? null,
      personId: customer.personId ?? before?.personId ?? null,
      organizationId: customer.organizationId ?? before?.organizationId ?? null,
      inquiryId: customer.inquiryId ?? before?.inquiryId ?? null,
      programId,
      sourceId: (row.sourceName ? sources.get(row.sourceName.toLowerCase()) : undefined) ?? before?.sourceId ?? null,
      holderId: owners[index] ?? before?.holderId ?? null,
      ownerName: row.ownerName ?? before?.ownerName ?? null,
      stage: row.stage,
      probability: row.probability,
      amountMinor: row.amountMinor,
      currency: row.currency,
      openedAt: row.openedAt ?? before?.openedAt ?? closed ?? now,
      closeOn: row.closeAt ? dateIn(row.closeAt, options.timeZone) : (before?.closeOn ?? null),
      closedAt: closed,
      outcome: row.outcome,
      lostReason: row.lostReason,
      segment: row.segment ?? before?.segment ?? null,
      origin: before?.origin ?? 'import',
      importId: before?.importId ?? importId,
      lastImportId: importId,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    };
    if (row.externalId) seen.set(row.externalId, after);
    named.push({ ...row, opportunityId: after.id });
    if (!before) {
      fresh.set(after.id, after);
      facts.push(...opportunityFact(undefined, after));
    } else if (fresh.has(before.id)) fresh.set(before.id, after);
    else {
      changed.set(before.id, { before: changed.get(before.id)?.before ?? before, after });
      facts.push(...opportunityFact(before, after));
    }
    const lost =
      row.programRef && !programs.has(row.programRef)
        ? `No program is called “${row.programRef}” yet; the opportunity belongs to it as soon as one is.`
        : undefined;
    outcomes.push({ row: row.row, subjectId: after.id, outcome: before ? 'updated' : 'new', ...(lost ? { field: 'programRef', sentence: lost } : {}) });
  });
  await saveOpportunities(tx, cx, importId, [...fresh.values()], [...changed.values()], facts);
  await keepReferences(tx, importId, named);
  return outcomes;
}

/** Owners among the reps; unknown ones are made where the import may make what is missing. */
async function findOwners(tx: Tx, cx: Context, rows: readonly ReadOpportunity[], makeFor: string | null): Promise<(string | null)[]> {
  if (makeFor)
    return ensureHolders(
      tx,
      cx,
      rows.map((row) => ({ externalId: row.ownerId, name: row.ownerName })),
      makeFor,
    );
  const known = await findHoldersBy(
    tx,
    rows.flatMap((row) => [row.ownerId ?? '', row.ownerName ?? '']),
  );
  return rows.map((row) => known.get(row.ownerId?.toLowerCase() ?? '') ?? known.get(row.ownerName?.toLowerCase() ?? '') ?? null);
}
