import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { WeeklyCalendar } from './business-hours.rules.ts';
import type { HolderKind } from './custody.store.ts';
import type { Grade } from './route.rules.ts';

export interface HolderRow {
  id: string;
  kind: HolderKind;
  name: string;
  email: string | null;
  phone: string | null;
  userId: string | null;
  externalId: string | null;
  country: string | null;
  /** in that country: where they work from */
  postalCode: string | null;
  capacityPerWeek: number | null;
  /** leads a week of each grade; a grade that is not there has no limit of its own */
  capacityByGrade: Partial<Record<Grade, number>>;
  /** open leads held at most */
  openMost: number | null;
  weight: number;
  calendar: WeeklyCalendar | null;
  timeZone: string;
  languages: string[];
  verticals: string[];
  tier: string | null;
  productLines: string[];
  /** what a partner is certified for, and the last day of each; null: it does not end */
  certificates: { name: string; until: string | null }[];
  active: boolean;
}

const columns = sql`id, kind, name, email, phone, user_id, external_id, country, postal_code, capacity_per_week, capacity_by_grade, open_most, weight, calendar, time_zone, languages, verticals, tier, product_lines, certificates, active`;

export async function findHoldersById(tx: Tx, ids: readonly string[]): Promise<HolderRow[]> {
  return tx.rows<HolderRow>(
    sql`select ${columns} from distribute.holder where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`,
  );
}

/** Of the holder `h`: the calendar they work by, with the public holidays they have. Whoever counts working time reads this, and never the column. */
export const workedCalendar = sql`distribute.worked_calendar(h.calendar, h.public_holidays)`;

export async function findWorkedCalendars(tx: Tx, ids: readonly string[]): Promise<Map<string, WeeklyCalendar | null>> {
  const rows = await tx.rows<{ id: string; calendar: WeeklyCalendar | null }>(
    sql`select h.id, ${workedCalendar} as calendar from distribute.holder h where h.workspace_id = ${tx.scope.workspaceId} and h.id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.calendar]));
}

export async function findHoldersOfUser(tx: Tx, userId: string): Promise<HolderRow[]> {
  return tx.rows<HolderRow>(
    sql`select ${columns} from distribute.holder where workspace_id = ${tx.scope.workspaceId} and user_id = ${userId}`,
  );
}

/** Names of those who work leads and of partners. */
export const listHolderNames = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ name: string }>(sql`select distinct name from distribute.holder
      where workspace_id = ${tx.scope.workspaceId} and kind in ('rep', 'partner') and active order by name limit 500`)
  ).map(({ name }) => name);

/** Holders known by one of these external ids, addresses or names. */
export async function findHoldersNamed(tx: Tx, names: readonly string[]): Promise<HolderRow[]> {
  const keys = names.map((name) => name.trim().toLowerCase());
  return tx.rows<HolderRow>(sql`select ${columns} from distribute.holder where workspace_id = ${tx.scope.workspaceId} and kind in ('rep', 'partner')
    and (lower(external_id) = any(${keys}::text[]) or lower(email) = any(${keys}::text[]) or lower(name) = any(${keys}::text[]))`);
}

/** Holders by id, address or name, lower-cased; where two carry one name, nobody is meant. */
export async function findHoldersBy(tx: Tx, texts: readonly string[]): Promise<Map<string, string>> {
  const lower = new Set(texts.map((text) => text.trim().toLowerCase()).filter(Boolean));
  const found = new Map<string, string | null>();
  for (const { id, externalId, email, name } of lower.size === 0 ? [] : await findHoldersNamed(tx, [...lower]))
    for (const text of [externalId, email, name]) {
      const key = text?.toLowerCase();
      if (key && lower.has(key)) found.set(key, found.has(key) && found.get(key) !== id ? null : id);
    }
  return new Map([...found].flatMap(([key, id]) => (id ? [[key, id] as const] : [])));
}

export async function addHolders(tx: Tx, holders: readonly (HolderRow & { importId?: string | null; createdAt: Date })[]): Promise<void> {
  if (holders.length === 0) return;
  await tx.copy(
    'distribute.holder',
    [
      'workspace_id',
      'id',
      'kind',
      'name',
      'email',
      'phone',
      'user_id',
      'external_id',
      'country',
      'postal_code',
      'capacity_per_week',
      'capacity_by_grade',
      'open_most',
      'weight',
      'calendar',
      'time_zone',
      'languages',
      'verticals',
      'tier',
      'product_lines',
      'certificates',
      'active',
      'import_id',
      'created_at',
    ],
    holders.map((h) => [
      tx.scope.workspaceId,
      h.id,
      h.kind,
      h.name,
      h.email,
      h.phone,
      h.userId,
      h.externalId,
      h.country,
      h.postalCode,
      h.capacityPerWeek,
      h.capacityByGrade,
      h.openMost,
      h.weight,
      h.calendar,
      h.timeZone,
      h.languages,
      h.verticals,
      h.tier,
      h.productLines,
      JSON.stringify(h.certificates),
      h.active,
      h.importId,
      h.createdAt,
    ]),
  );
}

export async function saveHolder(tx: Tx, h: HolderRow): Promise<void> {
  await tx.run(sql`update distribute.holder set name = ${h.name}, email = ${h.email}, phone = ${h.phone}, user_id = ${h.userId}, external_id = ${h.externalId},
      country = ${h.country}, postal_code = ${h.postalCode}, capacity_per_week = ${h.capacityPerWeek}, capacity_by_grade = ${JSON.stringify(h.capacityByGrade)}::jsonb, open_most = ${h.openMost}, weight = ${h.weight}, calendar = ${h.calendar && JSON.stringify(h.calendar)}::jsonb,
      time_zone = ${h.timeZone}, languages = ${h.languages}, verticals = ${h.verticals}, tier = ${h.tier}, product_lines = ${h.productLines}, certificates = ${JSON.stringify(h.certificates)}::jsonb, active = ${h.active}
    where workspace_id = ${tx.scope.workspaceId} and id = ${h.id}`);
}

export async function lockHolder(tx: Tx, id: string): Promise<HolderRow | undefined> {
  return tx.maybe<HolderRow>(
    sql`select ${columns} from distribute.holder where workspace_id = ${tx.scope.workspaceId} and id = ${id} for no key update`,
  );
}

export async function findImportedHolders(tx: Tx, importId: string): Promise<(HolderRow & { held: boolean })[]> {
  return tx.rows(sql`select ${columns}, exists (select 1 from distribute.assignment a where a.workspace_id = h.workspace_id and a.holder_id = h.id) as held
    from distribute.holder h where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId}`);
}
export async function removeHolders(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`delete from distribute.holder where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
}

/** Imports taken back leave behind whom their leads had: they work no more, and their next list brings them back. */
const gone = sql`not h.active and exists (select 1 from capture.import i where i.workspace_id = h.workspace_id and i.id = h.import_id and i.status = 'undone')`;

/** For each of these names, lower-cased, the rep of whom nothing else is known; two of one name are nobody, and who is gone counts only where nobody is at work. */
export async function findRepsOfOnlyName(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; key: string }>(sql`
    select key, case when count(*) filter (where not gone) = 0 then max(id::text) else min(id::text) filter (where not gone) end as id
    from (select h.id, lower(h.name) as key, ${gone} as gone, h.email is null and h.external_id is null and h.user_id is null and h.phone is null and h.country is null as bare
      from distribute.holder h where h.workspace_id = ${tx.scope.workspaceId} and h.kind = 'rep' and lower(h.name) = any(${names}::text[])) rep
    group by key having count(*) filter (where not gone) = 0 or count(*) filter (where not gone) = 1 and bool_or(bare) filter (where not gone)`);
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Those of these reps who are gone are the import's, and work again; answers which. */
export async function bringBackHolders(tx: Tx, importId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`update distribute.holder h set active = true, import_id = ${importId}
    where h.workspace_id = ${tx.scope.workspaceId} and h.id = any(${ids}::uuid[]) and ${gone} returning h.id`);
  return rows.map(({ id }) => id);
}

export type Completed = Pick<HolderRow, 'id' | 'email' | 'phone' | 'userId' | 'externalId' | 'country'>;

/** Tells the rest of reps known by name only. */
export async function completeHolders(tx: Tx, importId: string, reps: readonly Completed[]): Promise<void> {
  if (reps.length === 0) return;
  await tx.run(sql`update distribute.holder h set email = x.email, phone = x.phone, user_id = x."userId", external_id = x."externalId", country = x.country,
      completed_import_id = case when h.import_id = ${importId} then null else ${importId}::uuid end
    from jsonb_to_recordset(${JSON.stringify(reps)}::jsonb) as x (id uuid, email text, phone text, "userId" uuid, "externalId" text, country text)
    where h.workspace_id = ${tx.scope.workspaceId} and h.id = x.id`);
}
/** Of reps an import completed only the name is known again; answers which. Who was switched off with their user works again. */
export async function bareCompleted(tx: Tx, importId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`update distribute.holder h set completed_import_id = null,
      active = active or exists (select 1 from platform.app_user u where u.workspace_id = h.workspace_id and u.id = h.user_id and u.status = 'disabled')
    where workspace_id = ${tx.scope.workspaceId} and completed_import_id = ${importId} returning id`);
  const ids = rows.map(({ id }) => id);
  await bareHolders(tx, ids);
  return ids;
}
/** Only the names of these reps are known again. */
export async function bareHolders(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`update distribute.holder set email = null, phone = null, external_id = null, country = null, user_id = null where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
  await tx.run(sql`update platform.app_user set holder_id = null where workspace_id = ${tx.scope.workspaceId} and holder_id = any(${ids}::uuid[])`);
}

/** What an import does to a holder; anything else told of one, somebody did. */
export type ByImport = 'added' | 'completed' | 'bared';
const byImport: readonly ByImport[] = ['added', 'completed', 'bared'];

/**
 * Reps at work that only imports taken back have made, and whom nobody gave anything: no user, no territory, no change, no lead that still is
 * one. `held`: leads that were taken back with their list name them.
 */
export async function findForsakenReps(tx: Tx): Promise<{ id: string; held: boolean }[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select h.id, exists (select 1 from distribute.assignment a where a.workspace_id = ${workspaceId} and a.holder_id = h.id) as held from distribute.holder h
    join capture.import i on i.workspace_id = h.workspace_id and i.id = h.import_id and i.status = 'undone'
    where h.workspace_id = ${workspaceId} and h.kind = 'rep' and h.active and h.user_id is null and h.completed_import_id is null
      and not exists (select 1 from distribute.assignment a join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
        where a.workspace_id = ${workspaceId} and a.holder_id = h.id and (l.fate is null or l.fate not in ('withdrawn', 'merged')))
      and not exists (select 1 from distribute.territory_holder t where t.workspace_id = ${workspaceId} and t.holder_id = h.id)
      and not exists (select 1 from distribute.team_holder t where t.workspace_id = ${workspaceId} and t.holder_id = h.id)
      and not exists (select 1 from journal.fact f where f.workspace_id = ${workspaceId} and f.chain_id = h.id and f.type = 'holder.changed' and not f.data->'fields' <@ ${JSON.stringify(byImport)}::jsonb
        and f.seq > coalesce((select max(a.seq) from journal.fact a where a.workspace_id = ${workspaceId} and a.chain_id = h.id and a.type = 'holder.changed' and a.data->'fields' ? 'added'), -1))`);
}

export async function addAbsence(
  tx: Tx,
  absence: { id: string; holderId: string; startsOn: string; endsOn: string; note: string | null; catchUp: boolean },
): Promise<void> {
  await tx.run(sql`insert into distribute.absence (workspace_id, id, holder_id, starts_on, ends_on, note, catch_up)
    values (${tx.scope.workspaceId}, ${absence.id}, ${absence.holderId}, ${absence.startsOn}, ${absence.endsOn}, ${absence.note}, ${absence.catchUp})`);
}
export async function removeAbsence(tx: Tx, holderId: string, id: string): Promise<number> {
  return tx.run(
    sql`delete from distribute.absence where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and id = ${id}`,
  );
}

export async function addToTerritories(tx: Tx, holderId: string, territoryIds: readonly string[]): Promise<void> {
  await tx.run(sql`insert into distribute.territory_holder (workspace_id, territory_id, holder_id, weight)
    select ${tx.scope.workspaceId}, t.id, ${holderId}, 1 from distribute.territory t where t.workspace_id = ${tx.scope.workspaceId} and t.id = any(${territoryIds}::uuid[])
    on conflict do nothing`);
}

/** Users whose standing and whose holder's no longer agree. */
export async function findUsersToFollow(tx: Tx): Promise<
  {
    userId: string;
    name: string;
    email: string | null;
    externalId: string | null;
    status: string;
    isRep: boolean;
    holderId: string | null;
    holderActive: boolean | null;
  }[]
> {
  return tx.rows(sql`
    select u.id as user_id, u.name, u.email, u.external_id, u.status, 'rep' = any(u.roles) as is_rep, h.id as holder_id, h.active as holder_active
    from platform.app_user u
    left join distribute.holder h on h.workspace_id = u.workspace_id and h.user_id = u.id
    where u.workspace_id = ${tx.scope.workspaceId}
      and ((h.id is null and u.holder_id is null and 'rep' = any(u.roles) and u.status <> 'disabled') or (h.active and h.kind = 'rep' and u.status = 'disabled'))`);
}
export async function linkUsers(tx: Tx, links: readonly { userId: string; holderId: string }[]): Promise<void> {
  if (links.length === 0) return;
  await tx.run(sql`update platform.app_user u set holder_id = x.holder_id from unnest(${links.map((l) => l.userId)}::uuid[], ${links.map((l) => l.holderId)}::uuid[]) as x (user_id, holder_id)
    where u.workspace_id = ${tx.scope.workspaceId} and u.id = x.user_id`);
}

export async function findHouseZone(tx: Tx): Promise<string> {
  return (await tx.one<{ timeZone: string }>(sql`select time_zone from platform.workspace where id = ${tx.scope.workspaceId}`)).timeZone;
}

export async function findImportedUsers(tx: Tx, importId: string): Promise<{ id: string }[]> {
  return tx.rows(sql`select id from platform.app_user where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId}`);
}
/** Imported users who never chose a password were never more than a row of a file. */
export async function removeInvitedUsers(tx: Tx, importId: string): Promise<void> {
  await tx.run(sql`delete from platform.app_user where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and password_hash is null
    and not exists (select 1 from distribute.holder h where h.workspace_id = app_user.workspace_id and h.user_id = app_user.id)`);
}
