-- What a warehouse reads: one view per dataset, as things stand. What was taken back (withdrawn, merged, retired) is not in them, and people
-- and organizations are named by the ids that are valid today. Documented in docs/warehouse.md; columns are only ever added.
create schema extract;
grant usage on schema extract to baton_app;

create view extract.sources with (security_invoker = true) as
  select workspace_id, id, name, channel, created_at from capture.source;

create view extract.programs with (security_invoker = true) as
  select workspace_id, id, external_id, name, channel, status, starts_on, ends_on, budget_minor, expected_minor, currency, goal_inquiries, goal_leads,
    goal_sales, owner_name, created_at
  from capture.program where status <> 'withdrawn';

create view extract.program_costs with (security_invoker = true) as
  select workspace_id, id, program_id, on_date, amount_minor, currency, note from capture.program_cost;

create view extract.holders with (security_invoker = true) as
  select workspace_id, id, kind, name, email, external_id, country, time_zone, active, capacity_per_week from distribute.holder;

create view extract.territories with (security_invoker = true) as
  select workspace_id, id, name, position, overflow, active from distribute.territory;

create view extract.organizations with (security_invoker = true) as
  select workspace_id, id, external_id, name, domain, website, phone, phone_e164, street, postal_code, city, state, country, industry, vertical, employees,
    annual_revenue_minor, is_customer, first_seen_at, last_seen_at, custom
  from identity.organization where survivor_id is null and retired_at is null;

create view extract.people with (security_invoker = true) as
  select p.workspace_id, p.id, p.external_id, p.given_name, p.family_name, p.full_name, p.title, p.email, p.phone, p.phone_e164, p.mobile_e164,
    coalesce(o.survivor_id, p.organization_id) as organization_id, p.street, p.postal_code, p.city, p.state, p.country, p.language,
    p.do_not_contact, p.do_not_mail, p.do_not_call, p.unsubscribed_at, p.name_is_junk, p.sightings, p.first_seen_at, p.last_seen_at, p.custom
  from identity.person p
  left join identity.organization o on o.workspace_id = p.workspace_id and o.id = p.organization_id and o.survivor_id is not null
  where p.survivor_id is null and p.retired_at is null;

-- Ids of before a merge, and what they are now.
create view extract.merged_ids with (security_invoker = true) as
  select workspace_id, id, 'person' as kind, survivor_id from identity.person where survivor_id is not null
  union all
  select workspace_id, id, 'organization', survivor_id from identity.organization where survivor_id is not null;

create view extract.inquiries with (security_invoker = true) as
  select i.workspace_id, i.id, i.receipt, i.external_id, i.channel, i.source_id, i.program_id, i.received_at, i.occurred_at, i.status,
    coalesce(p.survivor_id, s.person_id) as person_id, coalesce(o.survivor_id, s.organization_id) as organization_id, l.lead_id,
    i.first_touch, i.last_touch, i.fields
  from capture.inquiry i
  left join identity.sighting s on s.workspace_id = i.workspace_id and s.inquiry_id = i.id and s.withdrawn_at is null
  left join identity.person p on p.workspace_id = s.workspace_id and p.id = s.person_id
  left join identity.organization o on o.workspace_id = s.workspace_id and o.id = s.organization_id
  left join lateral (select k.lead_id from qualify.lead_inquiry k
    where k.workspace_id = i.workspace_id and k.inquiry_id = i.id and k.withdrawn_at is null order by k.joined_at desc, k.lead_id limit 1) l on true
  where i.status <> 'withdrawn';

create view extract.leads with (security_invoker = true) as
  select l.workspace_id, l.id, coalesce(p.survivor_id, l.person_id) as person_id, coalesce(o.survivor_id, l.organization_id) as organization_id, l.inquiry_id,
    l.program_id, l.source_id, l.qualified_at, l.definition_version, l.score, l.grade, l.budget, l.authority, l.need, l.timing, l.product, l.vertical,
    l.country, l.state, l.postal_code, a.holder_id, l.closed_at, l.fate
  from qualify.lead l
  left join identity.person p on p.workspace_id = l.workspace_id and p.id = l.person_id
  left join identity.organization o on o.workspace_id = l.workspace_id and o.id = l.organization_id
  left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
  where l.fate is null or l.fate not in ('withdrawn', 'merged');

create view extract.handoffs with (security_invoker = true) as
  select a.workspace_id, a.id, a.lead_id, a.holder_id, a.territory_id, a.why, a.started_at, a.respond_by, a.accepted_at, a.declined_at, a.decline_reason,
    a.first_followup_at, a.ended_at, a.end_reason, a.sequence
  from distribute.assignment a
  join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id and (l.fate is null or l.fate not in ('withdrawn', 'merged'));

create view extract.activities with (security_invoker = true) as
  select a.workspace_id, a.id, a.lead_id, a.holder_id, a.kind, a.at, a.outcome, a.note, a.via
  from followup.activity a
  join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id and (l.fate is null or l.fate not in ('withdrawn', 'merged'));

create view extract.verdicts with (security_invoker = true) as
  select d.workspace_id, d.id, d.lead_id, d.verdict, d.reason, d.value_minor, d.currency, d.at, d.by_holder_id, d.via, d.current
  from followup.disposition d
  join qualify.lead l on l.workspace_id = d.workspace_id and l.id = d.lead_id and (l.fate is null or l.fate not in ('withdrawn', 'merged'))
  where d.undone_at is null;

create view extract.touches with (security_invoker = true) as
  select t.workspace_id, t.id, coalesce(p.survivor_id, t.person_id) as person_id, t.lead_id, t.inquiry_id, t.channel, t.kind, t.at, t.held_back
  from nurture.touch t left join identity.person p on p.workspace_id = t.workspace_id and p.id = t.person_id;

create view extract.opportunities with (security_invoker = true) as
  select r.workspace_id, r.id, r.external_id, r.name, r.lead_id, coalesce(p.survivor_id, r.person_id) as person_id,
    coalesce(o.survivor_id, r.organization_id) as organization_id, r.inquiry_id, r.program_id, r.source_id, r.holder_id, r.owner_name, r.stage, r.probability,
    r.amount_minor, r.currency, r.opened_at, r.close_on, r.closed_at, r.outcome, r.lost_reason, r.segment
  from revenue.opportunity r
  left join identity.person p on p.workspace_id = r.workspace_id and p.id = r.person_id
  left join identity.organization o on o.workspace_id = r.workspace_id and o.id = r.organization_id;

create view extract.invoices with (security_invoker = true) as
  select v.workspace_id, v.id, v.external_id, v.number, v.kind, v.status, v.subject, coalesce(p.survivor_id, v.person_id) as person_id,
    coalesce(o.survivor_id, v.organization_id) as organization_id, v.lead_id, v.opportunity_id, v.program_id, v.source_id, v.billed_name, v.account_ref,
    v.reference, v.issued_on, v.net_minor, v.tax_minor, v.gross_minor, v.currency, v.matched_by
  from revenue.invoice v
  left join identity.person p on p.workspace_id = v.workspace_id and p.id = v.person_id
  left join identity.organization o on o.workspace_id = v.workspace_id and o.id = v.organization_id;

create view extract.credits with (security_invoker = true) as
  select workspace_id, id, sale_kind, sale_id, model, attributed, program_id, source_id, channel, inquiry_id, lead_id, amount_minor, currency, sold_on, why
  from revenue.credit;

create view extract.facts with (security_invoker = true) as
  select workspace_id, id, chain_id, seq, type, subject_id, at, actor, data, xact::text::numeric(20) as xact from journal.fact;

-- Extracts made, and up to where. The number is what a warehouse asks the next changes by.
create table report.extract (
  workspace_id uuid not null,
  number int not null,
  id uuid not null,
  datasets text[] not null,
  format text not null check (format in ('parquet', 'csv')),
  since int,
  state text not null check (state in ('waiting', 'running', 'finished', 'failed', 'cancelled', 'removed')),
  problem text,
  job_id uuid,
  asked_at timestamptz not null,
  asked_by uuid,
  -- the instant the files show, and the transaction before which every fact is in them
  seen_at timestamptz,
  horizon numeric(20),
  finished_at timestamptz,
  files jsonb not null default '[]',
  primary key (workspace_id, number),
  unique (workspace_id, id)
);
-- one at a time: the books are written by one hand
create unique index extract_in_hand on report.extract (workspace_id) where state in ('waiting', 'running');
select platform.guard('report.extract', partner => 'none');

-- A role for people's own tools: it reads the views and nothing else can be written by it. A login is put in it by hand (docs/warehouse.md).
do $$
declare r record;
begin
  if not exists (select from pg_roles where rolname = 'baton_reader') then
    create role baton_reader nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
  grant usage on schema extract, platform, capture, identity, qualify, distribute, followup, nurture, revenue, journal to baton_reader;
  for r in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'extract' and c.relkind = 'v'
  loop
    execute format('grant select on %s to baton_app, baton_reader', r.name);
  end loop;
  -- The views run as whoever asks (and so under row-level security): just the columns they show are open to the reader.
  for r in select distinct d.refobjid::regclass as name, a.attname as column from pg_depend d
    join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
    join pg_class v on v.oid = w.ev_class join pg_namespace n on n.oid = v.relnamespace and n.nspname = 'extract'
    join pg_attribute a on d.refclassid = 'pg_class'::regclass and a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.refobjid <> v.oid
  loop
    execute format('grant select (%I) on %s to baton_reader', r.column, r.name);
  end loop;
end $$;
