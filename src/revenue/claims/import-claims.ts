import { createHash } from 'node:crypto';
import type { ImportBatch, ImportKind, ImportRow, RowOutcome, TellConsequences } from '../../capture/index.ts';
import { organizationsImport, peopleImport } from '../../identity/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { claimFields, knownByFields } from './claim-fields.ts';
import { findDistributors, loadBuyers } from './claim.queries.ts';
import type { Proof } from './claim.rules.ts';
import { findClaimsByKey, findClaimsOfImport, removeClaims, updateClaims, type ClaimRow } from './claim.store.ts';
import { readClaim, type ReadClaim } from './read-claim.rules.ts';
import { releaseClaims } from './apply-claims.ts';
import { addClaims, settleLeaning } from './settle-claims.ts';

const kindOf = (proof: Proof, kind: string, label: string): ImportKind => ({
  kind,
  label,
  matchedBy: {
    fields: ['email', 'phone', 'fullName', 'organization', 'street', 'postalCode', 'serial', 'product', 'distributor', 'soldOn'],
    sentence: 'A row finds its buyer as any arrival does, then the lead that explains the sale; where that is not sure, somebody decides. A row that came before is not counted again.',
  },
  updates: false,
  fields: claimFields(proof),
  knownBy: knownByFields[proof],
  apply: (tx, cx, batch) => apply(tx, cx, proof, batch),
  undo,
  changedSince: async (tx, importId) => {
    const [people, organizations] = [await peopleImport.changedSince!(tx, importId), await organizationsImport.changedSince!(tx, importId)];
    return { count: people.count + organizations.count, items: [...people.items, ...organizations.items] };
  },
});

export const claimImports: ImportKind[] = [
  kindOf('sell-through', 'sell-through', 'Sell-through of distributors'),
  kindOf('warranty', 'warranties', 'Warranty registrations'),
  kindOf('rebate', 'rebates', 'Rebate claims'),
];

interface Read {
  row: ImportRow;
  claim: ReadClaim;
  key: string;
  ordinal: number;
}

async function apply(tx: Tx, cx: Context, proof: Proof, batch: ImportBatch): Promise<RowOutcome[]> {
  const { importId, options } = batch;
  const outcomes: RowOutcome[] = [];
  const read = batch.rows.flatMap((row): { row: ImportRow; claim: ReadClaim; key: string }[] => {
    const one = readClaim(row.values, { currency: options.currency, distributor: options.source });
    if ('claim' in one) return [{ row, claim: one.claim, key: createHash('sha256').update(one.claim.recognisedBy).digest('base64url') }];
    outcomes.push({ row: row.row, outcome: one.skipped ? 'skipped' : 'problem', ...(one.field ? { field: one.field } : {}), sentence: one.problem });
    return [];
  });
  const fresh = await leaveKnownOut(tx, proof, importId, read, outcomes);
  const buyers = await findBuyers(tx, cx, batch, fresh);
  const distributors = await findDistributors(tx, [...new Set(fresh.flatMap(({ claim }) => claim.distributor ?? []))]);
  const at = cx.clock.now();
  const claims = fresh.flatMap(({ row, claim, key, ordinal }): ClaimRow[] => {
    const buyer = buyers.get(row.row)!;
    if ('outcome' in buyer) {
      outcomes.push(buyer);
      return [];
    }
    const { recognisedBy: _key, names: _names, ...said } = claim;
    const one: ClaimRow = {
      ...said, ...buyer,
      id: cx.ids.next(), proof, claimKey: key, ordinal,
      holderId: claim.distributor ? (distributors.get(claim.distributor) ?? null) : null,
      state: 'none', leadId: null, opportunityId: null, knownKind: null, knownId: null, filledMinor: null, reported: null, reportedHolderId: null,
      candidates: [], reasons: [], decidedAt: null, decidedBy: null, decidedLeadId: null, importId, lastImportId: importId, createdAt: at, updatedAt: at,
    };
    const unknown = claim.distributor && !one.holderId ? { sentence: `No distributor called “${claim.distributor}” works with us: the sale is matched without that hint.` } : {};
    outcomes.push({ row: row.row, subjectId: one.id, outcome: 'new', ...unknown });
    return [one];
  });
  await addClaims(tx, cx, claims);
  return outcomes;
}

/** A row of an earlier file is told of and not taken in again; rows of this one that are alike in every word are as many sales. */
async function leaveKnownOut(tx: Tx, proof: Proof, importId: string, read: readonly { row: ImportRow; claim: ReadClaim; key: string }[], outcomes: RowOutcome[]): Promise<Read[]> {
  const known = Map.groupBy(await findClaimsByKey(tx, proof, [...new Set(read.map(({ key }) => key))]), (one) => one.claimKey);
  const met = new Map([...known].map(([key, rows]) => [key, rows.filter((one) => one.lastImportId === importId).length]));
  const again: ClaimRow[] = [];
  const fresh: Read[] = [];
  for (const one of read) {
    const ordinal = one.claim.serialKey ? 1 : (met.get(one.key) ?? 0) + 1;
    const before = known.get(one.key)?.find((claim) => claim.ordinal === ordinal);
    const twin = one.claim.serialKey !== null && fresh.some((other) => other.key === one.key);
    met.set(one.key, ordinal);
    if (!before && !twin) {
      fresh.push({ ...one, ordinal });
      continue;
    }
    if (before) again.push({ ...before, lastImportId: importId });
    const changed = before && one.claim.valueMinor !== null && before.valueMinor !== one.claim.valueMinor;
    outcomes.push({
      row: one.row.row,
      ...(before ? { subjectId: before.id } : {}),
      outcome: changed ? 'skipped' : 'matched',
      sentence: changed ? 'This sale is known already, with another value: nothing is counted again, and the first value stands.' : 'This sale is known already: nothing is counted again.',
    });
  }
  await updateClaims(tx, again);
  return fresh;
}

type Buyer = Pick<ClaimRow, 'personId' | 'organizationId' | 'isNew'>;

/** The buyers, recognised like anybody in a list: a row that names a person as one, a row that names a company alone as that. By row. */
async function findBuyers(tx: Tx, cx: Context, batch: ImportBatch, read: readonly Read[]): Promise<Map<number, Buyer | RowOutcome>> {
  const people = read.filter(({ claim }) => claim.names === 'person').map(({ row }) => row);
  const organizations = read.filter(({ claim }) => claim.names === 'organization').map(({ row }) => ({ ...row, values: { ...row.values, name: row.values['organization'] } }));
  const told = [
    ...(people.length > 0 ? await peopleImport.apply(tx, cx, { ...batch, rows: people.map((row) => ({ ...row, extra: {} })) }) : []),
    ...(organizations.length > 0 ? await organizationsImport.apply(tx, cx, { ...batch, rows: organizations.map((row) => ({ ...row, extra: {} })) }) : []),
  ];
  const ids = new Set(people.map(({ row }) => row));
  const subjects = told.flatMap((one) => (one.subjectId ? [{ id: one.subjectId, isPerson: ids.has(one.row) }] : []));
  const some = (isPerson: boolean): string[] => [...new Set(subjects.filter((one) => one.isPerson === isPerson).map((one) => one.id))];
  const known = await loadBuyers(tx, batch.importId, some(true), some(false));
  return new Map(told.map((one) => [one.row, known.get(one.subjectId ?? '') ?? { ...one, outcome: 'problem' as const, sentence: one.sentence ?? 'Nobody can be recognised by what this row says of its buyer.' }]));
}

async function undo(tx: Tx, cx: Context, importId: string, options?: { overwrite?: boolean }): Promise<void> {
  const own = await findClaimsOfImport(tx, importId);
  await releaseClaims(tx, cx, own);
  const ids = own.map(({ id }) => id);
  await removeClaims(tx, ids);
  // Whoever else told of these sales proves them now.
  await settleLeaning(tx, cx, ids);
  await peopleImport.undo(tx, cx, importId, options);
  await organizationsImport.undo(tx, cx, importId, options);
}

/** What rows that were tried would bring about. */
export const tellClaims: TellConsequences = async (tx, importId, since) => {
  const rows = await tx.rows<{ what: string; count: number; samples: string[] }>(sql`
    with found as materialized (select c.*, coalesce(o.name, c.said ->> 'organization', p.full_name, c.said ->> 'fullName', c.product) as called from revenue.claim c
      left join identity.person p on p.workspace_id = c.workspace_id and p.id = c.person_id left join identity.organization o on o.workspace_id = c.workspace_id and o.id = c.organization_id
      where c.workspace_id = ${tx.scope.workspaceId} and c.import_id = ${importId} and c.id > ${since})
    select w.what, count(*)::int as count, (array_agg(f.called order by f.value_minor desc nulls last) filter (where f.called is not null))[1:5] as samples from found f
    cross join lateral (values
      (1, 'sales credited to leads', f.state = 'credited'), (2, 'sales counted already, proved once more', f.state = 'known'), (3, 'sales for somebody to decide', f.state = 'ask'),
      (4, 'sold, though reported bad, unknown or not at all', f.reported is not null), (5, 'sales to customers nobody knew', f.is_new and f.state = 'none'), (6, 'sales to known customers without a lead', not f.is_new and f.state = 'none')) w (place, what, holds)
    where w.holds group by w.place, w.what order by w.place`);
  return rows.map((row) => ({ ...row, samples: row.samples ?? [] }));
};
