import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { organizationKey } from '../../platform/values/organization-name.rules.ts';

export interface Buyer {
  personId: string | null;
  organizationId: string | null;
  /** nobody was known here before the import */
  isNew: boolean;
}

/** People and organizations that rows of an import turned out to be, as they stand. */
export async function loadBuyers(tx: Tx, importId: string, personIds: readonly string[], organizationIds: readonly string[]): Promise<Map<string, Buyer>> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<Buyer & { id: string }>(sql`
    select p.id, p.id as person_id, p.organization_id, p.import_id is not distinct from ${importId}::uuid and (o.id is null or o.import_id is not distinct from ${importId}::uuid) as is_new
      from identity.person p left join identity.organization o on o.workspace_id = p.workspace_id and o.id = p.organization_id
      where p.workspace_id = ${workspaceId} and p.id = any(${[...personIds]}::uuid[])
    union all
    select o.id, null, o.id, o.import_id is not distinct from ${importId}::uuid from identity.organization o where o.workspace_id = ${workspaceId} and o.id = any(${[...organizationIds]}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** People somebody still has to tell apart from these: pairs, both ways round, by the ids that stand now. */
export const findPossible = (tx: Tx, personIds: readonly string[]): Promise<{ personId: string; otherId: string }[]> =>
  tx.rows(sql`
    select d.person_id, coalesce(m.survivor_id, d.other_id) as other_id from identity.possible_duplicate d left join identity.identity_map m on m.workspace_id = d.workspace_id and m.old_id = d.other_id and m.kind = 'person'
      where d.workspace_id = ${tx.scope.workspaceId} and d.person_id = any(${[...personIds]}::uuid[]) and d.status = 'open'
    union
    select d.other_id, coalesce(m.survivor_id, d.person_id) from identity.possible_duplicate d left join identity.identity_map m on m.workspace_id = d.workspace_id and m.old_id = d.person_id and m.kind = 'person'
      where d.workspace_id = ${tx.scope.workspaceId} and d.other_id = any(${[...personIds]}::uuid[]) and d.status = 'open'`);

export interface LeadFacts {
  leadId: string;
  product: string | null;
  /** when its buyer first asked: a list of an old fair may have come in long after */
  askedAt: Date;
  verdict: string | null;
  verdictBy: string | null;
  followups: number;
  /** everybody it was handed to, the first time each */
  handed: { holderId: string; kind: string; at: string }[];
}

/** What leads ask for, who had them and what was said and done. */
export async function loadLeadFacts(tx: Tx, leadIds: readonly string[]): Promise<Map<string, LeadFacts>> {
  if (leadIds.length === 0) return new Map();
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<LeadFacts>(sql`
    select l.id as lead_id, l.product, case when i.occurred_at < l.qualified_at then i.occurred_at else l.qualified_at end as asked_at, d.verdict, d.by_holder_id as verdict_by,
      (select count(*)::int from followup.activity a where a.workspace_id = ${workspaceId} and a.lead_id = l.id and a.kind <> 'note') as followups,
      coalesce((select jsonb_agg(jsonb_build_object('holderId', h.holder_id, 'kind', h.kind, 'at', h.at) order by h.at) from (
        select a.holder_id, x.kind, min(a.started_at) as at from distribute.assignment a join distribute.holder x on x.workspace_id = a.workspace_id and x.id = a.holder_id
        where a.workspace_id = ${workspaceId} and a.lead_id = l.id and x.kind in ('rep', 'partner') group by 1, 2) h), '[]') as handed
    from qualify.lead l left join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
    where l.workspace_id = ${workspaceId} and l.id = any(${[...leadIds]}::uuid[])`);
  return new Map(rows.map((row) => [row.leadId, row]));
}

/** Invoices that count and belong to these leads. */
export const findInvoicesOfLeads = (tx: Tx, leadIds: readonly string[]): Promise<{ id: string; leadId: string; issuedOn: string }[]> =>
  tx.rows(sql`select id, lead_id, issued_on from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${[...leadIds]}::uuid[]) and status in ('open', 'paid') and kind = 'invoice'`);

/** Reps and partners by what files call them: their id or address there, or their name but for its legal form. Where two are meant, nobody is. */
export async function findDistributors(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const holders = await tx.rows<{ id: string; name: string; email: string | null; externalId: string | null }>(
    sql`select id, name, email, external_id from distribute.holder where workspace_id = ${tx.scope.workspaceId} and kind in ('rep', 'partner')`,
  );
  const by = new Map<string, string | null>();
  const learn = (key: string | undefined, id: string): void => {
    if (key) by.set(key, by.has(key) && by.get(key) !== id ? null : id);
  };
  for (const { id, name, email, externalId } of holders) {
    learn(organizationKey(name) || name.toLowerCase(), id);
    learn(email?.toLowerCase(), id);
    learn(externalId?.toLowerCase(), id);
  }
  return new Map(names.flatMap((name) => {
    const id = by.get(name.trim().toLowerCase()) ?? by.get(organizationKey(name));
    return id ? [[name, id] as const] : [];
  }));
}

export const readTimeZone = async (tx: Tx): Promise<string> =>
  (await tx.one<{ timeZone: string }>(sql`select time_zone from platform.workspace where id = ${tx.scope.workspaceId}`)).timeZone;
