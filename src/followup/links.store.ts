import { behindLead } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface LinkRow {
  id: string;
  tokenHash: string;
  leadId: string;
  assignmentId: string;
  holderId: string;
  createdAt: Date;
  expiresAt: Date;
}

export async function addLinks(tx: Tx, links: readonly LinkRow[]): Promise<void> {
  if (links.length === 0) return;
  await tx.copy(
    'followup.link',
    ['workspace_id', 'id', 'token_hash', 'lead_id', 'assignment_id', 'holder_id', 'created_at', 'expires_at'],
    links.map((k) => [tx.scope.workspaceId, k.id, k.tokenHash, k.leadId, k.assignmentId, k.holderId, k.createdAt, k.expiresAt]),
  );
}

export async function revokeLinks(tx: Tx, id: string, at: Date, by: string | null): Promise<number> {
  return tx.run(
    sql`update followup.link set revoked_at = ${at}, revoked_by = ${by} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and revoked_at is null`,
  );
}

/** When a lead changes hands, the links of everybody else die. */
export async function revokeFormerLinks(tx: Tx, moved: readonly { leadId: string; holderId: string }[], at: Date): Promise<void> {
  if (moved.length === 0) return;
  await tx.run(sql`update followup.link k set revoked_at = ${at}
    from unnest(${moved.map((m) => m.leadId)}::uuid[], ${moved.map((m) => m.holderId)}::uuid[]) as m (lead_id, holder_id)
    where k.workspace_id = ${tx.scope.workspaceId} and k.lead_id = m.lead_id and k.holder_id <> m.holder_id and k.revoked_at is null`);
}

/** The latest living link of each assignment's holder. */
export async function findLinks(
  tx: Tx,
  leadIds: readonly string[],
  now: Date,
): Promise<{ id: string; leadId: string; holderId: string }[]> {
  return tx.rows(sql`select distinct on (lead_id, holder_id) id, lead_id, holder_id from followup.link
    where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[]) and revoked_at is null and expires_at > ${now} order by lead_id, holder_id, created_at desc`);
}

export async function markUsed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(
    sql`update followup.link set first_opened_at = ${at} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and first_opened_at is null`,
  );
}

/** What a notification says of a lead. */
export interface LeadTold {
  leadId: string;
  assignmentId: string;
  grade: 'hot' | 'warm' | 'cold';
  score: number;
  personName: string | null;
  title: string | null;
  organizationName: string | null;
  city: string | null;
  country: string | null;
  phone: string | null;
  email: string | null;
  product: string | null;
  message: string | null;
  respondBy: Date | null;
  followBy: Date | null;
  triesBy: Date | null;
  judgeBy: Date | null;
  acceptedAt: Date | null;
  because: { label: string; detail: string }[] | null;
  holderId: string;
  holderKind: 'rep' | 'partner' | 'desk' | 'nurture';
  holderName: string;
  holderMail: string | null;
  timeZone: string;
}
/** The leads of these assignments as far as they are still open and worked by somebody. */
export async function findTold(tx: Tx, assignmentIds: readonly string[]): Promise<LeadTold[]> {
  return tx.rows<LeadTold>(sql`
    with open as materialized (
      select a.* from distribute.assignment a where a.workspace_id = ${tx.scope.workspaceId} and a.id = any(${assignmentIds}::uuid[]) and a.ended_at is null
    )
    select l.id as lead_id, a.id as assignment_id, l.grade, l.score, p.full_name as person_name, p.title, o.name as organization_name, coalesce(p.city, o.city) as city,
      coalesce(l.country, p.country) as country, coalesce(p.phone, p.phone_e164, p.mobile_e164) as phone, p.email, coalesce(l.product, i.fields->>'product') as product,
      i.fields->>'message' as message, a.respond_by, a.follow_by, a.tries_by, a.judge_by, a.accepted_at, a.reasons->'because' as because, h.id as holder_id, h.kind as holder_kind, h.name as holder_name, h.time_zone,
      coalesce(h.email, (select u.email from platform.app_user u where u.workspace_id = h.workspace_id and u.id = h.user_id)) as holder_mail
    from open a
    join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')
    join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
    ${behindLead(sql`l`)}
    left join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id
    order by l.qualified_at, l.id`);
}
