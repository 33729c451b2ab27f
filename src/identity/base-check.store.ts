/** What the nightly check of the base reads and keeps; of organizations see check-organizations.store.ts. */
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

/** A person as they are compared in a table, by the order of `personKinds`. */
export interface BasePerson {
  id: string;
  cells: (string | null)[];
}

/** whose night it is, and since when there is a base at all */
export function loadClock(tx: Tx): Promise<{ timeZone: string; createdAt: Date }> {
  return tx.one(sql`select time_zone, created_at from platform.workspace where id = ${tx.scope.workspaceId}`);
}

/** The people of the base by id, so many after the last. */
export function loadBasePage(tx: Tx, after: string, limit: number, own: readonly string[]): Promise<BasePerson[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select p.id, array[case when p.name_is_junk then null else p.given_name end, case when p.name_is_junk then null else p.family_name end,
      p.email, coalesce(p.phone_e164, p.mobile_e164, p.phone), coalesce(j.name, o.name), p.street, p.postal_code, p.city, p.country, p.title]
        || array(select p.custom ->> k.key from unnest(${own}::text[]) with ordinality k (key, n) order by k.n) as cells
    from identity.person p
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    left join identity.organization j on j.workspace_id = ${workspaceId} and j.id = o.survivor_id
    where p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null and p.id > ${after}
    order by p.id limit ${limit}`);
}

/** Changes whenever somebody was seen, corrected, joined or parted. */
export async function readSeen(tx: Tx): Promise<string> {
  const { workspaceId } = tx.scope;
  const { seen } = await tx.one<{ seen: string }>(sql`select concat_ws(' ',
      (select id from identity.sighting where workspace_id = ${workspaceId} order by id desc limit 1),
      (select id from identity.organization where workspace_id = ${workspaceId} order by id desc limit 1),
      (select count(*) from identity.merge where workspace_id = ${workspaceId}),
      (select max(undone_at) from identity.merge where workspace_id = ${workspaceId})) as seen`);
  return seen;
}

export interface BaseCheck {
  id: string;
  startedAt: Date;
  finishedAt: Date;
  startedBy: string;
  seen: string;
  people: number;
  compared: number;
  joined: number;
  asked: number;
  remaining: number;
  organizations: number;
  organizationsJoined: number;
  organizationsAsked: number;
  organizationsRemaining: number;
}

export function findLatestCheck(tx: Tx): Promise<BaseCheck | undefined> {
  const { workspaceId } = tx.scope;
  return tx.maybe(sql`select c.id, c.started_at, c.finished_at, coalesce(u.name, 'Baton') as started_by, c.seen, c.people, c.compared, c.joined, c.asked, c.remaining,
      c.organizations, c.organizations_joined, c.organizations_asked, c.organizations_remaining
    from identity.base_check c left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id::text = c.started_by
    where c.workspace_id = ${workspaceId} and c.finished_at is not null order by c.started_at desc, c.id desc limit 1`);
}

export async function insertCheck(tx: Tx, check: { id: string; startedAt: Date; startedBy: string; seen: string }): Promise<void> {
  await tx.run(sql`insert into identity.base_check (workspace_id, id, started_at, started_by, seen)
    values (${tx.scope.workspaceId}, ${check.id}, ${check.startedAt}, ${check.startedBy}, ${check.seen})`);
}

export async function finishCheck(tx: Tx, check: Omit<BaseCheck, 'startedAt' | 'startedBy'>): Promise<void> {
  await tx.run(sql`update identity.base_check set finished_at = ${check.finishedAt}, people = ${check.people}, compared = ${check.compared},
      joined = ${check.joined}, asked = ${check.asked}, remaining = ${check.remaining}, organizations = ${check.organizations}, organizations_joined = ${check.organizationsJoined},
      organizations_asked = ${check.organizationsAsked}, organizations_remaining = ${check.organizationsRemaining}, seen = ${check.seen}
    where workspace_id = ${tx.scope.workspaceId} and id = ${check.id}`);
}
