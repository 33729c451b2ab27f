import { everKnownAs, namedByLead } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { Promises } from './agreed-promise.rules.ts';
import { businessClock, type BusinessClock, type WeeklyCalendar } from './business-hours.rules.ts';
import { workedCalendar } from './holders.store.ts';
import { openBusiness } from './open-business.ts';
import type { ResponsePromise } from './response.rules.ts';
import type { Balance, Grade } from './route.rules.ts';
import { rulesNow } from './territories.queries.ts';
import type { TerritoryRules } from './territory.rules.ts';
import type { Where } from './territory.rules.ts';
import { inDealingOrder } from './tree.rules.ts';

/** Everything routing decides from is loaded here, in a fixed number of queries whatever the number of leads. */

export interface Deck extends Promises {
  deskId: string;
  nurtureId: string;
}
export interface DealersDeck extends Deck {
  /** of the company's routing rules, the version in force */
  rulesVersion: number | null;
  /** the company's hours */
  calendar: WeeklyCalendar | null;
  timeZone: string;
}

/** What holders are held to, by when it was given to them: the versions of the agreement in time, and the setting that holds before the first. */
const promises = sql`(select s.value from platform.setting s where s.workspace_id = h.workspace_id and s.key = 'responsePromise') as promise,
      coalesce((select json_agg(json_build_object('version', g.version, 'fromMs', round(extract(epoch from g.from_at) * 1000), 'sales', g.content->'sales', 'breach', g.content->'breach', 'wrongReasons', g.content->'marketing'->'wrongReasons')
        order by g.from_at, g.version) from qualify.agreement g where g.workspace_id = h.workspace_id and g.from_at is not null), '[]') as agreed`;

/**
 * Whoever deals leads holds the desk's row: one dealer at a time in a workspace, so that two never give away the same last place.
 * It is a row lock and not an advisory one, so that it also holds where the tables are spread over several servers.
 */
export async function takeDeck(tx: Tx): Promise<DealersDeck> {
  return tx.one<DealersDeck>(sql`
    select h.id as desk_id, ${workedCalendar} as calendar, h.time_zone,
      (select max(r.version) from distribute.ruleset r where r.workspace_id = h.workspace_id and r.published_at is not null) as rules_version,
      (select n.id from distribute.holder n where n.workspace_id = h.workspace_id and n.kind = 'nurture') as nurture_id,
      ${promises}
    from distribute.holder h where h.workspace_id = ${tx.scope.workspaceId} and h.kind = 'desk' for no key update of h`);
}

/** The same without the lock, for what deals nothing. */
export async function seeDeck(tx: Tx): Promise<Deck> {
  return tx.one<Deck>(sql`
    select h.id as desk_id,
      (select n.id from distribute.holder n where n.workspace_id = h.workspace_id and n.kind = 'nurture') as nurture_id,
      ${promises}
    from distribute.holder h where h.workspace_id = ${tx.scope.workspaceId} and h.kind = 'desk'`);
}

export async function companyClock(tx: Tx): Promise<BusinessClock> {
  const { calendar, timeZone } = await seeDeskHours(tx);
  return businessClock(calendar, timeZone);
}

/** The hours in which the company works: those of its desk. */
export async function seeDeskHours(
  tx: Tx,
): Promise<{ calendar: WeeklyCalendar | null; timeZone: string; promise: Partial<ResponsePromise> | null }> {
  return tx.one(sql`select ${workedCalendar} as calendar, coalesce(h.time_zone, w.time_zone) as time_zone,
      (select s.value from platform.setting s where s.workspace_id = w.id and s.key = 'responsePromise') as promise
    from platform.workspace w left join distribute.holder h on h.workspace_id = w.id and h.kind = 'desk' where w.id = ${tx.scope.workspaceId}`);
}

export interface HolderOnTheBooks {
  id: string;
  kind: 'rep' | 'partner';
  name: string;
  email: string | null;
  externalId: string | null;
  active: boolean;
  capacityPerWeek: number | null;
  capacityByGrade: Partial<Record<Grade, number>>;
  openMost: number | null;
  calendar: WeeklyCalendar | null;
  timeZone: string;
  languages: string[];
  verticals: string[];
  weight: number;
  tier: string | null;
  productLines: string[];
  country: string | null;
  postalCode: string | null;
  /** looked up only where somebody is to be the nearest */
  where?: Where | null;
  certificates: { name: string; until: string | null }[];
  absences: { startsOn: string; endsOn: string; catchUp: boolean }[] | null;
  startsMs: number[] | null;
  startsByGrade: Partial<Record<Grade, number[]>> | null;
  /** counted only where there is a limit */
  openLeads: number | null;
}

/**
 * How many days the longest window of a capacity looks back (capacity.rules.ts): a whole number a week one week, a fraction below one as
 * many as one lead takes, any other fraction ten weeks at most. Null of null.
 */
const lookBack = (perWeek: Sql): Sql => sql`case when ${perWeek} >= 1 and ${perWeek} = trunc(${perWeek}) then 7 when ${perWeek} >= 1 then 70
  when ${perWeek} is not null then least(3650, ceil(7 / greatest(${perWeek}, 0.01)))::int end`;
const ofGrade = (capacity: Sql): Sql => lookBack(sql`(${capacity})::numeric`);

export async function loadHolders(tx: Tx, from: Date, until: Date): Promise<HolderOnTheBooks[]> {
  return tx.rows<HolderOnTheBooks>(sql`
    select h.id, h.kind, h.name, h.email, h.external_id, h.active, h.capacity_per_week, h.capacity_by_grade, h.open_most, ${workedCalendar} as calendar, h.time_zone, h.languages, h.verticals,
      (h.weight * h.share_part)::float8 as weight, h.tier, h.product_lines, h.country, h.postal_code, h.certificates,
      (select json_agg(json_build_object('startsOn', a.starts_on, 'endsOn', a.ends_on, 'catchUp', a.catch_up)) from distribute.absence a
        where a.workspace_id = h.workspace_id and a.holder_id = h.id and a.ends_on >= ${from}::timestamptz::date - 2 and a.starts_on <= ${until}::timestamptz::date + 2) as absences,
      case when h.capacity_per_week is not null and h.active then
        (select array_agg(extract(epoch from s.started_at)::float8 * 1000 order by s.started_at) from distribute.assignment s
          where s.workspace_id = h.workspace_id and s.holder_id = h.id and s.counted
            and s.started_at > ${from}::timestamptz - make_interval(days => ${lookBack(sql`h.capacity_per_week`)}))
      end as starts_ms,
      case when h.capacity_by_grade <> '{}' and h.active then
        (select json_object_agg(given.grade, given.starts) from (
          select coalesce(s.grade, (select l.grade from qualify.lead l where l.workspace_id = s.workspace_id and l.id = s.lead_id), 'cold') as grade,
            json_agg(extract(epoch from s.started_at)::float8 * 1000 order by s.started_at) as starts
          from distribute.assignment s where s.workspace_id = h.workspace_id and s.holder_id = h.id and s.counted
            and s.started_at > ${from}::timestamptz - make_interval(days => greatest(${ofGrade(sql`h.capacity_by_grade->>'hot'`)},
              ${ofGrade(sql`h.capacity_by_grade->>'warm'`)}, ${ofGrade(sql`h.capacity_by_grade->>'cold'`)})) group by 1) given)
      end as starts_by_grade,
      case when h.open_most is not null and h.active then
        (select count(*)::int from distribute.assignment o where o.workspace_id = h.workspace_id and o.holder_id = h.id and o.ended_at is null)
      end as open_leads
    from distribute.holder h
    where h.workspace_id = ${tx.scope.workspaceId} and h.kind in ('rep', 'partner')`);
}

export interface TerritoryOnTheBooks {
  id: string;
  parentId: string | null;
  name: string;
  rules: TerritoryRules;
  overflow: boolean;
  waitMost: number | null;
  fromMs: number | null;
  untilMs: number | null;
  holders: { holderId: string; weight: number }[] | null;
}

/** Those in use, in the order they are asked in, each with what it lies under; it has leads only while those do. */
export async function loadTerritories(tx: Tx): Promise<(TerritoryOnTheBooks & { under: TerritoryOnTheBooks[] })[]> {
  const found = await tx.rows<TerritoryOnTheBooks>(sql`
    select t.id, t.parent_id, t.name, ${rulesNow} as rules, t.overflow, t.wait_most,
      extract(epoch from t.starts_on::timestamp at time zone w.time_zone)::float8 * 1000 as from_ms,
      extract(epoch from (t.ends_on + 1)::timestamp at time zone w.time_zone)::float8 * 1000 as until_ms,
      (select json_agg(json_build_object('holderId', th.holder_id, 'weight', (th.weight * h.weight * h.share_part)::float8) order by th.holder_id)
        from distribute.territory_holder th join distribute.holder h on h.workspace_id = th.workspace_id and h.id = th.holder_id
        where th.workspace_id = t.workspace_id and th.territory_id = t.id) as holders
    from distribute.territory t join platform.workspace w on w.id = t.workspace_id where t.workspace_id = ${tx.scope.workspaceId} and t.active order by t.position, t.id`);
  const bound = (all: (number | null)[], nearest: (...bounds: number[]) => number): number | null => {
    const set = all.filter((one) => one !== null);
    return set.length === 0 ? null : nearest(...set);
  };
  return inDealingOrder(found).map((one) => ({
    ...one,
    fromMs: bound([one, ...one.under].map(({ fromMs }) => fromMs), Math.max),
    untilMs: bound([one, ...one.under].map(({ untilMs }) => untilMs), Math.min),
  }));
}

export async function loadBalances(tx: Tx): Promise<Balance[]> {
  return tx.rows<Balance>(
    sql`select territory_id, grade, holder_id, entitled, received from distribute.balance where workspace_id = ${tx.scope.workspaceId}`,
  );
}

export async function saveBalances(tx: Tx, balances: readonly Balance[]): Promise<void> {
  if (balances.length === 0) return;
  await tx.run(sql`insert into distribute.balance (workspace_id, territory_id, grade, holder_id, entitled, received)
    select ${tx.scope.workspaceId}, b.* from unnest(${balances.map((b) => b.territoryId)}::uuid[], ${balances.map((b) => b.grade)}::text[],
      ${balances.map((b) => b.holderId)}::uuid[], ${balances.map((b) => b.entitled)}::float8[], ${balances.map((b) => b.received)}::int[]) as b
    on conflict (workspace_id, territory_id, grade, holder_id) do update set entitled = excluded.entitled, received = excluded.received`);
}

export interface LeadOnTheBooks {
  leadId: string;
  inquiryId: string;
  grade: Grade;
  score: number;
  personId: string | null;
  organizationId: string | null;
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
  product: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
  language: string | null;
  ownerName: string | null;
  ownerExternalId: string | null;
  openId: string | null;
  openHolderId: string | null;
  openHolderKind: 'rep' | 'partner' | 'desk' | 'nurture' | null;
  openRedirects: number | null;
  /** since when the desk has it */
  waitingSince: Date | null;
  sequence: number;
  declined: string[] | null;
  silent: string[] | null;
  /** until when the desk offers it to all of a pool, by rule */
  offered: Record<string, string> | null;
}

/**
 * The open leads among `leadIds`, with what they have been through. Lead and custody are locked, in this order as everywhere, until the
 * transaction ends: a lead that is being closed is waited for and then left out.
 */
export async function loadLeads(tx: Tx, leadIds: readonly string[]): Promise<LeadOnTheBooks[]> {
  return tx.rows<LeadOnTheBooks>(sql`
    with leads as materialized (
      select l.id, l.workspace_id, l.inquiry_id, l.grade, l.score, l.person_id, l.organization_id, l.country, l.state, l.postal_code, l.vertical, l.product from qualify.lead l
      where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${leadIds}::uuid[]) and l.closed_at is null order by l.id for share
    ), open as materialized (
      select a.id, a.lead_id, a.holder_id, a.redirects, a.started_at from distribute.assignment a
      where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = any(array(select id from leads)) and a.ended_at is null order by a.lead_id for update
    )
    select l.id as lead_id, l.inquiry_id, l.grade, l.score, l.person_id, coalesce(o.id, l.organization_id) as organization_id, l.country, l.state, l.postal_code, l.vertical, l.product, o.employees, o.annual_revenue_minor,
      p.language, i.fields->>'ownerName' as owner_name, i.fields->'custom'->>'ownerExternalId' as owner_external_id,
      held.id as open_id, held.holder_id as open_holder_id, oh.kind as open_holder_kind, held.redirects as open_redirects,
      case when oh.kind = 'desk' then held.started_at end as waiting_since,
      coalesce(past.sequence, 0) as sequence, past.declined, past.silent,
      (select json_object_agg(f.rule_id, f.until) from distribute.offer f where f.workspace_id = l.workspace_id and f.assignment_id = held.id) as offered
    from leads l
    ${namedByLead(sql`l`)}
    left join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id
    left join open held on held.lead_id = l.id
    left join distribute.holder oh on oh.workspace_id = l.workspace_id and oh.id = held.holder_id
    left join lateral (
      select max(a.sequence) as sequence, array_agg(a.holder_id) filter (where a.declined_at is not null) as declined,
        array_agg(a.holder_id) filter (where a.end_reason = 'redirected') as silent
      from distribute.assignment a where a.workspace_id = l.workspace_id and a.lead_id = l.id
    ) past on true
    order by l.id`);
}

/** The organizations and persons asked about, under every id they ever had. */
const asked = (workspaceId: string, organizationIds: readonly string[], personIds: readonly string[]): Sql =>
  sql`asked_organization as materialized (${everKnownAs('organization', workspaceId, sql`${organizationIds}::uuid[]`)}),
    asked_person as materialized (${everKnownAs('person', workspaceId, sql`${personIds}::uuid[]`)})`;

/** Who has open business with these organizations and persons, else holds, else last worked, their other leads. Who declined or stayed silent built no relationship. */
export async function loadRelationships(
  tx: Tx,
  organizationIds: readonly string[],
  personIds: readonly string[],
): Promise<Map<string, string>> {
  if (organizationIds.length === 0 && personIds.length === 0) return new Map();
  const { workspaceId } = tx.scope;
  // Found leads first, and by themselves: see withFound in custody.store.ts.
  const rows = await tx.rows<{ key: string; holderId: string }>(sql`
    with ${asked(workspaceId, organizationIds, personIds)}, known as materialized (
      select l.id, o.key from qualify.lead l join asked_organization o on o.id = l.organization_id
        where l.workspace_id = ${workspaceId} and l.organization_id = any(array(select id from asked_organization))
      union all
      select l.id, p.key from qualify.lead l join asked_person p on p.id = l.person_id
        where l.workspace_id = ${workspaceId} and l.person_id = any(array(select id from asked_person))
    ), held as materialized (
      select a.lead_id, a.holder_id, a.ended_at, a.started_at from distribute.assignment a
      where a.workspace_id = ${workspaceId} and a.lead_id = any(array(select id from known)) and a.declined_at is null
        and a.end_reason is distinct from 'redirected' and a.end_reason is distinct from 'withdrawn'
    ), business as materialized (${openBusiness(workspaceId, sql`array(select id from asked_organization)`, sql`array(select id from asked_person)`)})
    select distinct on (one.key) one.key, one.holder_id from (
      select known.key, held.holder_id, case when held.ended_at is null then 1 else 2 end as rank, held.started_at as at from known join held on held.lead_id = known.id
      union all
      select asked.key, business.holder_id, 0, business.at from business join (select * from asked_organization union all select * from asked_person) asked on asked.id = business.key
    ) one join distribute.holder h on h.workspace_id = ${workspaceId} and h.id = one.holder_id and h.kind in ('rep', 'partner')
    order by one.key, one.rank, one.at desc`);
  return new Map(rows.map((row) => [row.key, row.holderId]));
}

export interface Elsewhere {
  holderId: string;
  holderName: string;
  since: Date;
}
/** Of the other reps and partners with an open lead of, or open business with, this person or organization under any id they ever had: who had it first. */
export async function findHeldElsewhere(
  tx: Tx,
  { personId, organizationId }: { personId: string; organizationId: string | null },
  exceptHolderId: string,
): Promise<Elsewhere | undefined> {
  const { workspaceId } = tx.scope;
  // Found leads first, and by themselves: see withFound in custody.store.ts.
  return tx.maybe<Elsewhere>(sql`
    with ${asked(workspaceId, organizationId === null ? [] : [organizationId], [personId])}, known as materialized (
      select l.id from qualify.lead l where l.workspace_id = ${workspaceId} and l.person_id = any(array(select id from asked_person)) and l.closed_at is null
      union
      select l.id from qualify.lead l where l.workspace_id = ${workspaceId} and l.organization_id = any(array(select id from asked_organization)) and l.closed_at is null
    )
    select h.id as holder_id, h.name as holder_name, one.at as since from (
      select a.holder_id, a.started_at as at from distribute.assignment a
        where a.workspace_id = ${workspaceId} and a.lead_id = any(array(select id from known)) and a.ended_at is null
      union all
      select business.holder_id, business.at from (${openBusiness(workspaceId, sql`array(select id from asked_organization)`, sql`array(select id from asked_person)`)}) business
    ) one join distribute.holder h on h.workspace_id = ${workspaceId} and h.id = one.holder_id and h.kind in ('rep', 'partner') and h.id <> ${exceptHolderId}
    order by one.at, h.id limit 1`);
}
