import { join, raw, sql, type Sql, type Tx } from '../../platform/db/index.ts';
import type { PeopleCut } from './cuts.ts';
import type { Wanted } from './wanted.rules.ts';
import { groups, levels, type Group, type Level } from './levels.rules.ts';
import { noUuid } from '../../platform/values/uuid.rules.ts';

export const nobody = noUuid;

/** When what is wanted counts as known, in terms of p and o: the same as the conditions of board.rules.ts say, which a test compares. */
const isKnown: Record<Wanted, Sql> = {
  mail: sql`p.email is not null`,
  phone: sql`(p.phone_e164 is not null or p.mobile_e164 is not null)`,
  name: sql`p.family_name is not null`,
  organization: sql`p.organization_id is not null`,
  country: sql`p.country is not null`,
  title: sql`p.title is not null`,
  postcode: sql`p.postal_code is not null`,
};

const counted = sql`count(*)::int, count(*) filter (where q.mail <> 'bad' or q.phone <> 'bad' or q.mobile <> 'bad')::int, count(*) filter (where round(q.lacking * 100)::int = 0)::int,
  jsonb_build_object(${join(
    Object.entries(isKnown).map(([field, known]) => sql`${raw(`'${field}'`)}, count(*) filter (where ${known})`),
    ', ',
  )}),
  jsonb_build_object(${join(
    groups.map((group) => sql`${raw(`'${group}'`)}, jsonb_build_object(${join(levels.map((level) => raw(`'${level}', count(*) filter (where q.${group} = '${level}')`)), ', ')})`),
    ', ',
  )})`;

const columns = sql`workspace_id, on_date, cut, key, people, reachable, whole, known, levels, measured_at`;

/** One at a time: two who measure a day at the same moment would both write it. */
export async function lockMeasuring(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`quality day ${tx.scope.workspaceId}`}, 18))`);
}

/** Freezes how it is now as that day's. */
export async function measureDay(tx: Tx, onDate: string, cuts: readonly PeopleCut[], at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  const quality = sql`left join identity.quality q on q.workspace_id = ${workspaceId} and q.person_id = p.id`;
  const live = sql`p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null`;
  await tx.run(sql`delete from identity.quality_day where workspace_id = ${workspaceId} and on_date = ${onDate}::date`);
  await tx.run(sql`insert into identity.quality_day (${columns})
    select ${workspaceId}, ${onDate}::date, 'all', ${nobody}::uuid, ${counted}, ${at} from identity.person p ${quality} where ${live}`);
  for (const { cut, rows } of cuts)
    await tx.run(sql`insert into identity.quality_day (${columns})
      select ${workspaceId}, ${onDate}::date, ${cut}, g.key, ${counted}, ${at}
      from (select distinct case when m.survivor_id is null then m.id else m.survivor_id end as id, r.key from (${rows(workspaceId)}) r
        join identity.person m on m.workspace_id = ${workspaceId} and m.id = r.person_id) g
      join identity.person p on p.id = g.id and ${live} ${quality} group by g.key`);
}

export interface DayRow {
  onDate: string;
  key: string;
  people: number;
  reachable: number;
  whole: number;
  known: Record<Wanted, number>;
  levels: Record<Group, Record<Level, number>>;
  measuredAt: Date;
}
const dayColumns = sql`on_date, key, people, reachable, whole, known, levels, measured_at`;

/** The days of one group, the latest last. */
export function listDays(tx: Tx, cut: string, key: string, most: number): Promise<DayRow[]> {
  return tx.rows(sql`select * from (select ${dayColumns} from identity.quality_day where workspace_id = ${tx.scope.workspaceId} and cut = ${cut} and key = ${key}
    order by on_date desc limit ${most}) latest order by on_date`);
}

/** Every group of a cut on the latest day, the largest first, with how it was on the last day that is so many days earlier. */
export function listGroups(tx: Tx, cut: PeopleCut, daysBefore: number): Promise<(DayRow & { name: string; before: Pick<DayRow, 'people' | 'known' | 'reachable' | 'whole'> | null })[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`with latest as materialized (select max(on_date) as on_date from identity.quality_day where workspace_id = ${workspaceId} and cut = 'all')
    select d.on_date, d.key, d.people, d.reachable, d.whole, d.known, d.levels, d.measured_at, n.name,
      (select jsonb_build_object('people', b.people, 'known', b.known, 'reachable', b.reachable, 'whole', b.whole) from identity.quality_day b
        where b.workspace_id = ${workspaceId} and b.cut = d.cut and b.key = d.key and b.on_date <= d.on_date - ${daysBefore}::int order by b.on_date desc limit 1) as before
    from latest l join identity.quality_day d on d.workspace_id = ${workspaceId} and d.on_date = l.on_date and d.cut = ${cut.cut}
    join (${cut.names(workspaceId)}) n on n.id = d.key order by d.people desc, n.name`);
}

export async function wasMeasured(tx: Tx, onDate: string): Promise<boolean> {
  return (await tx.maybe(sql`select 1 as yes from identity.quality_day where workspace_id = ${tx.scope.workspaceId} and on_date = ${onDate}::date and cut = 'all'`)) !== undefined;
}
