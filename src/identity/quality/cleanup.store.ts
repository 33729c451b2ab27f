import { empty, join, raw, sql, type Sql, type Tx } from '../../platform/db/index.ts';
import type { Rows } from './changed.rules.ts';
import { allWeights, wantedWeights, type Wanted } from './wanted.rules.ts';
import { worthRows } from './worth.ts';

export interface WorthReason {
  kind: 'opportunity' | 'lead';
  label: string;
  /** 0 to 1 */
  chance: number;
  ofMinor: number;
  worthMinor: number;
}

export interface Waiting {
  id: string;
  worthMinor: number;
  /** the worth times the share of what is wanted that is missing */
  stakeMinor: number;
  reasons: WorthReason[];
  wanted: Wanted[];
}

const weights = join(
  Object.entries(wantedWeights).map(([field, weight]) => raw(`('${field}', ${weight})`)),
  ', ',
);

/** Fields that are wanted of q's person and not put off, the most useful first, and how much of everything they are. */
const open = (now: Date, workspaceId: string): Sql => sql`cross join lateral (
  select array_agg(f.field order by f.n) as fields, sum(v.weight)::float8 / ${allWeights} as lacking from unnest(q.wanted) with ordinality as f (field, n)
  join (values ${weights}) as v (field, weight) on v.field = f.field
  where not exists (select 1 from identity.cleanup c where c.workspace_id = ${workspaceId} and c.undone_at is null and c.until_at > ${now} and c.person_id = q.person_id and c.fields && array[f.field, '*'])) o`;

/** Those with open business first, by what is at stake; then the others, of whom most is missing. */
export async function loadWaiting(tx: Tx, now: Date, limit: number, among?: Sql): Promise<{ items: Waiting[]; count: number; stakeMinor: number }> {
  const { workspaceId } = tx.scope;
  const within = among ? sql`and q.person_id in (${among})` : empty;
  const valued = await tx.rows<Waiting & { all: number; allStake: number }>(sql`
    with worths as materialized (
      select case when m.survivor_id is null then m.id else m.survivor_id end as id, sum(w.worth_minor)::bigint as worth,
        jsonb_agg(jsonb_build_object('kind', w.kind, 'label', w.label, 'chance', w.chance, 'ofMinor', w.of_minor, 'worthMinor', w.worth_minor) order by w.worth_minor desc) as reasons
      from (${worthRows(workspaceId)}) w join identity.person m on m.workspace_id = ${workspaceId} and m.id = w.person_id where w.worth_minor > 0 group by 1)
    select q.person_id as id, w.worth as worth_minor, round(w.worth * o.lacking)::bigint as stake_minor, w.reasons, o.fields as wanted,
      (count(*) over ())::int as all, (sum(round(w.worth * o.lacking)) over ())::bigint as all_stake
    from worths w join identity.quality q on q.workspace_id = ${workspaceId} and q.person_id = w.id and q.lacking > 0 ${open(now, workspaceId)}
    where o.fields is not null ${within} order by w.worth * o.lacking desc, q.person_id limit ${limit}`);
  const totals = { count: valued[0]?.all ?? 0, stakeMinor: valued[0]?.allStake ?? 0 };
  const items = valued.map(({ all: _all, allStake: _stake, ...one }) => one);
  if (items.length >= limit) return { items, ...totals };
  const others = await tx.rows<Waiting>(sql`select q.person_id as id, 0 as worth_minor, 0 as stake_minor, '[]'::jsonb as reasons, o.fields as wanted
    from identity.quality q ${open(now, workspaceId)}
    where q.workspace_id = ${workspaceId} and q.lacking > 0 and o.fields is not null and q.person_id <> all(${items.map((one) => one.id)}::uuid[]) ${within}
    order by q.lacking desc, q.person_id limit ${limit - items.length}`);
  return { items: [...items, ...others], ...totals };
}

export interface CleanupEntry {
  id: string;
  personId: string;
  at: Date;
  fields: string[];
  untilAt: Date | null;
  before: Rows | null;
  after: Rows | null;
  sightingId: string | null;
  organizationId: string | null;
  undoneAt: Date | null;
}

export async function insertCleanup(tx: Tx, one: Omit<CleanupEntry, 'undoneAt'>): Promise<void> {
  await tx.run(sql`insert into identity.cleanup (workspace_id, id, person_id, at, by, fields, until_at, before, after, sighting_id, organization_id)
    values (${tx.scope.workspaceId}, ${one.id}, ${one.personId}, ${one.at}, ${tx.scope.userId ?? null}, ${one.fields}, ${one.untilAt},
      ${one.before && JSON.stringify(one.before)}, ${one.after && JSON.stringify(one.after)}, ${one.sightingId}, ${one.organizationId})`);
}

export function findCleanup(tx: Tx, id: string): Promise<CleanupEntry | undefined> {
  return tx.maybe(sql`select id, person_id, at, fields, until_at, before, after, sighting_id, organization_id, undone_at from identity.cleanup
    where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);
}

export async function markCleanupUndone(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(sql`update identity.cleanup set undone_at = ${at} where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

/** The sighting an edit made, by its id after that of the entry. */
export async function findEditedSighting(tx: Tx, personId: string, afterId: string): Promise<string | null> {
  const row = await tx.maybe<{ id: string }>(sql`select id from identity.sighting where workspace_id = ${tx.scope.workspaceId} and person_id = ${personId} and method = 'edited' and id > ${afterId}
    order by id desc limit 1`);
  return row?.id ?? null;
}

export async function withdrawEdited(tx: Tx, sightingId: string, at: Date): Promise<void> {
  await tx.run(sql`update identity.sighting set withdrawn_at = ${at} where workspace_id = ${tx.scope.workspaceId} and id = ${sightingId}`);
}

/** A company that was only typed here goes when nobody belongs to it. */
export async function retireTyped(tx: Tx, organizationId: string, at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update identity.organization o set retired_at = ${at} where o.workspace_id = ${workspaceId} and o.id = ${organizationId} and o.retired_at is null
    and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.retired_at is null)
    and not exists (select 1 from identity.organization m where m.workspace_id = ${workspaceId} and m.survivor_id = o.id)`);
}
