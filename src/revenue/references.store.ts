import { empty, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { organizationKey } from '../platform/values/organization-name.rules.ts';
import { mailKeyOf, type Reference } from './find-customers.ts';

export interface Named extends Reference {
  programRef: string | null;
}

/** The kinds of a reference, the field that says it, and what it is looked for by. */
const kinds = [
  ['lead', 'leadRef', (said: string) => said],
  ['contact', 'contactRef', (said: string) => said],
  ['mail', 'email', mailKeyOf],
  ['account', 'accountRef', (said: string) => said],
  ['company', 'accountName', organizationKey],
  ['program', 'programRef', (said: string) => said.toLowerCase()],
] as const;

/** Keeps whom an import's opportunities name. */
export async function keepReferences(tx: Tx, importId: string, told: readonly (Named & { opportunityId: string })[]): Promise<void> {
  const rows = new Map<string, string[]>();
  for (const one of told)
    for (const [kind, field, keyOf] of kinds) {
      const said = one[field];
      const key = said ? keyOf(said) : null;
      // Of two rows for one opportunity the later is believed.
      if (said && key) rows.set(`${one.opportunityId} ${kind}`, [one.opportunityId, kind, key, said]);
    }
  const column = (at: number): string[] => [...rows.values()].map((row) => row[at]!);
  if (rows.size > 0)
    await tx.run(sql`insert into revenue.opportunity_reference (workspace_id, opportunity_id, import_id, kind, key, said)
      select ${tx.scope.workspaceId}, x.id, ${importId}, x.kind, x.key, x.said
      from unnest(${column(0)}::uuid[], ${column(1)}::text[], ${column(2)}::text[], ${column(3)}::text[]) as x (id, kind, key, said)
      on conflict (workspace_id, opportunity_id, import_id, kind) do update set key = excluded.key, said = excluded.said`);
}

export async function dropReferences(tx: Tx, importId: string, kept: ReadonlySet<string>): Promise<void> {
  await tx.run(sql`delete from revenue.opportunity_reference where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and opportunity_id <> all(${[...kept]}::uuid[])`);
}

/** Whom these opportunities name, by their latest file that says it. */
export async function findReferences(tx: Tx, opportunityIds: readonly string[]): Promise<Map<string, Named>> {
  const rows = await tx.rows<{ id: string; kind: string; said: string }>(sql`select distinct on (opportunity_id, kind) opportunity_id as id, kind, said from revenue.opportunity_reference
    where workspace_id = ${tx.scope.workspaceId} and opportunity_id = any(${[...opportunityIds]}::uuid[]) order by opportunity_id, kind, import_id desc`);
  const found = new Map<string, Named>();
  for (const { id, kind, said } of rows) {
    const named = found.get(id) ?? { leadRef: null, contactRef: null, email: null, accountRef: null, accountName: null, programRef: null };
    const field = kinds.find(([of]) => of === kind)![1];
    found.set(id, { ...named, [field]: said });
  }
  return found;
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** Opportunities of these inquiries that have no lead or nobody yet, and those that name one of them and have no inquiry. */
export const findWaitingFor = async (tx: Tx, inquiryIds: readonly string[]): Promise<string[]> =>
  ids(
    await tx.rows(sql`select id from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and inquiry_id = any(${[...inquiryIds]}::uuid[]) and (lead_id is null or person_id is null)
      union select o.id from capture.inquiry i
        join revenue.opportunity_reference r on r.workspace_id = i.workspace_id and r.kind = 'lead' and r.key = i.external_id
        join revenue.opportunity o on o.workspace_id = r.workspace_id and o.id = r.opportunity_id and o.inquiry_id is null
        where i.workspace_id = ${tx.scope.workspaceId} and i.id = any(${[...inquiryIds]}::uuid[]) and i.status <> 'withdrawn'`),
  );

/** Opportunities that miss somebody or something they name and that is known by now. */
export async function findLinkable(tx: Tx): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const sighted = (by: 'external_id' | 'mail_key') =>
    by === 'mail_key'
      ? sql`exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.mail_key = r.key and s.withdrawn_at is null)`
      : sql`exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.external_id = r.key and s.withdrawn_at is null)`;
  return ids(
    await tx.rows(sql`select distinct o.id from revenue.opportunity_reference r
      join revenue.opportunity o on o.workspace_id = r.workspace_id and o.id = r.opportunity_id
      where r.workspace_id = ${workspaceId} and case r.kind
        when 'lead' then o.inquiry_id is null and (exists (select 1 from capture.inquiry i where i.workspace_id = ${workspaceId} and i.external_id = r.key and i.status <> 'withdrawn') or (o.person_id is null and ${sighted('external_id')}))
        when 'contact' then o.person_id is null and ${sighted('external_id')}
        when 'mail' then o.person_id is null and ${sighted('mail_key')}
        when 'account' then o.organization_id is null and exists (select 1 from identity.organization g where g.workspace_id = ${workspaceId} and g.external_id = r.key and g.retired_at is null)
        when 'company' then o.organization_id is null and exists (select 1 from identity.organization g where g.workspace_id = ${workspaceId} and g.name_key = r.key and g.retired_at is null)
        else o.program_id is null and exists (select 1 from capture.program p where p.workspace_id = ${workspaceId} and p.status <> 'withdrawn' and (p.external_id = r.said or lower(p.name) = r.key)) end
      order by 1`),
  );
}

/**
 * Takes from opportunities of files, or only from those of some leads, what was taken back since: leads, inquiries, people, organizations,
 * programs. Answers which.
 */
export async function forgetTakenBack(tx: Tx, leadIds?: readonly string[]): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const those = leadIds ? sql` and o.lead_id = any(${[...leadIds]}::uuid[])` : empty;
  return ids(
    await tx.rows(sql`
      with stale as materialized (
        select o.id, l.id is not null as no_lead, i.id is not null as no_inquiry, p.id is not null as no_person, g.id is not null as no_organization, c.id is not null as no_program
        from revenue.opportunity o
        left join qualify.lead l on l.workspace_id = ${workspaceId} and l.id = o.lead_id and l.fate = 'withdrawn'
        left join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = o.inquiry_id and i.status = 'withdrawn'
        left join identity.person p on p.workspace_id = ${workspaceId} and p.id = o.person_id and p.retired_at is not null and p.survivor_id is null
        left join identity.organization g on g.workspace_id = ${workspaceId} and g.id = o.organization_id and g.retired_at is not null and g.survivor_id is null
        left join capture.program c on c.workspace_id = ${workspaceId} and c.id = o.program_id and c.status = 'withdrawn'
        where o.workspace_id = ${workspaceId}${those} and exists (select 1 from revenue.opportunity_reference r where r.workspace_id = ${workspaceId} and r.opportunity_id = o.id)
          and (l.id is not null or i.id is not null or p.id is not null or g.id is not null or c.id is not null))
      update revenue.opportunity o set lead_id = case when no_lead then null else lead_id end, inquiry_id = case when no_inquiry then null else inquiry_id end,
        person_id = case when no_person then null else person_id end, organization_id = case when no_organization then null else organization_id end,
        program_id = case when no_program then null else program_id end
      from stale where o.workspace_id = ${workspaceId} and o.id = stale.id returning o.id`),
  );
}
