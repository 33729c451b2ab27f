-- What distributors' sell-through files, warranty cards and rebate claims tell of a sale nobody reported: who bought, what, where, when.
create table revenue.claim (
  workspace_id uuid not null references platform.workspace(id),
  id uuid not null,
  proof text not null check (proof in ('sell-through', 'warranty', 'rebate')),
  -- what it is recognised by when it comes again; ordinal tells rows of one file apart that are alike in every word
  claim_key text not null,
  ordinal int not null default 1,
  number text,
  serial text,
  serial_key text,
  product text,
  quantity numeric(14, 3),
  sold_on date not null,
  value_minor bigint,
  currency char(3) not null,
  distributor text,
  holder_id uuid,
  -- the buyer in the words of the row
  said jsonb not null default '{}',
  person_id uuid,
  organization_id uuid,
  -- neither the person nor the organization was known before this claim came
  is_new boolean not null,
  -- credited: a sale of the lead; known: something else already proves that sale; ask: a person decides; none: no lead; apart: a person said none of them
  state text not null check (state in ('credited', 'known', 'ask', 'none', 'apart')),
  lead_id uuid,
  -- the sale this claim made; of a known one it carries no money and closes the lead
  opportunity_id uuid,
  -- what proves the sale already
  known_kind text check (known_kind in ('opportunity', 'invoice', 'claim')),
  known_id uuid,
  -- the value given to a sale that had none
  filled_minor bigint,
  -- what the holder had said of the lead until then
  reported text check (reported in ('bad', 'dont_know', 'silent')),
  reported_holder_id uuid,
  candidates jsonb not null default '[]',
  reasons jsonb not null default '[]',
  -- said by a person: this lead, or none where it is null
  decided_at timestamptz,
  decided_by uuid,
  decided_lead_id uuid,
  import_id uuid,
  last_import_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  check ((known_kind is null) = (known_id is null)),
  check ((state in ('credited', 'known')) = (lead_id is not null))
);
create unique index claim_key on revenue.claim (workspace_id, proof, claim_key, ordinal);
create index claim_list on revenue.claim (workspace_id, state, sold_on desc, id desc);
create index claim_all on revenue.claim (workspace_id, sold_on desc, id desc);
create index claim_serial on revenue.claim (workspace_id, serial_key) where serial_key is not null;
create index claim_person on revenue.claim (workspace_id, person_id) where person_id is not null;
create index claim_organization on revenue.claim (workspace_id, organization_id) where organization_id is not null;
create index claim_lead on revenue.claim (workspace_id, lead_id) where lead_id is not null;
create index claim_known on revenue.claim (workspace_id, known_id) where known_id is not null;
create index claim_sale on revenue.claim (workspace_id, opportunity_id) where opportunity_id is not null;
create index claim_import on revenue.claim (workspace_id, import_id) where import_id is not null;
select platform.guard('revenue.claim', partner => 'none');

alter table revenue.opportunity drop constraint opportunity_origin_check;
alter table revenue.opportunity add constraint opportunity_origin_check check (origin in ('app', 'import', 'verdict', 'outcome', 'claim'));
