import { raw, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { UnsoldLead } from './claim-files.rules.ts';

/** While the past is told, the house's own subscribers and clocks leave the workspace alone. */
export const setPaused = (tx: Tx, paused: boolean): Promise<number> =>
  tx.run(sql`update platform.workspace set paused = ${paused} where id = ${tx.scope.workspaceId}`);

/** A demo workspace is paused from the first word of its past to the last. */
export async function isBeingTold(tx: Tx): Promise<boolean> {
  const { told } = await tx.one<{ told: boolean }>(
    sql`select is_demo and paused as told from platform.workspace where id = ${tx.scope.workspaceId}`,
  );
  return told;
}

/** Takes away what an interrupted telling left; whoever has joined stays. */
export const sweep = (tx: Tx): Promise<number> => tx.run(sql`select platform.sweep_demo(${tx.scope.workspaceId})`);

export async function isEmpty(tx: Tx): Promise<boolean> {
  const { any } = await tx.one<{ any: boolean }>(
    sql`select exists (select 1 from capture.inquiry where workspace_id = ${tx.scope.workspaceId}) as any`,
  );
  return !any;
}

export async function nameSourceChannels(tx: Tx, rows: readonly { id: string; channel: string }[]): Promise<void> {
  await tx.run(sql`update capture.source s set channel = x.channel
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.channel)}::text[]) as x (id, channel)
    where s.workspace_id = ${tx.scope.workspaceId} and s.id = x.id`);
}

/** The assignment by which each of these leads is held now; what is closed or was merged away is held by nobody. */
export async function findHeld(tx: Tx, leadIds: readonly string[]): Promise<Map<string, string>> {
  if (leadIds.length === 0) return new Map();
  const ids = [...new Set(leadIds)];
  const rows = await tx.rows<{ leadId: string; id: string }>(sql`select a.lead_id, a.id from distribute.assignment a
    join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id and l.closed_at is null
    where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = any(${ids}::uuid[]) and a.ended_at is null`);
  return new Map(rows.map((row) => [row.leadId, row.id]));
}

/** What has lain on the desk since before this instant. */
export function findOnDesk(tx: Tx, before: Date, limit: number): Promise<{ leadId: string; startedAt: Date; country: string | null }[]> {
  return tx.rows(sql`select a.lead_id, a.started_at, l.country from distribute.assignment a
    join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind = 'desk'
    join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id and l.closed_at is null
    where a.workspace_id = ${tx.scope.workspaceId} and a.ended_at is null and a.started_at < ${before} order by a.started_at limit ${limit}`);
}

/** The kinds of fact recorded since this transaction, and the transaction to ask from the next time. */
export async function findNewTypes(tx: Tx, from: string): Promise<{ found: Set<string>; to: string }> {
  const { to } = await tx.one<{ to: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as to`);
  const rows = await tx.rows<{ type: string }>(
    sql`select distinct type from journal.fact where workspace_id = ${tx.scope.workspaceId} and xact >= ${from}::xid8`,
  );
  return { found: new Set(rows.map((row) => row.type)), to };
}

/** Leads that somebody has held for long without a word: no call and no verdict since this instant. */
export function findStale(tx: Tx, before: Date, limit: number): Promise<{ leadId: string; followedUp: boolean }[]> {
  return tx.rows(sql`select a.lead_id, a.first_followup_at is not null as followed_up from distribute.assignment a
    join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')
    join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id and l.closed_at is null
    where a.workspace_id = ${tx.scope.workspaceId} and a.ended_at is null and a.started_at < ${before}
      and not exists (select 1 from followup.activity t where t.workspace_id = a.workspace_id and t.lead_id = a.lead_id and t.at >= ${before})
      and not exists (select 1 from followup.disposition d where d.workspace_id = a.workspace_id and d.lead_id = a.lead_id and d.current and (d.at >= ${before} or (d.verdict = 'hot' and d.at >= ${before}::timestamptz - interval '100 days')))
    order by a.started_at limit ${limit}`);
}

/** Pairs that nobody decided since before this instant, with one inquiry of each side. */
export function findUndecided(tx: Tx, before: Date, limit: number): Promise<{ id: string; one: string | null; other: string | null }[]> {
  const inquiry = (person: string) =>
    raw(
      `(select s.inquiry_id from identity.sighting s where s.workspace_id = d.workspace_id and s.person_id = d.${person} and s.inquiry_id is not null limit 1)`,
    );
  return tx.rows(sql`select d.id, ${inquiry('person_id')} as one, ${inquiry('other_id')} as other from identity.possible_duplicate d
    where d.workspace_id = ${tx.scope.workspaceId} and d.status = 'open' and d.found_at < ${before} order by d.found_at limit ${limit}`);
}

/** Which inquiry each row of an import became. */
export function findImported(tx: Tx, importId: string): Promise<{ id: string; importRow: number }[]> {
  return tx.rows(sql`select id, import_row from capture.inquiry where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId}`);
}

/** People whom the company has heard of most often, and knows how to write to. */
export async function findOftenSeen(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select id from identity.person
    where workspace_id = ${tx.scope.workspaceId} and survivor_id is null and retired_at is null and email is not null and not name_is_junk
    order by sightings desc, id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Leads that partners had and called bad, or never spoke of, the oldest of each partner's first. */
export function findUnsold(tx: Tx, limit: number): Promise<UnsoldLead[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`
    with unsold as (select l.id, h.name as distributor, a.started_at as handed_at, row_number() over (partition by h.id, l.fate order by a.started_at, l.id) as n
      from qualify.lead l
      join lateral (select a.holder_id, a.started_at from distribute.assignment a where a.workspace_id = l.workspace_id and a.lead_id = l.id order by a.started_at desc limit 1) a on true
      join distribute.holder h on h.workspace_id = l.workspace_id and h.id = a.holder_id and h.kind = 'partner'
      left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
      where l.workspace_id = ${workspaceId} and (l.fate is null or l.fate = 'bad') and (d.verdict is null or d.verdict in ('bad', 'dont_know')) and l.product is not null)
    select u.distributor, u.handed_at, l.product, p.given_name, p.family_name, p.email, o.name as organization, p.street, p.postal_code, p.city, p.country
    from unsold u join qualify.lead l on l.workspace_id = ${workspaceId} and l.id = u.id
    join identity.person p on p.workspace_id = ${workspaceId} and p.id = l.person_id
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    where coalesce(o.name, p.family_name) is not null order by u.n, u.distributor, u.id limit ${limit}`);
}

/** The latest leads a holder has accepted and that nobody let rest. */
export function findAccepted(tx: Tx, holderId: string, limit: number): Promise<{ leadId: string }[]> {
  return tx.rows(sql`select lead_id from distribute.assignment where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and ended_at is null and accepted_at is not null
    and paused_until is null order by started_at desc, lead_id limit ${limit}`);
}
