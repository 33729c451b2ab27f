import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

// Keeps the rows of the read model: each statement takes any number of ids, reads the owning rooms' tables as they stand, and writes only
// what changed. Running one twice changes nothing.

const noIds = '{}';

/**
 * Every table is asked by its own ids and the answers are joined by hash: a planner that has not yet counted a table filled a minute ago would
 * otherwise walk the whole workspace for each row.
 */
const joinByHash = (tx: Tx): Promise<unknown> => tx.run(sql`select set_config('enable_nestloop', 'off', true)`);
const joinFreely = (tx: Tx): Promise<unknown> => tx.run(sql`select set_config('enable_nestloop', 'on', true)`);

/** Makes or refreshes the row of each inquiry and marks the days that changed. */
export async function refreshInquiryRows(tx: Tx, inquiryIds: readonly string[], timeZone: string): Promise<void> {
  if (inquiryIds.length === 0) return;
  const { workspaceId } = tx.scope;
  const ids = [...inquiryIds].sort();
  await joinByHash(tx);
  await tx.run(sql`
    with inquiry as materialized (
      select i.id, (i.occurred_at at time zone ${timeZone})::date as occurred_on, i.source_id, i.program_id, i.channel, i.status
      from capture.inquiry i where i.workspace_id = ${workspaceId} and i.id = any(${ids}::uuid[])
    ), member as materialized (
      select inquiry_id, lead_id from qualify.lead_inquiry where workspace_id = ${workspaceId} and inquiry_id = any(${ids}::uuid[]) and withdrawn_at is null
    ), origin as materialized (
      select id as lead_id, inquiry_id from qualify.lead where workspace_id = ${workspaceId} and inquiry_id = any(${ids}::uuid[])
    ), dismissed as materialized (
      select inquiry_id from qualify.dismissal where workspace_id = ${workspaceId} and inquiry_id = any(${ids}::uuid[])
    ), changed as (
      insert into report.inquiry_row as r (workspace_id, inquiry_id, occurred_on, source_id, program_id, channel, status, lead_id, is_origin, decided)
      select ${workspaceId}::uuid, i.id, i.occurred_on, i.source_id, i.program_id, coalesce(nullif(p.channel, ''), nullif(s.channel, ''), i.channel), i.status, m.lead_id,
        o.lead_id is not null, i.status <> 'parsed' or m.lead_id is not null or d.inquiry_id is not null
      from inquiry i
      left join capture.program p on p.workspace_id = ${workspaceId} and p.id = i.program_id
      left join capture.source s on s.workspace_id = ${workspaceId} and s.id = i.source_id
      left join member m on m.inquiry_id = i.id
      left join origin o on o.inquiry_id = i.id and o.lead_id = m.lead_id
      left join dismissed d on d.inquiry_id = i.id
      on conflict (workspace_id, inquiry_id) do update set
        occurred_on = excluded.occurred_on, source_id = excluded.source_id, program_id = excluded.program_id, channel = excluded.channel,
        status = excluded.status, lead_id = excluded.lead_id, is_origin = excluded.is_origin, decided = excluded.decided
      where r.* is distinct from excluded.*
      returning r.occurred_on)
    insert into report.dirty_day as d (workspace_id, cube, on_date)
    select distinct ${workspaceId}::uuid, 'arrival', occurred_on from changed order by 3
    -- The update locks a day already marked: whoever sums it now waits for us and then sums again.
    on conflict (workspace_id, cube, on_date) do update set cube = d.cube`);
  await joinFreely(tx);
}

interface LeadKeys {
  leadId: string;
  inquiryId: string;
  personId: string;
  organizationId: string | null;
}

/** The ids everything else about these leads is asked by: people and organizations as they are after every merge. */
async function findKeys(tx: Tx, ids: readonly string[]): Promise<LeadKeys[]> {
  const { workspaceId } = tx.scope;
  const leads = await tx.rows<LeadKeys>(sql`
    select id as lead_id, inquiry_id, person_id, organization_id from qualify.lead where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`);
  const survivorOf = async (
    table: 'person' | 'organization',
    old: readonly (string | null)[],
  ): Promise<Map<string, { id: string; organizationId: string | null }>> => {
    const wanted = [...new Set(old.flatMap((one) => one ?? []))];
    if (wanted.length === 0) return new Map();
    const found = await tx.rows<{ oldId: string; survivorId: string | null; organizationId: string | null }>(
      table === 'person'
        ? sql`select id as old_id, survivor_id, organization_id from identity.person where workspace_id = ${workspaceId} and id = any(${wanted}::uuid[])`
        : sql`select id as old_id, survivor_id, null::uuid as organization_id from identity.organization where workspace_id = ${workspaceId} and id = any(${wanted}::uuid[])`,
    );
    const merged = found.filter((one) => one.survivorId);
    const rest: Map<string, { id: string; organizationId: string | null }> =
      merged.length > 0
        ? await survivorOf(
            table,
            merged.map((one) => one.survivorId),
          )
        : new Map();
    return new Map(
      found.map((one) => [
        one.oldId,
        one.survivorId
          ? (rest.get(one.survivorId) ?? { id: one.survivorId, organizationId: null })
          : { id: one.oldId, organizationId: one.organizationId },
      ]),
    );
  };
  const people = await survivorOf(
    'person',
    leads.map((one) => one.personId),
  );
  const keyed = leads.map((one) => ({
    ...one,
    personId: people.get(one.personId)?.id ?? one.personId,
    organizationId: people.get(one.personId)?.organizationId ?? one.organizationId,
  }));
  const organizations = await survivorOf(
    'organization',
    keyed.map((one) => one.organizationId),
  );
  return keyed.map((one) => ({
    ...one,
    organizationId: one.organizationId ? (organizations.get(one.organizationId)?.id ?? one.organizationId) : null,
  }));
}

/** Makes or refreshes the wide row of each lead and marks the days of its inquiries, its qualification and its assignments. */
export async function refreshLeadRows(
  tx: Tx,
  leadIds: readonly string[],
  timeZone: string,
  nextActions: ReadonlyMap<string, string>,
): Promise<void> {
  if (leadIds.length === 0) return;
  const { workspaceId } = tx.scope;
  const keys = await findKeys(tx, [...leadIds].sort());
  if (keys.length === 0) return;
  const ids = keys.map((one) => one.leadId);
  const said = ids.map((id) => nextActions.get(id) ?? null);
  const inquiries = keys.map((one) => one.inquiryId);
  const people = keys.map((one) => one.personId);
  const organizations = keys.map((one) => one.organizationId);
  await joinByHash(tx);
  await tx.run(sql`
    with wanted as materialized (
      select * from unnest(${ids}::uuid[], ${said}::text[], ${people}::uuid[], ${organizations}::uuid[]) as w (id, said_action, person_id, organization_id)
    ), lead as materialized (
      select * from qualify.lead where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    ), inquiry as materialized (
      select id, receipt, external_id, program_id, source_id, channel, occurred_at from capture.inquiry where workspace_id = ${workspaceId} and id = any(${inquiries}::uuid[])
    ), person as materialized (
      select id, full_name, given_name, family_name, title, email, phone, mobile_e164, country, state, city, postal_code, erased_at
      from identity.person where workspace_id = ${workspaceId} and id = any(${[...new Set(people)]}::uuid[])
    ), organization as materialized (
      select id, name, country, state, city, postal_code, vertical from identity.organization
      where workspace_id = ${workspaceId} and id = any(${[...new Set(organizations.flatMap((one) => one ?? []))]}::uuid[])
    ), assignment as materialized (
      select a.*, row_number() over (partition by lead_id order by (ended_at is null) desc, started_at desc, sequence desc) as place,
        min(started_at) over (partition by lead_id) as first_assigned_at, min(first_followup_at) over (partition by lead_id) as first_ever_followup_at,
        count(*) filter (where end_reason = 'redirected') over (partition by lead_id) as times_redirected
      from distribute.assignment a where a.workspace_id = ${workspaceId} and a.lead_id = any(${ids}::uuid[])
    ), disposition as materialized (
      select lead_id, verdict, reason, at, value_minor, currency, by_holder_id from followup.disposition where workspace_id = ${workspaceId} and lead_id = any(${ids}::uuid[]) and current
    ), spoken as materialized (
      select lead_id, max(at) as at from followup.disposition where workspace_id = ${workspaceId} and lead_id = any(${ids}::uuid[]) and verdict <> 'dont_know' and undone_at is null group by lead_id
    ), action as materialized (
      select lead_id, what, due_at from followup.next_action where workspace_id = ${workspaceId} and lead_id = any(${ids}::uuid[])
    ), activity as materialized (
      select f.lead_id, count(*) filter (where kind = 'call')::int as calls, count(*) filter (where kind = 'mail')::int as mails, count(*) filter (where kind = 'visit')::int as visits,
        count(*) filter (where kind = 'meeting')::int as meetings, count(*) filter (where kind = 'quote')::int as quotes, count(*) filter (where kind = 'literature')::int as literature,
        count(*) filter (where kind = 'note')::int as notes, (array_agg(kind order by at, f.id) filter (where kind <> 'note'))[1] as first_activity, max(at) as last_activity_at,
        count(*) filter (where kind <> 'note' and at >= a.started_at) as tries, max(at) filter (where kind <> 'note') as last_tried_at
      from followup.activity f left join assignment a on a.lead_id = f.lead_id and a.place = 1
      where f.workspace_id = ${workspaceId} and f.lead_id = any(${ids}::uuid[]) group by f.lead_id
    ), won as materialized (
      -- A lead sold twice in two currencies is worth what it was sold for first, and what came in that currency.
      select lead_id, (sum(amount_minor) filter (where currency = main))::bigint as amount_minor, min(closed_at) as closed_at, main as currency, (array_agg(holder_id order by closed_at))[1] as holder_id
      from (select lead_id, amount_minor, currency, closed_at, holder_id, first_value(currency) over (partition by lead_id order by closed_at, id) as main
        from revenue.opportunity where workspace_id = ${workspaceId} and lead_id = any(${ids}::uuid[]) and outcome = 'won') o group by lead_id, main
    ), joined as materialized (
      select lead_id, count(*)::int as inquiries from qualify.lead_inquiry where workspace_id = ${workspaceId} and lead_id = any(${ids}::uuid[]) and withdrawn_at is null group by lead_id
    ), made as (
      insert into report.lead_row as r (workspace_id, lead_id, inquiry_id, receipt, person_id, person_name, title, email, phone, organization_id, organization_name,
        country, region, city, postal_code, product, vertical, program_id, source_id, channel, territory_id, holder_id, holder_kind, assignment_id,
        grade, score, occurred_at, occurred_on, qualified_at, qualified_on, first_assigned_at, assigned_at, accepted_at, respond_by, awaited_by, contact_by, tries_by, verdict_by,
        first_followup_at, wait_seconds, redirects, verdict, verdict_reason, verdict_at, state, fate, closed_at, sold_on, sale_seconds, sold_by, value_minor, currency,
        next_action, next_action_due_at, last_next_action, calls, mails, visits, meetings, quotes, literature, notes, first_activity, last_activity_at, inquiries)
      select l.workspace_id, l.id, l.inquiry_id, i.receipt, p.id, n.person_name, p.title, p.email, coalesce(p.phone, p.mobile_e164), o.id, o.name,
        coalesce(l.country, p.country, o.country), coalesce(l.state, p.state, o.state), coalesce(p.city, o.city), coalesce(l.postal_code, p.postal_code, o.postal_code),
        l.product, coalesce(l.vertical, o.vertical), i.program_id, i.source_id, coalesce(nullif(g.channel, ''), nullif(s.channel, ''), i.channel),
        cur.territory_id, cur.holder_id, h.kind, cur.id,
        l.grade, l.score, i.occurred_at, (i.occurred_at at time zone ${timeZone})::date, l.qualified_at, (l.qualified_at at time zone ${timeZone})::date,
        cur.first_assigned_at, cur.started_at, cur.accepted_at, cur.respond_by,
        case when st.works and cur.accepted_at is null and cur.first_followup_at is null then cur.respond_by end,
        case when st.works and cur.accepted_at is not null and cur.first_followup_at is null then cur.follow_by end,
        -- Late attempts are owed until the next one, as followup has it (stillOwes).
        case when st.owes and coalesce(act.tries, 0) < cur.tries_owed and act.last_tried_at > cur.tries_by is not true then cur.tries_by end,
        case when st.owes then cur.judge_by end,
        cur.first_ever_followup_at, case when cur.first_ever_followup_at is not null then greatest(0, extract(epoch from cur.first_ever_followup_at - cur.first_assigned_at)) end, coalesce(cur.times_redirected, 0),
        d.verdict, d.reason, d.at, st.state, l.fate, l.closed_at,
        case when st.state = 'sale' then (sold.at at time zone ${timeZone})::date end,
        -- As a calendar counts: a night of 25 hours is still one day.
        case when st.state = 'sale' and sold.at >= i.occurred_at then extract(epoch from (sold.at at time zone ${timeZone}) - (i.occurred_at at time zone ${timeZone})) end,
        case when st.state = 'sale' then coalesce(won.holder_id, d.by_holder_id, cur.holder_id) end,
        case when st.state = 'sale' then coalesce(won.amount_minor, d.value_minor, 0) end, case when st.state = 'sale' then coalesce(won.currency, d.currency) end,
        na.what, na.due_at, coalesce(na.what, w.said_action),
        coalesce(act.calls, 0), coalesce(act.mails, 0), coalesce(act.visits, 0), coalesce(act.meetings, 0), coalesce(act.quotes, 0), coalesce(act.literature, 0), coalesce(act.notes, 0),
        act.first_activity, act.last_activity_at, coalesce(inq.inquiries, 1)
      from wanted w
      join lead l on l.id = w.id
      join inquiry i on i.id = l.inquiry_id
      join person p on p.id = w.person_id
      left join organization o on o.id = w.organization_id
      left join capture.program g on g.workspace_id = ${workspaceId} and g.id = i.program_id
      left join capture.source s on s.workspace_id = ${workspaceId} and s.id = i.source_id
      left join assignment cur on cur.lead_id = l.id and cur.place = 1
      left join distribute.holder h on h.workspace_id = ${workspaceId} and h.id = cur.holder_id
      left join disposition d on d.lead_id = l.id
      left join spoken on spoken.lead_id = l.id
      left join action na on na.lead_id = l.id
      left join activity act on act.lead_id = l.id
      left join won on won.lead_id = l.id
      left join joined inq on inq.lead_id = l.id
      cross join lateral (select report.lead_state(l.fate, l.closed_at is not null, d.verdict, h.kind) as state, w.works,
        w.works and cur.accepted_at is not null and spoken.at >= cur.started_at is not true as owes
        from (select l.closed_at is null and cur.ended_at is null and h.kind in ('rep', 'partner') as works) w) st
      cross join lateral (select coalesce(won.closed_at, l.closed_at) as at) sold
      cross join lateral (select coalesce(case when p.erased_at is not null then 'Erased person' end, nullif(p.full_name, ''), nullif(concat_ws(' ', p.given_name, p.family_name), ''), p.email, o.name, i.external_id, i.receipt) as person_name) n
      on conflict (workspace_id, lead_id) do update set
        person_id = excluded.person_id, person_name = excluded.person_name, title = excluded.title, email = excluded.email, phone = excluded.phone,
        organization_id = excluded.organization_id, organization_name = excluded.organization_name, country = excluded.country, region = excluded.region, city = excluded.city,
        postal_code = excluded.postal_code, product = excluded.product, vertical = excluded.vertical, program_id = excluded.program_id, source_id = excluded.source_id,
        channel = excluded.channel, territory_id = excluded.territory_id, holder_id = excluded.holder_id, holder_kind = excluded.holder_kind, assignment_id = excluded.assignment_id,
        grade = excluded.grade, score = excluded.score, first_assigned_at = excluded.first_assigned_at, assigned_at = excluded.assigned_at, accepted_at = excluded.accepted_at,
        respond_by = excluded.respond_by, awaited_by = excluded.awaited_by, contact_by = excluded.contact_by, tries_by = excluded.tries_by, verdict_by = excluded.verdict_by, first_followup_at = excluded.first_followup_at, wait_seconds = excluded.wait_seconds,
        redirects = excluded.redirects, verdict = excluded.verdict, verdict_reason = excluded.verdict_reason, verdict_at = excluded.verdict_at, state = excluded.state,
        fate = excluded.fate, closed_at = excluded.closed_at, sold_on = excluded.sold_on, sale_seconds = excluded.sale_seconds, sold_by = excluded.sold_by,
        value_minor = excluded.value_minor, currency = excluded.currency, next_action = excluded.next_action, next_action_due_at = excluded.next_action_due_at,
        last_next_action = coalesce(excluded.last_next_action, r.last_next_action), calls = excluded.calls, mails = excluded.mails, visits = excluded.visits,
        meetings = excluded.meetings, quotes = excluded.quotes, literature = excluded.literature, notes = excluded.notes, first_activity = excluded.first_activity,
        last_activity_at = excluded.last_activity_at, inquiries = excluded.inquiries
      where r.* is distinct from excluded.*
      returning r.lead_id, r.qualified_on
    )
    insert into report.dirty_day as d (workspace_id, cube, on_date)
    select ${workspaceId}::uuid, cube, on_date from (
      select 'cohort' as cube, qualified_on as on_date from made
      union
      select 'arrival', r.occurred_on from report.inquiry_row r where r.workspace_id = ${workspaceId} and r.lead_id = any(array(select lead_id from made))
      union
      select 'assigned', (a.started_at at time zone ${timeZone})::date from assignment a where a.lead_id in (select lead_id from made)
    ) days order by 2, 3
    on conflict (workspace_id, cube, on_date) do update set cube = d.cube`);
  await joinFreely(tx);
}

/** The words each lead is found by. Written after its row, from its row. */
export async function refreshLeadWords(tx: Tx, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  await tx.run(sql`
    insert into report.lead_search as s (workspace_id, lead_id, words)
    select r.workspace_id, r.lead_id, to_tsvector('simple', translate(
      concat_ws(' ', r.person_name, r.email, r.organization_name, regexp_replace(r.phone, '[^0-9]', '', 'g'), r.receipt, replace(r.receipt, '-', ''), r.city), '@./_+-,', '       '))
    from report.lead_row r where r.workspace_id = ${tx.scope.workspaceId} and r.lead_id = any(${[...leadIds].sort()}::uuid[])
    on conflict (workspace_id, lead_id) do update set words = excluded.words where s.words is distinct from excluded.words`);
}

/** The inquiries that are known to belong to these leads: they move when a lead is withdrawn or joined with another. */
export async function findInquiriesOf(tx: Tx, leadIds: readonly string[]): Promise<string[]> {
  if (leadIds.length === 0) return [];
  const found = await tx.rows<{ inquiryId: string }>(
    sql`select inquiry_id from report.inquiry_row where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${[...leadIds]}::uuid[])`,
  );
  return found.map((row) => row.inquiryId);
}

/** Leads a change elsewhere shows on: of these people and organizations, and with these opportunities. */
export async function findLeadsOf(
  tx: Tx,
  people: readonly string[],
  organizations: readonly string[],
  opportunities: readonly string[],
): Promise<string[]> {
  if (people.length + organizations.length + opportunities.length === 0) return [];
  const found = await tx.rows<{ leadId: string }>(sql`
    select lead_id from report.lead_row where workspace_id = ${tx.scope.workspaceId} and person_id = any(${people.length > 0 ? people : noIds}::uuid[])
    union select l.id from qualify.lead l join identity.identity_map m on m.workspace_id = l.workspace_id and m.old_id = l.person_id
      where l.workspace_id = ${tx.scope.workspaceId} and m.survivor_id = any(${people.length > 0 ? people : noIds}::uuid[])
    union select lead_id from report.lead_row where workspace_id = ${tx.scope.workspaceId} and organization_id = any(${organizations.length > 0 ? organizations : noIds}::uuid[])
    union select lead_id from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and id = any(${opportunities.length > 0 ? opportunities : noIds}::uuid[]) and lead_id is not null`);
  return found.map((row) => row.leadId);
}

/** Inquiries and leads of these programs and sources whose channel is another one now. */
export async function findOfOrigins(
  tx: Tx,
  programIds: readonly string[],
  sourceIds: readonly string[],
): Promise<{ inquiryIds: string[]; leadIds: string[] }> {
  if (programIds.length + sourceIds.length === 0) return { inquiryIds: [], leadIds: [] };
  const changed = await tx.rows<{ inquiryId: string; leadId: string | null }>(sql`
    select r.inquiry_id, r.lead_id from report.inquiry_row r
    join capture.inquiry i on i.workspace_id = r.workspace_id and i.id = r.inquiry_id
    left join capture.program p on p.workspace_id = r.workspace_id and p.id = r.program_id
    left join capture.source s on s.workspace_id = r.workspace_id and s.id = r.source_id
    where r.workspace_id = ${tx.scope.workspaceId} and (r.program_id = any(${[...programIds]}::uuid[]) or r.source_id = any(${[...sourceIds]}::uuid[]))
      and r.channel is distinct from coalesce(nullif(p.channel, ''), nullif(s.channel, ''), i.channel)`);
  return { inquiryIds: changed.map((row) => row.inquiryId), leadIds: changed.flatMap((row) => row.leadId ?? []) };
}
