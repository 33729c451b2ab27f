-- What became of leads in money: opportunities up to the sale, invoices of the accounting system, and which inquiry earned them.
create schema revenue;
grant usage on schema revenue to baton_app;

create table revenue.opportunity (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  external_id text,
  -- what a file without ids is recognised by when it comes again; ordinal tells rows apart that are alike in every word
  natural_key text,
  ordinal int not null default 1,
  name text not null,
  lead_id uuid,
  person_id uuid,
  organization_id uuid,
  inquiry_id uuid,
  program_id uuid,
  source_id uuid,
  holder_id uuid,
  owner_name text,
  stage text not null,
  probability int not null check (probability between 0 and 100),
  amount_minor bigint not null default 0,
  currency char(3) not null,
  opened_at timestamptz not null,
  close_on date,
  closed_at timestamptz,
  outcome text not null check (outcome in ('open', 'won', 'lost')),
  lost_reason text,
  segment text,
  -- app: made here; import: came in a file; verdict: a sale said without an opportunity; outcome: a file of outcomes
  origin text not null check (origin in ('app', 'import', 'verdict', 'outcome')),
  import_id uuid,
  last_import_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  check ((outcome = 'open') = (closed_at is null))
);
create unique index opportunity_external on revenue.opportunity (workspace_id, external_id) where external_id is not null;
create unique index opportunity_natural on revenue.opportunity (workspace_id, natural_key, ordinal) where natural_key is not null;
create index opportunity_lead on revenue.opportunity (workspace_id, lead_id) where lead_id is not null;
create index opportunity_person on revenue.opportunity (workspace_id, person_id) where person_id is not null;
create index opportunity_organization on revenue.opportunity (workspace_id, organization_id) where organization_id is not null;
create index opportunity_inquiry on revenue.opportunity (workspace_id, inquiry_id) where inquiry_id is not null;
create index opportunity_import on revenue.opportunity (workspace_id, import_id) where import_id is not null;
create index opportunity_list on revenue.opportunity (workspace_id, opened_at desc, id desc);
create index opportunity_board on revenue.opportunity (workspace_id, outcome, stage, amount_minor desc, id);
create index opportunity_won on revenue.opportunity (workspace_id, closed_at) where outcome = 'won';
select platform.guard('revenue.opportunity');
create policy partner on revenue.opportunity as restrictive using (platform.current_holder() is null or (lead_id is not null and distribute.holds(lead_id)));

create table revenue.invoice (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  external_id text,
  number text not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  status text not null check (status in ('open', 'paid', 'cancelled', 'draft')),
  status_text text,
  subject text,
  person_id uuid,
  organization_id uuid,
  lead_id uuid,
  opportunity_id uuid,
  program_id uuid,
  source_id uuid,
  billed_name text,
  billed_email text,
  account_ref text,
  contact_ref text,
  reference text,
  issued_on date not null,
  net_minor bigint not null,
  tax_minor bigint not null default 0,
  gross_minor bigint not null,
  currency char(3) not null,
  matched_by text not null check (matched_by in ('manual', 'receipt', 'opportunity', 'external-id', 'mail', 'organization', 'none')),
  match_reasons jsonb not null default '[]',
  import_id uuid,
  last_import_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index invoice_external on revenue.invoice (workspace_id, external_id) where external_id is not null;
create index invoice_number on revenue.invoice (workspace_id, number);
create index invoice_lead on revenue.invoice (workspace_id, lead_id) where lead_id is not null;
create index invoice_person on revenue.invoice (workspace_id, person_id) where person_id is not null;
create index invoice_organization on revenue.invoice (workspace_id, organization_id) where organization_id is not null;
create index invoice_import on revenue.invoice (workspace_id, import_id) where import_id is not null;
create index invoice_list on revenue.invoice (workspace_id, issued_on desc, id desc);
create index invoice_unmatched_contact on revenue.invoice (workspace_id, contact_ref) where matched_by = 'none';
create index invoice_matched on revenue.invoice (workspace_id, matched_by, issued_on desc, id desc);
select platform.guard('revenue.invoice', partner => 'none');

-- One row for each part of a sale that an inquiry (or a stated program) earned under a model; the part nobody earned has attributed = false.
-- For each sale and model the rows add up to the sale exactly.
create table revenue.credit (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  sale_kind text not null check (sale_kind in ('invoice', 'opportunity')),
  sale_id uuid not null,
  model text not null check (model in ('first', 'last', 'linear')),
  attributed boolean not null,
  program_id uuid,
  source_id uuid,
  channel text,
  inquiry_id uuid,
  lead_id uuid,
  amount_minor bigint not null,
  currency char(3) not null,
  sold_on date not null,
  why text not null,
  primary key (workspace_id, id)
);
create index credit_sale on revenue.credit (workspace_id, sale_kind, sale_id);
create index credit_inquiry on revenue.credit (workspace_id, inquiry_id) where inquiry_id is not null;
create index credit_sold on revenue.credit (workspace_id, model, sale_kind, sold_on) include (program_id, source_id, channel, attributed, amount_minor);
select platform.guard('revenue.credit', partner => 'none');

-- What an import changed, as it was before, so that undoing the import puts it back.
create table revenue.before_import (
  workspace_id uuid not null references platform.workspace(id),
  import_id uuid not null,
  kind text not null check (kind in ('opportunity', 'invoice')),
  row_id uuid not null,
  was jsonb not null,
  primary key (workspace_id, import_id, kind, row_id)
);
select platform.guard('revenue.before_import', partner => 'none');
