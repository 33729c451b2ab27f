/** What the nightly check of the base reads and keeps. */
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
export function loadBasePage(tx: Tx, after: string, limit: number): Promise<BasePerson[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select p.id, array[case when p.name_is_junk then null else p.given_name end, case when p.name_is_junk then null else p.family_name end,
      p.email, coalesce(p.phone_e164, p.mobile_e164, p.phone), o.name, p.street, p.postal_code, p.city, p.country] as cells
    from identity.person p
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    where p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null and p.id > ${after}
    order by p.id limit ${limit}`);
}

/** Changes whenever somebody was seen, corrected, joined or parted. */
export async function readSeen(tx: Tx): Promise<string> {
  const { workspaceId } = tx.scope;
  const { seen } = await tx.one<{ seen: string }>(sql`select concat_ws(' ',
      (select id from identity.sighting where workspace_id = ${workspaceId} order by id desc limit 1),
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
}

export function findLatestCheck(tx: Tx): Promise<BaseCheck | undefined> {
  const { workspaceId } = tx.scope;
  return tx.maybe(sql`select c.id, c.started_at, c.finished_at, coalesce(u.name, 'Baton') as started_by, c.seen, c.people, c.compared, c.joined, c.asked, c.remaining
    from identity.base_check c left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id::text = c.started_by
    where c.workspace_id = ${workspaceId} and c.finished_at is not null order by c.started_at desc, c.id desc limit 1`);
}

export async function insertCheck(tx: Tx, check: { id: string; startedAt: Date; startedBy: string; seen: string }): Promise<void> {
  await tx.run(sql`insert into identity.base_check (workspace_id, id, started_at, started_by, seen)
    values (${tx.scope.workspaceId}, ${check.id}, ${check.startedAt}, ${check.startedBy}, ${check.seen})`);
}

export async function finishCheck(
  tx: Tx,
  check: { id: string; finishedAt: Date; people: number; compared: number; joined: number; asked: number; remaining: number; seen: string },
): Promise<void> {
  await tx.run(sql`update identity.base_check set finished_at = ${check.finishedAt}, people = ${check.people}, compared = ${check.compared},
      joined = ${check.joined}, asked = ${check.asked}, remaining = ${check.remaining}, seen = ${check.seen}
    where workspace_id = ${tx.scope.workspaceId} and id = ${check.id}`);
}

/** Pairs among these people that somebody spoke about: asked about before, kept apart, or parted after a join. By their ids in order. */
export function loadSpokenOf(tx: Tx, ids: readonly string[]): Promise<{ oneId: string; otherId: string; apart: boolean }[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`
    select least(coalesce(a.survivor_id, a.id), coalesce(b.survivor_id, b.id)) as one_id, greatest(coalesce(a.survivor_id, a.id), coalesce(b.survivor_id, b.id)) as other_id,
      bool_or(spoken.apart) as apart
    from (
      select person_id, other_id, status = 'different' as apart from identity.possible_duplicate
        where workspace_id = ${workspaceId} and (person_id = any(${ids}::uuid[]) or other_id = any(${ids}::uuid[]))
      union all
      select survivor_id, merged_id, true from identity.merge
        where workspace_id = ${workspaceId} and kind = 'person' and undone_at is not null
          and (survivor_id = any(${ids}::uuid[]) or merged_id = any(${ids}::uuid[]))) spoken
    join identity.person a on a.workspace_id = ${workspaceId} and a.id = spoken.person_id
    join identity.person b on b.workspace_id = ${workspaceId} and b.id = spoken.other_id
    group by 1, 2`);
}

/** since when each is known: the longer known survives */
export function loadFirstSeen(tx: Tx, ids: readonly string[]): Promise<{ id: string; firstSeenAt: Date }[]> {
  return tx.rows(
    sql`select id, first_seen_at from identity.person where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`,
  );
}
