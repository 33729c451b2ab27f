import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { parseEmail } from '../../platform/values/email.rules.ts';
import { findLeadsNamed } from '../exchange/verdict-file.queries.ts';
import type { ActivityRow } from '../followup.store.ts';
import type { LeadOf, ToldActivity } from './read-activity.rules.ts';

const mailKey = (email: string | null): string | null => (email === null ? null : (parseEmail(email)?.key ?? null));

/** The leads each row may mean, by the moment they were asked: of its lead id or receipt, else of the contact's id or mail address. */
export async function findLeadsOf(tx: Tx, rows: readonly ToldActivity[]): Promise<LeadOf[][]> {
  const { workspaceId } = tx.scope;
  const some = (of: (row: ToldActivity) => string | null): string[] => [...new Set(rows.flatMap((row) => of(row) ?? []))];
  const refs = some(({ leadRef }) => leadRef);
  const named = await findLeadsNamed(tx, refs);
  const found = await tx.rows<LeadOf & { by: 'lead' | 'inquiry' | 'contact' | 'mail'; ref: string }>(sql`with people as (
      select distinct 'contact' as by, s.external_id as ref, coalesce(p.survivor_id, p.id) as id from identity.sighting s
      join identity.person p on p.workspace_id = s.workspace_id and p.id = s.person_id
      where s.workspace_id = ${workspaceId} and s.withdrawn_at is null and s.external_id = any(${some(({ contactRef }) => contactRef)}::text[])
      union
      select distinct 'mail', s.mail_key, coalesce(p.survivor_id, p.id) from identity.sighting s
      join identity.person p on p.workspace_id = s.workspace_id and p.id = s.person_id
      where s.workspace_id = ${workspaceId} and s.withdrawn_at is null and s.mail_key = any(${some(({ email }) => mailKey(email))}::text[])
    ), meant as (
      select 'lead' as by, n.ref, n.id from unnest(${[...named.keys()]}::text[], ${[...named.values()]}::uuid[]) n (ref, id)
      union
      select 'inquiry', i.external_id, li.lead_id from capture.inquiry i join qualify.lead_inquiry li on li.workspace_id = i.workspace_id and li.inquiry_id = i.id and li.withdrawn_at is null
      where i.workspace_id = ${workspaceId} and i.external_id = any(${refs}::text[]) and i.status <> 'withdrawn'
      union
      select m.by, m.ref, l.id from people m join identity.person p on p.workspace_id = ${workspaceId} and (p.id = m.id or p.survivor_id = m.id)
      join qualify.lead l on l.workspace_id = p.workspace_id and l.person_id = p.id
    )
    select m.by, m.ref, l.id as lead_id, i.occurred_at as asked_at from meant m
    join qualify.lead l on l.workspace_id = ${workspaceId} and l.id = m.id and (l.fate is null or l.fate not in ('withdrawn', 'merged'))
    join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id
    order by asked_at, lead_id`);
  const byKey = Map.groupBy(found, ({ by, ref }) => `${by} ${ref}`);
  const of = (by: string, ref: string | null): LeadOf[] | undefined => (ref === null ? undefined : byKey.get(`${by} ${ref}`));
  return rows.map((row) => of('lead', row.leadRef) ?? of('inquiry', row.leadRef) ?? of('contact', row.contactRef) ?? of('mail', mailKey(row.email)) ?? []);
}

/** What came in by lists before and may be told again: by its id there, else by lead, kind, moment and words. */
export const findTold = (tx: Tx, references: readonly string[], leadIds: readonly string[], moments: readonly Date[]): Promise<(Pick<ActivityRow, 'leadId' | 'kind' | 'at' | 'note'> & { reference: string | null })[]> =>
  tx.rows(sql`select lead_id, kind, at, note, reference from followup.activity where workspace_id = ${tx.scope.workspaceId} and import_id is not null
    and (reference = any(${references}::text[]) or (reference is null and lead_id = any(${leadIds}::uuid[]) and at = any(${moments}::timestamptz[])))`);

export async function saveTold(tx: Tx, importId: string, rows: readonly (ActivityRow & { reference: string | null })[]): Promise<void> {
  await tx.copy(
    'followup.activity',
    ['workspace_id', 'id', 'lead_id', 'holder_id', 'kind', 'at', 'outcome', 'note', 'via', 'import_id', 'reference'],
    rows.map((row) => [tx.scope.workspaceId, row.id, row.leadId, row.holderId, row.kind, row.at, row.outcome, row.note, row.via, importId, row.reference]),
  );
}

/** Takes some of what a list told out; nothing when all of it is. */
export const removeTold = (tx: Tx, importId: string, most: number): Promise<{ id: string; leadId: string }[]> =>
  tx.rows(sql`delete from followup.activity where workspace_id = ${tx.scope.workspaceId} and id in (
    select id from followup.activity where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} order by id limit ${most}) returning id, lead_id`);
