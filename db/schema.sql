-- Dumped by `npm run db:schema` (scripts/schema.ts) from a freshly migrated database: read it, never edit or run it.

-- schemas
schema capture;
schema distribute;
schema extract;
schema followup;
schema identity;
schema journal;
schema nurture;
schema platform;
schema qualify;
schema report;
schema revenue;

-- tables
table capture.delivery_key (workspace_id uuid not null,
  key text not null,
  inquiry_id uuid not null,
  import_id uuid);
table capture.import (workspace_id uuid not null,
  id uuid not null,
  kind text,
  file_name text not null,
  file_bytes bigint not null default 0,
  file_hash bytea,
  status text not null,
  shape text,
  analysis jsonb,
  settings jsonb not null default '{}'::jsonb,
  done_row integer not null default 0,
  counts jsonb not null default '{}'::jsonb,
  sentences jsonb not null default '[]'::jsonb,
  job_id uuid,
  problem text,
  created_by uuid,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  undone_at timestamp with time zone,
  progressed_at timestamp with time zone,
  saved_mapping text,
  first_inquiry_id uuid,
  last_inquiry_id uuid,
  run_started_at timestamp with time zone,
  run_from_rows integer,
  mends uuid,
  file_erased_at timestamp with time zone);
table capture.import_change (workspace_id uuid not null,
  import_id uuid not null,
  subject text not null,
  subject_id uuid not null,
  before jsonb not null);
table capture.import_chunk (workspace_id uuid not null,
  import_id uuid not null,
  n integer not null,
  bytes bytea not null);
table capture.import_problem (workspace_id uuid not null,
  import_id uuid not null,
  row integer not null,
  n integer not null,
  severity text not null,
  kind text not null,
  field text,
  sentence text not null,
  cells jsonb);
table capture.inquiry (workspace_id uuid not null,
  id uuid not null,
  receipt text not null,
  source_id uuid,
  program_id uuid,
  import_id uuid,
  import_row integer,
  external_id text,
  idempotency_key text,
  channel text not null,
  received_at timestamp with time zone not null,
  occurred_at timestamp with time zone not null,
  raw bytea,
  raw_type text,
  fields jsonb not null default '{}'::jsonb,
  first_touch jsonb,
  last_touch jsonb,
  status text not null,
  problem text,
  replayed_at timestamp with time zone) partition by RANGE (id);
table capture.lead_address (workspace_id uuid not null,
  id uuid not null,
  key text not null,
  program_id uuid,
  source_id uuid,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone);
table capture.lead_mail (workspace_id uuid not null,
  id uuid not null,
  address_id uuid not null,
  same_key bytea not null,
  via text not null,
  received_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  raw bytea not null,
  bytes integer not null,
  from_name text,
  from_address text,
  subject text,
  state text not null default 'waiting'::text,
  nature text,
  sentence text,
  inquiries integer not null default 0,
  import_ids uuid[] not null default '{}'::uuid[],
  attempts integer not null default 0,
  read_after timestamp with time zone not null,
  read_at timestamp with time zone,
  reply_to uuid,
  lead_id uuid);
table capture.program (workspace_id uuid not null,
  id uuid not null,
  external_id text,
  name text not null,
  channel text,
  status text not null default 'planned'::text,
  starts_on date,
  ends_on date,
  budget_minor bigint,
  expected_minor bigint,
  currency character(3),
  goal_inquiries integer,
  goal_leads integer,
  goal_sales integer,
  owner_name text,
  note text,
  form_key text,
  form jsonb,
  custom jsonb not null default '{}'::jsonb,
  import_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_import_id uuid);
table capture.program_cost (workspace_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  on_date date not null,
  amount_minor bigint not null,
  currency character(3) not null,
  note text,
  import_id uuid,
  created_at timestamp with time zone not null);
table capture.saved_mapping (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null,
  shape text not null,
  settings jsonb not null,
  used_at timestamp with time zone not null);
table capture.source (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  channel text,
  import_id uuid,
  created_at timestamp with time zone not null,
  write_key text);
table distribute.absence (workspace_id uuid not null,
  id uuid not null,
  holder_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  note text,
  catch_up boolean not null default false);
table distribute.acceptance (workspace_id uuid not null,
  id uuid not null,
  proposal_id uuid not null,
  job_id uuid,
  state text not null,
  effective_on date not null,
  effective_at timestamp with time zone not null,
  moved jsonb not null,
  changes jsonb not null,
  added jsonb not null,
  problem text,
  accepted_at timestamp with time zone not null,
  accepted_by uuid,
  settled_at timestamp with time zone,
  undone_at timestamp with time zone,
  undone_by uuid);
table distribute.assignment (workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  holder_id uuid not null,
  territory_id uuid,
  why text not null,
  started_at timestamp with time zone not null,
  respond_by timestamp with time zone,
  follow_by timestamp with time zone,
  clock_at timestamp with time zone,
  reminded_at timestamp with time zone,
  accepted_at timestamp with time zone,
  declined_at timestamp with time zone,
  decline_reason text,
  first_followup_at timestamp with time zone,
  ended_at timestamp with time zone,
  end_reason text,
  reasons jsonb not null,
  decided jsonb,
  redirected_from uuid,
  sequence integer not null default 1,
  redirects integer not null default 0,
  counted boolean not null default true,
  from_holder_id uuid,
  wait_bucket integer generated always as report.wait_bucket((EXTRACT(epoch FROM (first_followup_at - started_at)))::double precision),
  rule_id uuid,
  rule_version integer,
  grade text,
  judge_by timestamp with time zone,
  tries_by timestamp with time zone,
  remind_at timestamp with time zone,
  tries_remind_at timestamp with time zone,
  judge_remind_at timestamp with time zone,
  passes_on boolean not null default false,
  owes_since timestamp with time zone,
  paused_at timestamp with time zone,
  paused_until timestamp with time zone,
  pause_reason text,
  first_paused_at timestamp with time zone,
  tries_owed integer);
table distribute.balance (workspace_id uuid not null,
  territory_id uuid not null,
  grade text not null,
  holder_id uuid not null,
  entitled double precision not null,
  received integer not null);
table distribute.breach (workspace_id uuid not null,
  assignment_id uuid not null,
  clock text not null,
  lead_id uuid not null,
  holder_id uuid not null,
  due_at timestamp with time zone not null,
  noticed_at timestamp with time zone not null);
table distribute.credit_back (workspace_id uuid not null,
  assignment_id uuid not null,
  lead_id uuid not null,
  account_id uuid not null,
  grade text not null,
  holder_id uuid not null,
  holders uuid[] not null,
  shares double precision[] not null,
  reason text not null,
  given_at timestamp with time zone not null,
  taken_at timestamp with time zone);
table distribute.holder (workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  email text,
  phone text,
  user_id uuid,
  external_id text,
  country character(2),
  capacity_per_week numeric(10,3),
  weight numeric(10,3) not null default 1,
  calendar jsonb,
  time_zone text not null default 'UTC'::text,
  languages text[] not null default '{}'::text[],
  verticals text[] not null default '{}'::text[],
  active boolean not null default true,
  import_id uuid,
  created_at timestamp with time zone not null default now(),
  tier text,
  product_lines text[] not null default '{}'::text[],
  capacity_by_grade jsonb not null default '{}'::jsonb,
  open_most integer,
  public_holidays date[] not null default '{}'::date[],
  share_part numeric(4,3) not null default 1,
  certificates jsonb not null default '[]'::jsonb,
  postal_code text,
  completed_import_id uuid);
table distribute.holder_record (workspace_id uuid not null,
  holder_id uuid not null,
  product_key text not null,
  leads integer not null,
  sales integer not null,
  clocks integer not null default 0,
  in_time integer not null default 0,
  verdicts integer not null default 0,
  told integer not null default 0);
table distribute.holiday_holder (workspace_id uuid not null,
  holder_id uuid not null,
  list_id uuid not null);
table distribute.holiday_list (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  country character(2),
  days jsonb not null);
table distribute.offer (workspace_id uuid not null,
  assignment_id uuid not null,
  holder_id uuid not null,
  lead_id uuid not null,
  rule_id uuid not null,
  offered_at timestamp with time zone not null,
  until timestamp with time zone not null);
table distribute.postcode (workspace_id uuid not null,
  country text not null,
  code text not null,
  import_id uuid not null,
  name text,
  state text,
  county text,
  lat double precision not null,
  lon double precision not null);
table distribute.proposal (workspace_id uuid not null,
  id uuid not null,
  job_id uuid not null,
  asked jsonb not null,
  units jsonb not null,
  borders jsonb,
  notes jsonb not null,
  made_at timestamp with time zone not null,
  made_by uuid,
  result jsonb);
table distribute.ruleset (workspace_id uuid not null,
  version integer not null,
  rules jsonb not null,
  note text,
  changed_at timestamp with time zone not null,
  changed_by uuid,
  published_at timestamp with time zone,
  published_by uuid);
table distribute.share_cut (workspace_id uuid not null,
  holder_id uuid not null,
  part numeric(4,3) not null,
  silent integer not null,
  offered integer not null,
  since timestamp with time zone not null,
  measured_at timestamp with time zone not null,
  contested_at timestamp with time zone,
  contested_by uuid,
  contest_note text,
  lifted_until date,
  lifted_by uuid);
table distribute.simulated (workspace_id uuid not null,
  simulation_id uuid not null,
  lead_id uuid not null,
  at timestamp with time zone not null,
  holder_id uuid,
  was_holder_id uuid,
  rule_id uuid,
  came text not null,
  because text not null);
table distribute.simulation (workspace_id uuid not null,
  id uuid not null,
  job_id uuid not null,
  rules jsonb not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  made_at timestamp with time zone not null,
  made_by uuid,
  result jsonb);
table distribute.team (workspace_id uuid not null,
  id uuid not null,
  name text not null);
table distribute.team_holder (workspace_id uuid not null,
  team_id uuid not null,
  holder_id uuid not null,
  weight numeric not null default 1);
table distribute.territory (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  position integer not null,
  rules jsonb not null default '{}'::jsonb,
  overflow boolean not null default false,
  active boolean not null default true,
  wait_most integer,
  starts_on date,
  ends_on date,
  parent_id uuid);
table distribute.territory_holder (workspace_id uuid not null,
  territory_id uuid not null,
  holder_id uuid not null,
  weight numeric(10,3) not null default 1);
table distribute.turn_pool (workspace_id uuid not null,
  id uuid not null,
  holders uuid[] not null,
  shares double precision[] not null);
table followup.activity (workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  holder_id uuid,
  user_id uuid,
  kind text not null,
  at timestamp with time zone not null,
  outcome text,
  note text,
  via text not null,
  import_id uuid,
  reference text);
table followup.answer_taken (workspace_id uuid not null,
  holder_id uuid not null,
  reference text not null,
  said bytea not null,
  lead_id uuid not null,
  taken_at timestamp with time zone not null);
table followup.bulk_change (workspace_id uuid not null,
  run_id uuid not null,
  subject_id uuid not null,
  done boolean not null default false,
  before jsonb,
  after jsonb,
  why text,
  undone_at timestamp with time zone);
table followup.bulk_run (workspace_id uuid not null,
  id uuid not null,
  subject text not null,
  action jsonb not null,
  state text not null,
  total integer not null,
  changed integer not null default 0,
  kept integer not null default 0,
  job_id uuid,
  made_at timestamp with time zone not null,
  made_by uuid,
  finished_at timestamp with time zone,
  undone_at timestamp with time zone);
table followup.call (workspace_id uuid not null,
  id uuid not null,
  list_id uuid not null,
  lead_id uuid not null,
  activity_id uuid not null,
  user_id uuid,
  at timestamp with time zone not null,
  local_hour smallint not null,
  outcome text not null,
  reached boolean not null,
  answers jsonb not null default '[]'::jsonb,
  note text);
table followup.call_list (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  script_id uuid not null,
  chosen jsonb not null,
  from_hour smallint not null,
  until_hour smallint not null,
  per_day_most smallint not null,
  attempts_most smallint not null,
  deal_anew boolean not null,
  left_out integer not null default 0,
  made_at timestamp with time zone not null,
  made_by uuid,
  closed_at timestamp with time zone);
table followup.call_script (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  steps jsonb not null,
  changed_at timestamp with time zone not null,
  changed_by uuid);
table followup.call_target (workspace_id uuid not null,
  list_id uuid not null,
  lead_id uuid not null,
  added_at timestamp with time zone not null,
  zones text not null,
  state text not null default 'waiting'::text,
  outcome text,
  attempts integer not null default 0,
  day date,
  day_calls integer not null default 0,
  due_at timestamp with time zone,
  call_back boolean not null default false,
  leased_by uuid,
  leased_until timestamp with time zone);
table followup.decay_fit (workspace_id uuid not null,
  fitted_at timestamp with time zone not null,
  decays jsonb not null);
table followup.diary (workspace_id uuid not null,
  user_id uuid not null,
  feed_id uuid,
  plan_hour integer,
  planned_on date);
table followup.disposition (workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  verdict text not null,
  reason text,
  value_minor bigint,
  currency character(3),
  at timestamp with time zone not null,
  by_holder_id uuid,
  by_user_id uuid,
  via text not null,
  expires_at timestamp with time zone,
  current boolean not null default true,
  undone_at timestamp with time zone,
  before jsonb not null,
  import_id uuid);
table followup.lead_news (workspace_id uuid not null,
  holder_id uuid not null,
  lead_id uuid not null,
  at timestamp with time zone not null,
  no bigint not null);
table followup.link (workspace_id uuid not null,
  id uuid not null,
  token_hash text not null,
  lead_id uuid not null,
  assignment_id uuid not null,
  holder_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  first_opened_at timestamp with time zone,
  revoked_by uuid);
table followup.link_answer (workspace_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  lead_id uuid not null,
  holder_id uuid not null,
  at timestamp with time zone not null,
  did text not null,
  via text not null,
  known text not null,
  browser text,
  mark bytea);
table followup.next_action (workspace_id uuid not null,
  lead_id uuid not null,
  what text not null,
  due_at timestamp with time zone,
  set_by uuid,
  set_at timestamp with time zone not null,
  minutes integer,
  place text);
table followup.partner_file (workspace_id uuid not null,
  import_id uuid not null,
  holder_id uuid not null);
table followup.playbook_run (workspace_id uuid not null,
  lead_id uuid not null,
  version integer not null,
  playbook_id uuid not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone);
table followup.playbook_step (workspace_id uuid not null,
  lead_id uuid not null,
  step_id uuid not null,
  place integer not null,
  due_at timestamp with time zone not null,
  attempts integer not null default 0,
  reached_at timestamp with time zone,
  done_at timestamp with time zone,
  skipped_at timestamp with time zone,
  skip_reason text);
table followup.playbook_version (workspace_id uuid not null,
  version integer not null,
  playbooks jsonb not null,
  made_at timestamp with time zone not null,
  made_by uuid);
table followup.proposal (workspace_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  lead_id uuid not null,
  holder_id uuid not null,
  mail_id uuid not null,
  at timestamp with time zone not null,
  verdict text not null,
  words text,
  reason text,
  value_minor bigint,
  currency character(3),
  state text not null default 'open'::text,
  settled_at timestamp with time zone);
table followup.registration (workspace_id uuid not null,
  id uuid not null,
  holder_id uuid not null,
  made_at timestamp with time zone not null,
  made_by uuid,
  said jsonb not null,
  said_hash bytea not null,
  expected_minor bigint,
  currency text,
  state text not null,
  problems text[] not null default '{}'::text[],
  inquiry_id uuid,
  person_id uuid,
  organization_id uuid,
  lead_id uuid,
  held_by uuid,
  held_by_name text,
  held_since timestamp with time zone,
  decided_at timestamp with time zone,
  decided_by uuid,
  reason text,
  protected_until timestamp with time zone);
table followup.sent_once (workspace_id uuid not null,
  who text not null,
  key text not null,
  request bytea not null,
  lead_id uuid not null,
  answer jsonb,
  at timestamp with time zone not null);
table followup.verdict_round (workspace_id uuid not null,
  id uuid not null,
  token_hash text not null,
  holder_id uuid not null,
  slot_at timestamp with time zone not null,
  sent_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  lead_ids uuid[] not null,
  due integer not null);
table followup.webhook (workspace_id uuid not null,
  id uuid not null,
  holder_id uuid,
  name text not null,
  url text not null,
  secret bytea not null,
  former_secret bytea,
  former_until timestamp with time zone,
  events text[] not null,
  state text not null default 'on'::text,
  paused_why text,
  paused_at timestamp with time zone,
  failures integer not null default 0,
  failing_since timestamp with time zone,
  next_at timestamp with time zone,
  created_by uuid,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone);
table followup.webhook_delivery (workspace_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  holder_id uuid,
  event text not null,
  at timestamp with time zone not null,
  lead_id uuid,
  chain_id uuid,
  seq integer,
  state text not null default 'waiting'::text,
  attempts integer not null default 0,
  due_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  created_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  status integer,
  answer text,
  milliseconds integer);
table identity.account_ref (workspace_id uuid not null,
  import_id uuid not null,
  person_id uuid not null,
  external_id text not null,
  linked_by uuid,
  was_organization_id uuid,
  organization_id uuid);
table identity.append_answer (workspace_id uuid not null,
  provider_id uuid not null,
  question text not null,
  kind text not null,
  subject_id uuid not null,
  answered_at timestamp with time zone not null,
  answer jsonb not null);
table identity.append_doubt (workspace_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  kind text not null,
  row_no integer not null,
  label text not null,
  offers jsonb not null,
  candidates jsonb not null,
  status text not null default 'open'::text,
  decided_at timestamp with time zone,
  decided_by text);
table identity.append_key (workspace_id uuid not null,
  key text not null,
  request_id uuid not null,
  subject_id uuid not null,
  run_id uuid);
table identity.append_provider (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  position integer not null,
  price_thousand_minor bigint not null default 0,
  price_per text not null default 'hit'::text,
  currency character(3) not null,
  licence_days integer,
  confidence real not null default 0.8,
  created_at timestamp with time zone not null,
  created_by text not null,
  service jsonb,
  secret bytea,
  budget_minor bigint,
  failures integer not null default 0,
  rests_until timestamp with time zone,
  problem text);
table identity.append_request (workspace_id uuid not null,
  id uuid not null,
  provider_id uuid not null,
  kind text not null,
  fields text[] not null,
  whom text not null,
  asked integer not null,
  asked_at timestamp with time zone not null,
  asked_by text not null);
table identity.append_run (workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  way text not null,
  provider_id uuid,
  terms jsonb not null,
  given integer not null default 0,
  sure integer not null default 0,
  asked integer not null default 0,
  unknown integer not null default 0,
  used integer not null default 0,
  unused integer not null default 0,
  priced bigint not null default 0,
  cost_minor bigint not null default 0,
  currency character(3) not null,
  started_at timestamp with time zone not null,
  started_by text not null,
  undone_at timestamp with time zone);
table identity.appended_value (workspace_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  provider_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  field text not null,
  value jsonb,
  replaced jsonb,
  row_no integer,
  at timestamp with time zone not null,
  as_of date,
  expires_on date,
  confidence real not null,
  price_minor bigint not null default 0,
  currency character(3) not null,
  status text not null,
  why text,
  ended_at timestamp with time zone,
  ended_why text);
table identity.base_check (workspace_id uuid not null,
  id uuid not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  started_by text not null,
  seen text not null,
  people integer not null default 0,
  compared bigint not null default 0,
  joined integer not null default 0,
  asked integer not null default 0,
  remaining integer not null default 0,
  organizations integer not null default 0,
  organizations_joined integer not null default 0,
  organizations_asked integer not null default 0,
  organizations_remaining integer not null default 0);
table identity.bulk_change (workspace_id uuid not null,
  run_id uuid not null,
  subject_id uuid not null,
  done boolean not null default false,
  before jsonb,
  after jsonb,
  undone_at timestamp with time zone);
table identity.bulk_run (workspace_id uuid not null,
  id uuid not null,
  subject text not null,
  action jsonb not null,
  state text not null,
  total integer not null,
  changed integer not null default 0,
  kept integer not null default 0,
  job_id uuid,
  made_at timestamp with time zone not null,
  made_by uuid,
  finished_at timestamp with time zone,
  undone_at timestamp with time zone);
table identity.cleanup (workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  by uuid,
  fields text[] not null default '{}'::text[],
  until_at timestamp with time zone,
  before jsonb,
  after jsonb,
  sighting_id uuid,
  organization_id uuid,
  undone_at timestamp with time zone);
table identity.consent (workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  purpose text,
  channel text,
  said text not null,
  ground text,
  at timestamp with time zone not null,
  source text not null,
  evidence jsonb not null default '{}'::jsonb,
  inquiry_id uuid,
  import_id uuid,
  noted_at timestamp with time zone not null,
  noted_by text not null,
  taken_back_at timestamp with time zone);
table identity.consent_standing (workspace_id uuid not null,
  person_id uuid not null,
  purpose text not null,
  channel text not null,
  stands text not null,
  since timestamp with time zone not null,
  consent_id uuid not null);
table identity.erasure (workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  person_ids uuid[] not null,
  why text not null,
  remembers boolean not null,
  asked_at timestamp with time zone not null,
  asked_by text not null,
  request_id uuid,
  state text not null default 'asked'::text,
  done_at timestamp with time zone,
  counts jsonb not null default '{}'::jsonb,
  job_id uuid);
table identity.import_change (workspace_id uuid not null,
  import_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  before jsonb not null,
  id uuid);
table identity.mail_domain (workspace_id uuid not null,
  domain text not null,
  state text,
  checked_at timestamp with time zone,
  ask_at timestamp with time zone not null);
table identity.match_weights (workspace_id uuid not null,
  version integer not null,
  learned_at timestamp with time zone not null,
  sightings integer not null,
  decisions integer not null,
  weights jsonb not null);
table identity.merge (workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  survivor_id uuid not null,
  merged_id uuid not null,
  merged_at timestamp with time zone not null,
  merged_by text not null,
  reason jsonb,
  undone_at timestamp with time zone,
  undone_by text);
table identity.organization (workspace_id uuid not null,
  id uuid not null,
  survivor_id uuid,
  external_id text,
  name text not null,
  name_key text not null,
  domain text,
  website text,
  phone text,
  phone_e164 text,
  street text,
  postal_code text,
  city text,
  state text,
  country character(2),
  industry text,
  vertical text,
  employees integer,
  annual_revenue_minor bigint,
  is_customer boolean not null default false,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  import_id uuid,
  retired_at timestamp with time zone,
  custom jsonb,
  own jsonb,
  verified jsonb,
  naics text,
  sic text,
  parent text,
  language text);
table identity.organization_duplicate (workspace_id uuid not null,
  id uuid not null,
  organization_id uuid not null,
  other_id uuid not null,
  weight real not null,
  evidence jsonb not null,
  found_at timestamp with time zone not null,
  status text not null default 'open'::text,
  decided_at timestamp with time zone,
  decided_by uuid);
table identity.person (workspace_id uuid not null,
  id uuid not null,
  survivor_id uuid,
  external_id text,
  given_name text,
  family_name text,
  full_name text,
  title text,
  email text,
  email_key text,
  phone text,
  phone_e164 text,
  mobile_e164 text,
  organization_id uuid,
  street text,
  postal_code text,
  city text,
  state text,
  country character(2),
  language text,
  do_not_contact boolean not null default false,
  do_not_mail boolean not null default false,
  do_not_call boolean not null default false,
  unsubscribed_at timestamp with time zone,
  name_is_junk boolean not null default false,
  sightings integer not null default 1,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  import_id uuid,
  retired_at timestamp with time zone,
  custom jsonb,
  own jsonb,
  name_at timestamp with time zone,
  title_at timestamp with time zone,
  email_at timestamp with time zone,
  phone_at timestamp with time zone,
  mobile_at timestamp with time zone,
  organization_at timestamp with time zone,
  address_at timestamp with time zone,
  language_at timestamp with time zone,
  verified jsonb,
  erased_at timestamp with time zone);
table identity.possible_duplicate (workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  other_id uuid not null,
  weight real not null,
  evidence jsonb not null,
  found_at timestamp with time zone not null,
  status text not null default 'open'::text,
  decided_at timestamp with time zone,
  decided_by uuid);
table identity.postcode_place (workspace_id uuid not null,
  country character(2) not null,
  postcode text not null,
  city text not null,
  people integer not null);
table identity.privacy_request (workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  person_id uuid,
  asker text,
  asked_on date not null,
  due_on date not null,
  noted_at timestamp with time zone not null,
  noted_by text not null,
  done_at timestamp with time zone,
  done_by text,
  outcome text,
  note text);
table identity.quality (workspace_id uuid not null,
  person_id uuid not null,
  mail text,
  phone text,
  mobile text,
  address text,
  name text,
  life text,
  findings jsonb not null default '[]'::jsonb,
  lacking real not null,
  wanted text[] not null default '{}'::text[],
  mail_domain text,
  judged_at timestamp with time zone not null,
  next_at timestamp with time zone);
table identity.quality_base (workspace_id uuid not null,
  judged_by text not null,
  judged_at timestamp with time zone not null);
table identity.quality_day (workspace_id uuid not null,
  on_date date not null,
  cut text not null,
  key uuid not null,
  people integer not null,
  reachable integer not null,
  whole integer not null,
  known jsonb not null,
  levels jsonb not null,
  measured_at timestamp with time zone not null);
table identity.reading (workspace_id uuid not null,
  kind text not null,
  key text not null,
  said text not null,
  level text,
  function text,
  sector text,
  words jsonb not null default '{}'::jsonb,
  read_by text not null,
  said_by uuid,
  said_at timestamp with time zone);
table identity.remembering (workspace_id uuid not null,
  secret bytea not null);
table identity.retention_run (workspace_id uuid not null,
  id uuid not null,
  rule text not null,
  months integer not null,
  trial boolean not null,
  before timestamp with time zone not null,
  found integer not null,
  cleared integer not null default 0,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  began_by text not null);
table identity.search_entry (workspace_id uuid not null,
  kind character(1) not null,
  id uuid not null,
  text text not null);
table identity.search_word (workspace_id uuid not null,
  word text not null);
table identity.segment (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  note text,
  subject text not null,
  kind text not null,
  criteria jsonb not null,
  members integer not null default 0,
  made_at timestamp with time zone not null,
  made_by uuid,
  changed_at timestamp with time zone not null,
  counted_at timestamp with time zone not null,
  moved_at timestamp with time zone not null,
  problem text);
table identity.segment_member (workspace_id uuid not null,
  segment_id uuid not null,
  subject_id uuid not null,
  since timestamp with time zone not null);
table identity.sighting (workspace_id uuid not null,
  id uuid not null,
  inquiry_id uuid,
  person_id uuid not null,
  organization_id uuid,
  import_id uuid,
  seen_at timestamp with time zone not null,
  method text not null,
  weight real,
  evidence jsonb not null default '[]'::jsonb,
  filled jsonb,
  withdrawn_at timestamp with time zone,
  external_id text,
  mail_key text,
  phone text,
  mobile text,
  name_block bigint,
  company_block bigint,
  place_block bigint,
  local_block bigint,
  agrees smallint,
  otherwise jsonb);
table identity.suppression (workspace_id uuid not null,
  id uuid not null,
  channel text not null,
  kind text not null,
  key text not null,
  shown text,
  list text not null,
  added_at timestamp with time zone not null,
  added_by text not null,
  import_id uuid);
table identity.tally (workspace_id uuid not null,
  people integer not null default 0,
  organizations integer not null default 0);
table journal.cursor (workspace_id uuid not null,
  subscriber text not null,
  xact xid8 not null,
  fact_id uuid not null,
  moved_at timestamp with time zone not null);
table journal.fact (workspace_id uuid not null,
  chain_id uuid not null,
  seq integer not null,
  id uuid not null,
  xact xid8 not null default pg_current_xact_id(),
  type text not null,
  subject_id uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  data jsonb not null,
  hash bytea not null,
  carried boolean not null default false) partition by RANGE (chain_id);
table journal.parked (workspace_id uuid not null,
  subscriber text not null,
  fact_id uuid not null,
  problem text not null,
  parked_at timestamp with time zone not null);
table nurture.enrolment (workspace_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  person_id uuid not null,
  program_id uuid,
  why text not null,
  until_at timestamp with time zone not null,
  signal text,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text);
table nurture.touch (workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  lead_id uuid,
  inquiry_id uuid,
  channel text not null,
  kind text not null,
  at timestamp with time zone not null,
  mail_id uuid,
  held_back text);
table platform.api_token (workspace_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  name text not null,
  roles text[] not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  holder_id uuid);
table platform.app_user (workspace_id uuid not null,
  id uuid not null,
  email text,
  name text not null,
  roles text[] not null default '{}'::text[],
  holder_id uuid,
  external_id text,
  status text not null default 'invited'::text,
  password_hash text,
  created_at timestamp with time zone not null,
  import_id uuid);
table platform.audit (workspace_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  user_id uuid,
  what text not null,
  subject_id uuid,
  detail jsonb not null default '{}'::jsonb);
table platform.custom_field (workspace_id uuid not null,
  id uuid not null,
  subject text not null,
  key text not null,
  label text not null,
  type text not null,
  choices text[] not null default '{}'::text[],
  required_from text,
  position integer not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone);
table platform.installation (one boolean not null default true,
  id uuid not null default gen_random_uuid(),
  secret bytea not null,
  created_at timestamp with time zone not null default now());
table platform.invitation (workspace_id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone);
table platform.job (workspace_id uuid not null,
  id uuid not null,
  name text not null,
  payload jsonb not null,
  state text not null default 'waiting'::text,
  done bigint not null default 0,
  total bigint,
  note text,
  problem text,
  attempts integer not null default 0,
  cancel_requested boolean not null default false,
  due_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by uuid,
  started_at timestamp with time zone,
  finished_at timestamp with time zone);
table platform.mail (workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  to_address text not null,
  subject text not null,
  text_body text not null,
  html_body text,
  headers jsonb not null default '{}'::jsonb,
  person_id uuid,
  lead_id uuid,
  holder_id uuid,
  state text not null default 'queued'::text,
  attempts integer not null default 0,
  due_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  problem text,
  calendar text);
table platform.session (workspace_id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  device text);
table platform.setting (workspace_id uuid not null,
  key text not null,
  value jsonb not null,
  changed_at timestamp with time zone not null,
  changed_by uuid);
table platform.user_day (workspace_id uuid not null,
  user_id uuid not null,
  on_date date not null);
table platform.workspace (id uuid not null,
  name text not null,
  currency character(3) not null default 'EUR'::bpchar,
  locale text not null default 'en'::text,
  time_zone text not null default 'UTC'::text,
  country character(2),
  is_demo boolean not null default false,
  created_at timestamp with time zone not null,
  paused boolean not null default false);
table qualify.agreement (workspace_id uuid not null,
  version integer not null,
  content jsonb not null,
  words jsonb not null,
  hash text not null,
  starts_on date,
  note text,
  drafted_at timestamp with time zone not null,
  drafted_by uuid,
  from_at timestamp with time zone,
  told boolean not null default false);
table qualify.agreement_signature (workspace_id uuid not null,
  version integer not null,
  side text not null,
  user_id uuid not null,
  signed_at timestamp with time zone not null,
  hash text not null);
table qualify.dismissal (workspace_id uuid not null,
  inquiry_id uuid not null,
  person_id uuid not null,
  reasons jsonb not null,
  definition_version integer not null,
  at timestamp with time zone not null,
  lacks uuid[]);
table qualify.lead (workspace_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  organization_id uuid,
  inquiry_id uuid not null,
  program_id uuid,
  source_id uuid,
  qualified_at timestamp with time zone not null,
  definition_version integer not null,
  score integer not null,
  grade text not null,
  score_reasons jsonb not null,
  scored_at timestamp with time zone not null,
  grade_falls_at timestamp with time zone,
  budget text,
  authority text,
  need text,
  timing text,
  answers jsonb,
  product text,
  vertical text,
  country character(2),
  state text,
  postal_code text,
  closed_at timestamp with time zone,
  fate text,
  merged_into_id uuid);
table qualify.lead_inquiry (workspace_id uuid not null,
  lead_id uuid not null,
  inquiry_id uuid not null,
  joined_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  from_lead_id uuid);
table qualify.ruleset (workspace_id uuid not null,
  kind text not null,
  version integer not null,
  body jsonb not null,
  note text,
  made_at timestamp with time zone not null,
  made_by uuid);
table report.arrival_cell (workspace_id uuid not null,
  grain character(1) not null,
  on_date date not null,
  source_id uuid,
  program_id uuid,
  channel text,
  holder_kind text,
  state text not null,
  inquiries bigint not null,
  leads bigint not null,
  hot bigint not null,
  sales bigint not null,
  value_minor bigint not null);
table report.assigned_cell (workspace_id uuid not null,
  grain character(1) not null,
  on_date date not null,
  holder_id uuid not null,
  territory_id uuid,
  assigned bigint not null,
  accepted bigint not null,
  declined bigint not null,
  followed_up bigint not null,
  redirected bigint not null,
  open bigint not null,
  wait_seconds double precision not null);
table report.cohort_cell (workspace_id uuid not null,
  grain character(1) not null,
  on_date date not null,
  holder_id uuid,
  territory_id uuid,
  leads bigint not null,
  followed_up bigint not null,
  next_action_set bigint not null,
  calls bigint not null,
  mails bigint not null,
  visits bigint not null,
  meetings bigint not null,
  quotes bigint not null,
  literature bigint not null,
  notes bigint not null,
  hot bigint not null,
  warm bigint not null,
  bad bigint not null,
  sale bigint not null,
  dont_know bigint not null,
  open bigint not null,
  silent bigint not null,
  value_minor bigint not null);
table report.dirty_day (workspace_id uuid not null,
  cube text not null,
  on_date date not null);
table report.extract (workspace_id uuid not null,
  number integer not null,
  id uuid not null,
  datasets text[] not null,
  format text not null,
  since integer,
  state text not null,
  problem text,
  job_id uuid,
  asked_at timestamp with time zone not null,
  asked_by uuid,
  seen_at timestamp with time zone,
  horizon numeric(20,0),
  finished_at timestamp with time zone,
  files jsonb not null default '[]'::jsonb);
table report.inquiry_row (workspace_id uuid not null,
  inquiry_id uuid not null,
  occurred_on date not null,
  source_id uuid,
  program_id uuid,
  channel text,
  status text not null,
  lead_id uuid,
  is_origin boolean not null default false,
  decided boolean not null);
table report.kept_letter (workspace_id uuid not null,
  month date not null,
  sent_at timestamp with time zone not null);
table report.lead_row (workspace_id uuid not null,
  lead_id uuid not null,
  inquiry_id uuid not null,
  receipt text,
  person_id uuid not null,
  person_name text not null,
  title text,
  email text,
  phone text,
  organization_id uuid,
  organization_name text,
  country character(2),
  region text,
  city text,
  postal_code text,
  product text,
  vertical text,
  program_id uuid,
  source_id uuid,
  channel text,
  territory_id uuid,
  holder_id uuid,
  holder_kind text,
  assignment_id uuid,
  grade text not null,
  score integer not null,
  occurred_at timestamp with time zone not null,
  occurred_on date not null,
  qualified_at timestamp with time zone not null,
  qualified_on date not null,
  first_assigned_at timestamp with time zone,
  assigned_at timestamp with time zone,
  accepted_at timestamp with time zone,
  respond_by timestamp with time zone,
  awaited_by timestamp with time zone,
  first_followup_at timestamp with time zone,
  wait_seconds double precision,
  redirects integer not null default 0,
  verdict text,
  verdict_reason text,
  verdict_at timestamp with time zone,
  state text not null,
  status text not null generated always as 
CASE
    WHEN (state = 'sale'::text) THEN 'sale'::text
    WHEN (state = ANY (ARRAY['bad'::text, 'lost'::text])) THEN 'bad'::text
    WHEN (state = ANY (ARRAY['withdrawn'::text, 'merged'::text])) THEN 'gone'::text
    WHEN (verdict = ANY (ARRAY['hot'::text, 'warm'::text, 'dont_know'::text])) THEN verdict
    ELSE 'open'::text
END,
  counted boolean not null generated always as (state <> ALL (ARRAY['withdrawn'::text, 'merged'::text])),
  fate text,
  closed_at timestamp with time zone,
  sold_on date,
  sale_seconds double precision,
  sold_by uuid,
  value_minor bigint,
  currency character(3),
  next_action text,
  last_next_action text,
  next_action_due_at timestamp with time zone,
  calls integer not null default 0,
  mails integer not null default 0,
  visits integer not null default 0,
  meetings integer not null default 0,
  quotes integer not null default 0,
  literature integer not null default 0,
  notes integer not null default 0,
  first_activity text,
  last_activity_at timestamp with time zone,
  inquiries integer not null default 1,
  contact_by timestamp with time zone,
  verdict_by timestamp with time zone,
  tries_by timestamp with time zone);
table report.lead_search (workspace_id uuid not null,
  lead_id uuid not null,
  words tsvector not null);
table report.list_count (workspace_id uuid not null,
  list_id uuid not null,
  people integer not null,
  again integer not null,
  fresh integer not null,
  reachable integer not null,
  junk integer not null,
  good integer not null,
  out_of_reach integer not null,
  unjudged integer not null,
  leads integer not null,
  lead_people integer not null,
  qualified integer not null,
  sales integer not null,
  won_minor bigint not null,
  foreign_sales integer not null);
table report.list_counting (workspace_id uuid not null,
  counted_at timestamp with time zone,
  took_ms integer not null default 0,
  stale boolean not null default true);
table report.saved_view (workspace_id uuid not null,
  id uuid not null,
  user_id uuid,
  name text not null,
  screen text not null,
  query jsonb not null,
  shared boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null);
table report.wait_cell (workspace_id uuid not null,
  grain character(1) not null,
  on_date date not null,
  holder_id uuid not null,
  bucket integer not null,
  followed_up bigint not null);
table report.works_cell (workspace_id uuid not null,
  grain character(1) not null,
  on_date date not null,
  dimension text not null,
  value text not null,
  leads bigint not null,
  sales bigint not null);
table revenue.before_import (workspace_id uuid not null,
  import_id uuid not null,
  kind text not null,
  row_id uuid not null,
  was jsonb not null);
table revenue.claim (workspace_id uuid not null,
  id uuid not null,
  proof text not null,
  claim_key text not null,
  ordinal integer not null default 1,
  number text,
  serial text,
  serial_key text,
  product text,
  quantity numeric(14,3),
  sold_on date not null,
  value_minor bigint,
  currency character(3) not null,
  distributor text,
  holder_id uuid,
  said jsonb not null default '{}'::jsonb,
  person_id uuid,
  organization_id uuid,
  is_new boolean not null,
  state text not null,
  lead_id uuid,
  opportunity_id uuid,
  known_kind text,
  known_id uuid,
  filled_minor bigint,
  reported text,
  reported_holder_id uuid,
  candidates jsonb not null default '[]'::jsonb,
  reasons jsonb not null default '[]'::jsonb,
  decided_at timestamp with time zone,
  decided_by uuid,
  decided_lead_id uuid,
  import_id uuid,
  last_import_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null);
table revenue.credit (workspace_id uuid not null,
  id uuid not null,
  sale_kind text not null,
  sale_id uuid not null,
  model text not null,
  attributed boolean not null,
  program_id uuid,
  source_id uuid,
  channel text,
  inquiry_id uuid,
  lead_id uuid,
  amount_minor bigint not null,
  currency character(3) not null,
  sold_on date not null,
  why text not null);
table revenue.invoice (workspace_id uuid not null,
  id uuid not null,
  external_id text,
  number text not null,
  kind text not null,
  status text not null,
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
  currency character(3) not null,
  matched_by text not null,
  match_reasons jsonb not null default '[]'::jsonb,
  import_id uuid,
  last_import_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null);
table revenue.opportunity (workspace_id uuid not null,
  id uuid not null,
  external_id text,
  natural_key text,
  ordinal integer not null default 1,
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
  probability integer not null,
  amount_minor bigint not null default 0,
  currency character(3) not null,
  opened_at timestamp with time zone not null,
  close_on date,
  closed_at timestamp with time zone,
  outcome text not null,
  lost_reason text,
  segment text,
  origin text not null,
  import_id uuid,
  last_import_id uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null);
table revenue.opportunity_reference (workspace_id uuid not null,
  opportunity_id uuid not null,
  import_id uuid not null,
  kind text not null,
  key text not null,
  said text not null);

-- partitions
partition capture.inquiry_2024 FOR VALUES FROM ('018cc251-f400-0000-0000-000000000000') TO ('01941f29-7c00-0000-0000-000000000000');
partition capture.inquiry_2025 FOR VALUES FROM ('01941f29-7c00-0000-0000-000000000000') TO ('019b76da-a800-0000-0000-000000000000');
partition capture.inquiry_2026 FOR VALUES FROM ('019b76da-a800-0000-0000-000000000000') TO ('01a2ce8b-d400-0000-0000-000000000000');
partition capture.inquiry_2027 FOR VALUES FROM ('01a2ce8b-d400-0000-0000-000000000000') TO ('01aa263d-0000-0000-0000-000000000000');
partition capture.inquiry_2028 FOR VALUES FROM ('01aa263d-0000-0000-0000-000000000000') TO ('01b18314-8800-0000-0000-000000000000');
partition capture.inquiry_2029 FOR VALUES FROM ('01b18314-8800-0000-0000-000000000000') TO ('01b8dac5-b400-0000-0000-000000000000');
partition capture.inquiry_2030 FOR VALUES FROM ('01b8dac5-b400-0000-0000-000000000000') TO ('01c03276-e000-0000-0000-000000000000');
partition capture.inquiry_2031 FOR VALUES FROM ('01c03276-e000-0000-0000-000000000000') TO ('01c78a28-0c00-0000-0000-000000000000');
partition capture.inquiry_2032 FOR VALUES FROM ('01c78a28-0c00-0000-0000-000000000000') TO ('01cee6ff-9400-0000-0000-000000000000');
partition capture.inquiry_2033 FOR VALUES FROM ('01cee6ff-9400-0000-0000-000000000000') TO ('01d63eb0-c000-0000-0000-000000000000');
partition capture.inquiry_2034 FOR VALUES FROM ('01d63eb0-c000-0000-0000-000000000000') TO ('01dd9661-ec00-0000-0000-000000000000');
partition capture.inquiry_2035 FOR VALUES FROM ('01dd9661-ec00-0000-0000-000000000000') TO ('01e4ee13-1800-0000-0000-000000000000');
partition capture.inquiry_2036 FOR VALUES FROM ('01e4ee13-1800-0000-0000-000000000000') TO ('01ec4aea-a000-0000-0000-000000000000');
partition capture.inquiry_other DEFAULT;
partition journal.fact_2024 FOR VALUES FROM ('018cc251-f400-0000-0000-000000000000') TO ('01941f29-7c00-0000-0000-000000000000');
partition journal.fact_2025 FOR VALUES FROM ('01941f29-7c00-0000-0000-000000000000') TO ('019b76da-a800-0000-0000-000000000000');
partition journal.fact_2026 FOR VALUES FROM ('019b76da-a800-0000-0000-000000000000') TO ('01a2ce8b-d400-0000-0000-000000000000');
partition journal.fact_2027 FOR VALUES FROM ('01a2ce8b-d400-0000-0000-000000000000') TO ('01aa263d-0000-0000-0000-000000000000');
partition journal.fact_2028 FOR VALUES FROM ('01aa263d-0000-0000-0000-000000000000') TO ('01b18314-8800-0000-0000-000000000000');
partition journal.fact_2029 FOR VALUES FROM ('01b18314-8800-0000-0000-000000000000') TO ('01b8dac5-b400-0000-0000-000000000000');
partition journal.fact_2030 FOR VALUES FROM ('01b8dac5-b400-0000-0000-000000000000') TO ('01c03276-e000-0000-0000-000000000000');
partition journal.fact_other DEFAULT;

-- constraints
constraint on capture.delivery_key: delivery_key_pkey PRIMARY KEY (workspace_id, key);
constraint on capture.import: import_pkey PRIMARY KEY (workspace_id, id);
constraint on capture.import: import_status_check CHECK ((status = ANY (ARRAY['uploading'::text, 'analysed'::text, 'waiting'::text, 'running'::text, 'paused'::text, 'finished'::text, 'cancelled'::text, 'failed'::text, 'undoing'::text, 'undone'::text])));
constraint on capture.import: import_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on capture.import_change: import_change_pkey PRIMARY KEY (workspace_id, import_id, subject, subject_id);
constraint on capture.import_change: import_change_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES capture.import(workspace_id, id) ON DELETE CASCADE;
constraint on capture.import_chunk: import_chunk_pkey PRIMARY KEY (workspace_id, import_id, n);
constraint on capture.import_chunk: import_chunk_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES capture.import(workspace_id, id) ON DELETE CASCADE;
constraint on capture.import_problem: import_problem_pkey PRIMARY KEY (workspace_id, import_id, "row", n);
constraint on capture.import_problem: import_problem_severity_check CHECK ((severity = ANY (ARRAY['row'::text, 'cell'::text])));
constraint on capture.import_problem: import_problem_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES capture.import(workspace_id, id) ON DELETE CASCADE;
constraint on capture.inquiry: inquiry_pkey PRIMARY KEY (workspace_id, id);
constraint on capture.inquiry: inquiry_status_check CHECK ((status = ANY (ARRAY['parsed'::text, 'quarantined'::text, 'withdrawn'::text])));
constraint on capture.lead_address: lead_address_check CHECK (((program_id IS NULL) OR (source_id IS NULL)));
constraint on capture.lead_address: lead_address_pkey PRIMARY KEY (workspace_id, id);
constraint on capture.lead_mail: lead_mail_pkey PRIMARY KEY (workspace_id, id);
constraint on capture.lead_mail: lead_mail_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'read'::text, 'held'::text])));
constraint on capture.lead_mail: lead_mail_via_check CHECK ((via = ANY (ARRAY['smtp'::text, 'imap'::text])));
constraint on capture.program: program_pkey PRIMARY KEY (workspace_id, id);
constraint on capture.program: program_status_check CHECK ((status = ANY (ARRAY['planned'::text, 'active'::text, 'paused'::text, 'finished'::text, 'withdrawn'::text])));
constraint on capture.program: program_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on capture.program_cost: program_cost_pkey PRIMARY KEY (workspace_id, id);
constraint on capture.program_cost: program_cost_workspace_id_program_id_fkey FOREIGN KEY (workspace_id, program_id) REFERENCES capture.program(workspace_id, id) ON DELETE CASCADE;
constraint on capture.saved_mapping: saved_mapping_pkey PRIMARY KEY (workspace_id, id);
constraint on capture.saved_mapping: saved_mapping_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on capture.source: source_pkey PRIMARY KEY (workspace_id, id);
constraint on capture.source: source_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on distribute.absence: absence_check CHECK ((ends_on >= starts_on));
constraint on distribute.absence: absence_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.absence: absence_workspace_id_holder_id_fkey FOREIGN KEY (workspace_id, holder_id) REFERENCES distribute.holder(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.acceptance: acceptance_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.acceptance: acceptance_state_check CHECK ((state = ANY (ARRAY['due'::text, 'in_force'::text, 'refused'::text, 'cancelled'::text, 'undone'::text])));
constraint on distribute.acceptance: acceptance_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.acceptance: acceptance_workspace_id_proposal_id_fkey FOREIGN KEY (workspace_id, proposal_id) REFERENCES distribute.proposal(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.assignment: assignment_pause CHECK ((((paused_at IS NULL) = (paused_until IS NULL)) AND ((paused_at IS NULL) = (pause_reason IS NULL))));
constraint on distribute.assignment: assignment_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.assignment: assignment_why_check CHECK ((why = ANY (ARRAY['new'::text, 'redirect'::text, 'declined'::text, 'returned'::text, 'manual'::text, 'handover'::text, 'nurtured'::text, 'restored'::text])));
constraint on distribute.balance: balance_pkey PRIMARY KEY (workspace_id, territory_id, grade, holder_id);
constraint on distribute.breach: breach_clock_check CHECK ((clock = ANY (ARRAY['accept'::text, 'contact'::text, 'attempts'::text, 'verdict'::text])));
constraint on distribute.breach: breach_pkey PRIMARY KEY (workspace_id, assignment_id, clock);
constraint on distribute.credit_back: credit_back_check CHECK ((cardinality(shares) = cardinality(holders)));
constraint on distribute.credit_back: credit_back_grade_check CHECK ((grade = ANY (ARRAY['hot'::text, 'warm'::text, 'cold'::text])));
constraint on distribute.credit_back: credit_back_pkey PRIMARY KEY (workspace_id, assignment_id);
constraint on distribute.holder: holder_capacity_per_week_check CHECK ((capacity_per_week >= (0)::numeric));
constraint on distribute.holder: holder_certificates_check CHECK ((jsonb_typeof(certificates) = 'array'::text));
constraint on distribute.holder: holder_kind_check CHECK ((kind = ANY (ARRAY['rep'::text, 'partner'::text, 'desk'::text, 'nurture'::text])));
constraint on distribute.holder: holder_open_most_check CHECK ((open_most >= 0));
constraint on distribute.holder: holder_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.holder: holder_share_part_check CHECK (((share_part > (0)::numeric) AND (share_part <= (1)::numeric)));
constraint on distribute.holder: holder_weight_check CHECK ((weight >= (0)::numeric));
constraint on distribute.holder: holder_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.holder_record: holder_record_pkey PRIMARY KEY (workspace_id, holder_id, product_key);
constraint on distribute.holiday_holder: holiday_holder_pkey PRIMARY KEY (workspace_id, holder_id, list_id);
constraint on distribute.holiday_holder: holiday_holder_workspace_id_holder_id_fkey FOREIGN KEY (workspace_id, holder_id) REFERENCES distribute.holder(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.holiday_holder: holiday_holder_workspace_id_list_id_fkey FOREIGN KEY (workspace_id, list_id) REFERENCES distribute.holiday_list(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.holiday_list: holiday_list_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.holiday_list: holiday_list_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.offer: offer_pkey PRIMARY KEY (workspace_id, assignment_id, holder_id);
constraint on distribute.postcode: postcode_lat_check CHECK (((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)));
constraint on distribute.postcode: postcode_lon_check CHECK (((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)));
constraint on distribute.postcode: postcode_pkey PRIMARY KEY (workspace_id, country, code, import_id);
constraint on distribute.postcode: postcode_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.proposal: proposal_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.proposal: proposal_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.ruleset: ruleset_pkey PRIMARY KEY (workspace_id, version);
constraint on distribute.ruleset: ruleset_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.share_cut: share_cut_part_check CHECK (((part > (0)::numeric) AND (part <= (1)::numeric)));
constraint on distribute.share_cut: share_cut_pkey PRIMARY KEY (workspace_id, holder_id);
constraint on distribute.simulated: simulated_came_check CHECK ((came = ANY (ARRAY['placed'::text, 'person'::text, 'waits'::text, 'nowhere'::text, 'open'::text])));
constraint on distribute.simulated: simulated_pkey PRIMARY KEY (workspace_id, simulation_id, lead_id);
constraint on distribute.simulated: simulated_workspace_id_simulation_id_fkey FOREIGN KEY (workspace_id, simulation_id) REFERENCES distribute.simulation(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.simulation: simulation_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.simulation: simulation_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.team: team_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.team: team_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.team_holder: team_holder_pkey PRIMARY KEY (workspace_id, team_id, holder_id);
constraint on distribute.team_holder: team_holder_weight_check CHECK ((weight >= (0)::numeric));
constraint on distribute.team_holder: team_holder_workspace_id_holder_id_fkey FOREIGN KEY (workspace_id, holder_id) REFERENCES distribute.holder(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.team_holder: team_holder_workspace_id_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES distribute.team(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.territory: territory_dates_check CHECK ((ends_on >= starts_on));
constraint on distribute.territory: territory_parent_check CHECK ((parent_id <> id));
constraint on distribute.territory: territory_parent_fkey FOREIGN KEY (workspace_id, parent_id) REFERENCES distribute.territory(workspace_id, id);
constraint on distribute.territory: territory_pkey PRIMARY KEY (workspace_id, id);
constraint on distribute.territory: territory_wait_most_check CHECK ((wait_most > 0));
constraint on distribute.territory: territory_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on distribute.territory_holder: territory_holder_pkey PRIMARY KEY (workspace_id, territory_id, holder_id);
constraint on distribute.territory_holder: territory_holder_weight_check CHECK ((weight >= (0)::numeric));
constraint on distribute.territory_holder: territory_holder_workspace_id_holder_id_fkey FOREIGN KEY (workspace_id, holder_id) REFERENCES distribute.holder(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.territory_holder: territory_holder_workspace_id_territory_id_fkey FOREIGN KEY (workspace_id, territory_id) REFERENCES distribute.territory(workspace_id, id) ON DELETE CASCADE;
constraint on distribute.turn_pool: turn_pool_check CHECK ((cardinality(holders) = cardinality(shares)));
constraint on distribute.turn_pool: turn_pool_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.activity: activity_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'mail'::text, 'visit'::text, 'meeting'::text, 'quote'::text, 'literature'::text, 'note'::text])));
constraint on followup.activity: activity_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.activity: activity_via_check CHECK ((via = ANY (ARRAY['app'::text, 'link'::text, 'import'::text, 'mail'::text, 'api'::text])));
constraint on followup.activity: activity_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES qualify.lead(workspace_id, id);
constraint on followup.answer_taken: answer_taken_pkey PRIMARY KEY (workspace_id, holder_id, reference);
constraint on followup.bulk_change: bulk_change_pkey PRIMARY KEY (workspace_id, run_id, subject_id);
constraint on followup.bulk_run: bulk_run_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.bulk_run: bulk_run_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'finished'::text, 'cancelled'::text, 'undoing'::text, 'undone'::text])));
constraint on followup.bulk_run: bulk_run_subject_check CHECK ((subject = 'lead'::text));
constraint on followup.bulk_run: bulk_run_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on followup.call: call_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.call_list: call_list_attempts_most_check CHECK (((attempts_most >= 1) AND (attempts_most <= 20)));
constraint on followup.call_list: call_list_check CHECK ((from_hour < until_hour));
constraint on followup.call_list: call_list_from_hour_check CHECK (((from_hour >= 0) AND (from_hour <= 23)));
constraint on followup.call_list: call_list_per_day_most_check CHECK (((per_day_most >= 1) AND (per_day_most <= 10)));
constraint on followup.call_list: call_list_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.call_list: call_list_until_hour_check CHECK (((until_hour >= 1) AND (until_hour <= 24)));
constraint on followup.call_list: call_list_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on followup.call_list: call_list_workspace_id_script_id_fkey FOREIGN KEY (workspace_id, script_id) REFERENCES followup.call_script(workspace_id, id);
constraint on followup.call_script: call_script_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.call_script: call_script_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on followup.call_target: call_target_pkey PRIMARY KEY (workspace_id, list_id, lead_id);
constraint on followup.call_target: call_target_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text])));
constraint on followup.decay_fit: decay_fit_pkey PRIMARY KEY (workspace_id);
constraint on followup.decay_fit: decay_fit_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on followup.diary: diary_pkey PRIMARY KEY (workspace_id, user_id);
constraint on followup.diary: diary_plan_hour_check CHECK (((plan_hour >= 0) AND (plan_hour <= 23)));
constraint on followup.diary: diary_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on followup.disposition: disposition_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.disposition: disposition_verdict_check CHECK ((verdict = ANY (ARRAY['hot'::text, 'warm'::text, 'bad'::text, 'sale'::text, 'dont_know'::text])));
constraint on followup.disposition: disposition_via_check CHECK ((via = ANY (ARRAY['app'::text, 'link'::text, 'import'::text, 'mail'::text, 'api'::text, 'silence'::text])));
constraint on followup.disposition: disposition_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES qualify.lead(workspace_id, id);
constraint on followup.lead_news: lead_news_pkey PRIMARY KEY (workspace_id, holder_id, lead_id);
constraint on followup.link: link_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.link: link_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES qualify.lead(workspace_id, id);
constraint on followup.link_answer: link_answer_known_check CHECK ((known = ANY (ARRAY['first'::text, 'known'::text, 'other'::text])));
constraint on followup.link_answer: link_answer_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.link_answer: link_answer_via_check CHECK ((via = ANY (ARRAY['page'::text, 'mail'::text, 'round'::text])));
constraint on followup.link_answer: link_answer_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES qualify.lead(workspace_id, id);
constraint on followup.next_action: next_action_minutes_check CHECK (((minutes >= 5) AND (minutes <= 1440)));
constraint on followup.next_action: next_action_pkey PRIMARY KEY (workspace_id, lead_id);
constraint on followup.next_action: next_action_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES qualify.lead(workspace_id, id);
constraint on followup.partner_file: partner_file_pkey PRIMARY KEY (workspace_id, import_id);
constraint on followup.playbook_run: playbook_run_pkey PRIMARY KEY (workspace_id, lead_id);
constraint on followup.playbook_step: playbook_step_pkey PRIMARY KEY (workspace_id, lead_id, step_id);
constraint on followup.playbook_version: playbook_version_pkey PRIMARY KEY (workspace_id, version);
constraint on followup.playbook_version: playbook_version_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on followup.proposal: proposal_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.proposal: proposal_state_check CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'left'::text, 'replaced'::text])));
constraint on followup.proposal: proposal_verdict_check CHECK ((verdict = ANY (ARRAY['hot'::text, 'warm'::text, 'bad'::text, 'sale'::text, 'dont_know'::text])));
constraint on followup.proposal: proposal_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES qualify.lead(workspace_id, id);
constraint on followup.registration: registration_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.registration: registration_state_check CHECK ((state = ANY (ARRAY['incomplete'::text, 'held'::text, 'granted'::text, 'refused'::text])));
constraint on followup.registration: registration_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on followup.sent_once: sent_once_pkey PRIMARY KEY (workspace_id, who, key);
constraint on followup.sent_once: sent_once_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on followup.verdict_round: verdict_round_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.webhook: webhook_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.webhook: webhook_state_check CHECK ((state = ANY (ARRAY['on'::text, 'paused'::text])));
constraint on followup.webhook_delivery: webhook_delivery_pkey PRIMARY KEY (workspace_id, id);
constraint on followup.webhook_delivery: webhook_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])));
constraint on followup.webhook_delivery: webhook_delivery_workspace_id_webhook_id_fkey FOREIGN KEY (workspace_id, webhook_id) REFERENCES followup.webhook(workspace_id, id);
constraint on identity.account_ref: account_ref_pkey PRIMARY KEY (workspace_id, import_id, person_id);
constraint on identity.account_ref: account_ref_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on identity.append_answer: append_answer_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.append_answer: append_answer_pkey PRIMARY KEY (workspace_id, provider_id, question);
constraint on identity.append_answer: append_answer_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.append_doubt: append_doubt_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.append_doubt: append_doubt_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.append_doubt: append_doubt_status_check CHECK ((status = ANY (ARRAY['open'::text, 'used'::text, 'left'::text])));
constraint on identity.append_doubt: append_doubt_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.append_key: append_key_pkey PRIMARY KEY (workspace_id, key);
constraint on identity.append_key: append_key_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.append_provider: append_provider_budget_minor_check CHECK ((budget_minor >= 0));
constraint on identity.append_provider: append_provider_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision)));
constraint on identity.append_provider: append_provider_licence_days_check CHECK ((licence_days > 0));
constraint on identity.append_provider: append_provider_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.append_provider: append_provider_price_per_check CHECK ((price_per = ANY (ARRAY['row'::text, 'hit'::text])));
constraint on identity.append_provider: append_provider_price_thousand_minor_check CHECK ((price_thousand_minor >= 0));
constraint on identity.append_provider: append_provider_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.append_request: append_request_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.append_request: append_request_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.append_request: append_request_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.append_run: append_run_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.append_run: append_run_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.append_run: append_run_way_check CHECK ((way = ANY (ARRAY['file'::text, 'answer'::text, 'service'::text])));
constraint on identity.append_run: append_run_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.appended_value: appended_value_ended_why_check CHECK ((ended_why = ANY (ARRAY['expired'::text, 'undone'::text])));
constraint on identity.appended_value: appended_value_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.appended_value: appended_value_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.appended_value: appended_value_status_check CHECK ((status = ANY (ARRAY['used'::text, 'unused'::text])));
constraint on identity.appended_value: appended_value_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.base_check: base_check_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.base_check: base_check_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.bulk_change: bulk_change_pkey PRIMARY KEY (workspace_id, run_id, subject_id);
constraint on identity.bulk_run: bulk_run_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.bulk_run: bulk_run_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'finished'::text, 'cancelled'::text, 'undoing'::text, 'undone'::text])));
constraint on identity.bulk_run: bulk_run_subject_check CHECK ((subject = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.bulk_run: bulk_run_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on identity.cleanup: cleanup_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.cleanup: cleanup_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on identity.consent: consent_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'phone'::text, 'post'::text, 'fax'::text, 'message'::text])));
constraint on identity.consent: consent_ground_check CHECK ((ground = ANY (ARRAY['consent'::text, 'contract'::text, 'legitimate interest'::text])));
constraint on identity.consent: consent_pkey PRIMARY KEY (workspace_id, id, person_id);
constraint on identity.consent: consent_said_check CHECK ((said = ANY (ARRAY['given'::text, 'withdrawn'::text, 'objected'::text, 'lifted'::text])));
constraint on identity.consent: consent_source_check CHECK ((source = ANY (ARRAY['form'::text, 'import'::text, 'api'::text, 'mail'::text, 'phone'::text, 'link'::text, 'hand'::text, 'before'::text])));
constraint on identity.consent: consent_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.consent_standing: consent_standing_pkey PRIMARY KEY (workspace_id, person_id, purpose, channel);
constraint on identity.consent_standing: consent_standing_stands_check CHECK ((stands = ANY (ARRAY['given'::text, 'refused'::text])));
constraint on identity.consent_standing: consent_standing_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.erasure: erasure_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.erasure: erasure_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'files'::text, 'done'::text])));
constraint on identity.erasure: erasure_why_check CHECK ((why = ANY (ARRAY['asked'::text, 'objected'::text, 'no longer needed'::text, 'unlawful'::text, 'retention'::text, 'other'::text])));
constraint on identity.erasure: erasure_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.import_change: import_change_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.import_change: import_change_pkey PRIMARY KEY (workspace_id, import_id, kind, subject_id);
constraint on identity.import_change: import_change_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.mail_domain: mail_domain_pkey PRIMARY KEY (workspace_id, domain);
constraint on identity.mail_domain: mail_domain_state_check CHECK ((state = ANY (ARRAY['mail'::text, 'no mail'::text, 'no domain'::text])));
constraint on identity.mail_domain: mail_domain_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on identity.match_weights: match_weights_pkey PRIMARY KEY (workspace_id, version);
constraint on identity.match_weights: match_weights_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.merge: merge_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.merge: merge_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.merge: merge_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.organization: organization_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.organization_duplicate: organization_duplicate_check CHECK ((organization_id < other_id));
constraint on identity.organization_duplicate: organization_duplicate_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.organization_duplicate: organization_duplicate_status_check CHECK ((status = ANY (ARRAY['open'::text, 'joined'::text, 'different'::text])));
constraint on identity.organization_duplicate: organization_duplicate_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.person: person_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.possible_duplicate: possible_duplicate_check CHECK ((person_id < other_id));
constraint on identity.possible_duplicate: possible_duplicate_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.possible_duplicate: possible_duplicate_status_check CHECK ((status = ANY (ARRAY['open'::text, 'joined'::text, 'different'::text])));
constraint on identity.possible_duplicate: possible_duplicate_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.postcode_place: postcode_place_pkey PRIMARY KEY (workspace_id, country, postcode, city);
constraint on identity.privacy_request: privacy_request_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'erasure'::text, 'correction'::text, 'objection'::text])));
constraint on identity.privacy_request: privacy_request_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text, 'nobody'::text])));
constraint on identity.privacy_request: privacy_request_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.privacy_request: privacy_request_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.quality: quality_pkey PRIMARY KEY (workspace_id, person_id);
constraint on identity.quality_base: quality_base_pkey PRIMARY KEY (workspace_id);
constraint on identity.quality_base: quality_base_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on identity.quality_day: quality_day_pkey PRIMARY KEY (workspace_id, on_date, cut, key);
constraint on identity.reading: reading_kind_check CHECK ((kind = ANY (ARRAY['title'::text, 'industry'::text, 'naics'::text, 'sic'::text])));
constraint on identity.reading: reading_pkey PRIMARY KEY (workspace_id, kind, key);
constraint on identity.reading: reading_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on identity.remembering: remembering_pkey PRIMARY KEY (workspace_id);
constraint on identity.remembering: remembering_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.retention_run: retention_run_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.retention_run: retention_run_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.search_entry: search_entry_kind_check CHECK ((kind = ANY (ARRAY['p'::bpchar, 'o'::bpchar])));
constraint on identity.search_entry: search_entry_pkey PRIMARY KEY (workspace_id, kind, id);
constraint on identity.search_word: search_word_pkey PRIMARY KEY (workspace_id, word);
constraint on identity.segment: segment_kind_check CHECK ((kind = ANY (ARRAY['live'::text, 'static'::text])));
constraint on identity.segment: segment_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.segment: segment_subject_check CHECK ((subject = ANY (ARRAY['person'::text, 'organization'::text])));
constraint on identity.segment: segment_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on identity.segment_member: segment_member_pkey PRIMARY KEY (workspace_id, segment_id, subject_id);
constraint on identity.sighting: sighting_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.suppression: suppression_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'phone'::text, 'post'::text, 'fax'::text])));
constraint on identity.suppression: suppression_kind_check CHECK ((kind = ANY (ARRAY['address'::text, 'domain'::text, 'number'::text, 'place'::text, 'erased'::text])));
constraint on identity.suppression: suppression_pkey PRIMARY KEY (workspace_id, id);
constraint on identity.suppression: suppression_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on identity.tally: tally_pkey PRIMARY KEY (workspace_id);
constraint on identity.tally: tally_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on journal.cursor: cursor_pkey PRIMARY KEY (workspace_id, subscriber);
constraint on journal.cursor: cursor_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on journal.fact: fact_pkey PRIMARY KEY (workspace_id, chain_id, seq);
constraint on journal.parked: parked_pkey PRIMARY KEY (workspace_id, subscriber, fact_id);
constraint on journal.parked: parked_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on nurture.enrolment: enrolment_pkey PRIMARY KEY (workspace_id, id);
constraint on nurture.enrolment: enrolment_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES qualify.lead(workspace_id, id);
constraint on nurture.touch: touch_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.api_token: api_token_partner CHECK ((((holder_id IS NOT NULL) = ('partner'::text = ANY (roles))) AND ((holder_id IS NULL) OR (roles = '{partner}'::text[]))));
constraint on platform.api_token: api_token_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.api_token: api_token_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.app_user: app_user_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.app_user: app_user_status_check CHECK ((status = ANY (ARRAY['active'::text, 'invited'::text, 'disabled'::text])));
constraint on platform.app_user: app_user_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.audit: audit_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.audit: audit_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.custom_field: custom_field_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.custom_field: custom_field_required_from_check CHECK ((required_from = ANY (ARRAY['inquiry'::text, 'lead'::text, 'sale'::text])));
constraint on platform.custom_field: custom_field_subject_check CHECK ((subject = ANY (ARRAY['person'::text, 'organization'::text, 'inquiry'::text])));
constraint on platform.custom_field: custom_field_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'boolean'::text, 'choice'::text, 'money'::text])));
constraint on platform.custom_field: custom_field_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.custom_field: custom_field_workspace_id_subject_key_key UNIQUE (workspace_id, subject, key);
constraint on platform.installation: installation_one_check CHECK (one);
constraint on platform.installation: installation_pkey PRIMARY KEY (one);
constraint on platform.invitation: invitation_pkey PRIMARY KEY (workspace_id, token_hash);
constraint on platform.invitation: invitation_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.invitation: invitation_workspace_id_user_id_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES platform.app_user(workspace_id, id) ON DELETE CASCADE;
constraint on platform.job: job_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.job: job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])));
constraint on platform.job: job_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.mail: mail_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.mail: mail_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'captured'::text, 'failed'::text, 'blocked'::text])));
constraint on platform.mail: mail_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.session: session_pkey PRIMARY KEY (workspace_id, token_hash);
constraint on platform.session: session_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.session: session_workspace_id_user_id_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES platform.app_user(workspace_id, id) ON DELETE CASCADE;
constraint on platform.setting: setting_pkey PRIMARY KEY (workspace_id, key);
constraint on platform.setting: setting_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.user_day: user_day_pkey PRIMARY KEY (workspace_id, user_id, on_date);
constraint on platform.user_day: user_day_workspace_id_user_id_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES platform.app_user(workspace_id, id) ON DELETE CASCADE;
constraint on platform.workspace: workspace_pkey PRIMARY KEY (id);
constraint on qualify.agreement: agreement_pkey PRIMARY KEY (workspace_id, version);
constraint on qualify.agreement: agreement_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on qualify.agreement_signature: agreement_signature_pkey PRIMARY KEY (workspace_id, version, side);
constraint on qualify.agreement_signature: agreement_signature_side_check CHECK ((side = ANY (ARRAY['marketing'::text, 'sales'::text])));
constraint on qualify.agreement_signature: agreement_signature_workspace_id_version_fkey FOREIGN KEY (workspace_id, version) REFERENCES qualify.agreement(workspace_id, version) ON DELETE CASCADE;
constraint on qualify.dismissal: dismissal_pkey PRIMARY KEY (workspace_id, inquiry_id);
constraint on qualify.lead: lead_check CHECK (((closed_at IS NULL) = (fate IS NULL)));
constraint on qualify.lead: lead_fate_check CHECK ((fate = ANY (ARRAY['sold'::text, 'bad'::text, 'lost'::text, 'withdrawn'::text, 'merged'::text])));
constraint on qualify.lead: lead_grade_check CHECK ((grade = ANY (ARRAY['hot'::text, 'warm'::text, 'cold'::text])));
constraint on qualify.lead: lead_pkey PRIMARY KEY (workspace_id, id);
constraint on qualify.lead_inquiry: lead_inquiry_pkey PRIMARY KEY (workspace_id, lead_id, inquiry_id);
constraint on qualify.ruleset: ruleset_kind_check CHECK ((kind = ANY (ARRAY['definition'::text, 'scoring'::text, 'questions'::text])));
constraint on qualify.ruleset: ruleset_pkey PRIMARY KEY (workspace_id, kind, version);
constraint on qualify.ruleset: ruleset_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on report.dirty_day: dirty_day_cube_check CHECK ((cube = ANY (ARRAY['arrival'::text, 'cohort'::text, 'assigned'::text])));
constraint on report.dirty_day: dirty_day_pkey PRIMARY KEY (workspace_id, cube, on_date);
constraint on report.extract: extract_format_check CHECK ((format = ANY (ARRAY['parquet'::text, 'csv'::text])));
constraint on report.extract: extract_pkey PRIMARY KEY (workspace_id, number);
constraint on report.extract: extract_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'finished'::text, 'failed'::text, 'cancelled'::text, 'removed'::text])));
constraint on report.extract: extract_workspace_id_id_key UNIQUE (workspace_id, id);
constraint on report.inquiry_row: inquiry_row_pkey PRIMARY KEY (workspace_id, inquiry_id);
constraint on report.kept_letter: kept_letter_pkey PRIMARY KEY (workspace_id, month);
constraint on report.kept_letter: kept_letter_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on report.lead_row: lead_row_pkey PRIMARY KEY (workspace_id, lead_id);
constraint on report.lead_search: lead_search_pkey PRIMARY KEY (workspace_id, lead_id);
constraint on report.list_count: list_count_pkey PRIMARY KEY (workspace_id, list_id);
constraint on report.list_counting: list_counting_pkey PRIMARY KEY (workspace_id);
constraint on report.list_counting: list_counting_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on report.saved_view: saved_view_pkey PRIMARY KEY (workspace_id, id);
constraint on revenue.before_import: before_import_kind_check CHECK ((kind = ANY (ARRAY['opportunity'::text, 'invoice'::text])));
constraint on revenue.before_import: before_import_pkey PRIMARY KEY (workspace_id, import_id, kind, row_id);
constraint on revenue.before_import: before_import_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on revenue.claim: claim_check CHECK (((known_kind IS NULL) = (known_id IS NULL)));
constraint on revenue.claim: claim_check1 CHECK (((state = ANY (ARRAY['credited'::text, 'known'::text])) = (lead_id IS NOT NULL)));
constraint on revenue.claim: claim_known_kind_check CHECK ((known_kind = ANY (ARRAY['opportunity'::text, 'invoice'::text, 'claim'::text])));
constraint on revenue.claim: claim_pkey PRIMARY KEY (workspace_id, id);
constraint on revenue.claim: claim_proof_check CHECK ((proof = ANY (ARRAY['sell-through'::text, 'warranty'::text, 'rebate'::text])));
constraint on revenue.claim: claim_reported_check CHECK ((reported = ANY (ARRAY['bad'::text, 'dont_know'::text, 'silent'::text])));
constraint on revenue.claim: claim_state_check CHECK ((state = ANY (ARRAY['credited'::text, 'known'::text, 'ask'::text, 'none'::text, 'apart'::text])));
constraint on revenue.claim: claim_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on revenue.credit: credit_model_check CHECK ((model = ANY (ARRAY['first'::text, 'last'::text, 'linear'::text])));
constraint on revenue.credit: credit_pkey PRIMARY KEY (workspace_id, id);
constraint on revenue.credit: credit_sale_kind_check CHECK ((sale_kind = ANY (ARRAY['invoice'::text, 'opportunity'::text])));
constraint on revenue.credit: credit_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on revenue.invoice: invoice_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text])));
constraint on revenue.invoice: invoice_matched_by_check CHECK ((matched_by = ANY (ARRAY['manual'::text, 'receipt'::text, 'opportunity'::text, 'external-id'::text, 'mail'::text, 'organization'::text, 'none'::text])));
constraint on revenue.invoice: invoice_pkey PRIMARY KEY (workspace_id, id);
constraint on revenue.invoice: invoice_status_check CHECK ((status = ANY (ARRAY['open'::text, 'paid'::text, 'cancelled'::text, 'draft'::text])));
constraint on revenue.invoice: invoice_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on revenue.opportunity: opportunity_check CHECK (((outcome = 'open'::text) = (closed_at IS NULL)));
constraint on revenue.opportunity: opportunity_origin_check CHECK ((origin = ANY (ARRAY['app'::text, 'import'::text, 'verdict'::text, 'outcome'::text, 'claim'::text])));
constraint on revenue.opportunity: opportunity_outcome_check CHECK ((outcome = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text])));
constraint on revenue.opportunity: opportunity_pkey PRIMARY KEY (workspace_id, id);
constraint on revenue.opportunity: opportunity_probability_check CHECK (((probability >= 0) AND (probability <= 100)));
constraint on revenue.opportunity: opportunity_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id);
constraint on revenue.opportunity_reference: opportunity_reference_kind_check CHECK ((kind = ANY (ARRAY['lead'::text, 'contact'::text, 'mail'::text, 'account'::text, 'company'::text, 'program'::text])));
constraint on revenue.opportunity_reference: opportunity_reference_pkey PRIMARY KEY (workspace_id, opportunity_id, import_id, kind);
constraint on revenue.opportunity_reference: opportunity_reference_workspace_id_opportunity_id_fkey FOREIGN KEY (workspace_id, opportunity_id) REFERENCES revenue.opportunity(workspace_id, id) ON DELETE CASCADE;

-- indexes
CREATE INDEX absence_holder ON distribute.absence USING btree (workspace_id, holder_id, ends_on);
CREATE INDEX account_ref_linked ON identity.account_ref USING btree (workspace_id, linked_by) WHERE (linked_by IS NOT NULL);
CREATE INDEX account_ref_person ON identity.account_ref USING btree (workspace_id, person_id);
CREATE INDEX account_ref_waiting ON identity.account_ref USING btree (workspace_id, external_id) WHERE (linked_by IS NULL);
CREATE INDEX activity_holder ON followup.activity USING btree (workspace_id, holder_id, at DESC);
CREATE INDEX activity_imported ON followup.activity USING btree (workspace_id, import_id, id) WHERE (import_id IS NOT NULL);
CREATE INDEX activity_lead ON followup.activity USING btree (workspace_id, lead_id, at DESC);
CREATE INDEX answer_taken_at ON followup.answer_taken USING btree (workspace_id, taken_at);
CREATE INDEX app_user_by_email ON platform.app_user USING btree (lower(email));
CREATE INDEX append_answer_of_subject ON identity.append_answer USING btree (workspace_id, subject_id);
CREATE INDEX append_doubt_open ON identity.append_doubt USING btree (workspace_id, run_id, id) WHERE (status = 'open'::text);
CREATE INDEX append_key_of_request ON identity.append_key USING btree (workspace_id, request_id, subject_id);
CREATE INDEX append_key_of_run ON identity.append_key USING btree (workspace_id, run_id) WHERE (run_id IS NOT NULL);
CREATE INDEX appended_value_expiring ON identity.appended_value USING btree (workspace_id, expires_on) WHERE ((expires_on IS NOT NULL) AND (status = 'used'::text) AND (ended_at IS NULL));
CREATE INDEX appended_value_of_provider ON identity.appended_value USING btree (workspace_id, provider_id);
CREATE INDEX appended_value_of_run ON identity.appended_value USING btree (workspace_id, run_id, id);
CREATE INDEX appended_value_of_subject ON identity.appended_value USING btree (workspace_id, subject_id);
CREATE INDEX arrival_cell_day ON report.arrival_cell USING btree (workspace_id, grain, on_date);
CREATE INDEX assigned_cell_day ON report.assigned_cell USING btree (workspace_id, grain, on_date);
CREATE INDEX assignment_clock ON distribute.assignment USING btree (workspace_id, clock_at) WHERE (clock_at IS NOT NULL);
CREATE INDEX assignment_holder ON distribute.assignment USING btree (workspace_id, holder_id, started_at);
CREATE INDEX assignment_lead ON distribute.assignment USING btree (workspace_id, lead_id, started_at);
CREATE INDEX assignment_open ON distribute.assignment USING btree (workspace_id, holder_id) WHERE (ended_at IS NULL);
CREATE INDEX assignment_owes ON distribute.assignment USING btree (workspace_id, owes_since) WHERE ((ended_at IS NULL) AND (owes_since IS NOT NULL));
CREATE INDEX assignment_passes_on ON distribute.assignment USING btree (workspace_id, id) WHERE passes_on;
CREATE INDEX assignment_redirected ON distribute.assignment USING btree (workspace_id, started_at) INCLUDE (from_holder_id, holder_id, lead_id, why) WHERE (from_holder_id IS NOT NULL);
CREATE INDEX assignment_rule ON distribute.assignment USING btree (workspace_id, rule_id, started_at) WHERE (rule_id IS NOT NULL);
CREATE INDEX assignment_started ON distribute.assignment USING btree (workspace_id, started_at);
CREATE INDEX assignment_wait ON distribute.assignment USING btree (workspace_id, holder_id, wait_bucket, started_at) WHERE (first_followup_at IS NOT NULL);
CREATE INDEX base_check_latest ON identity.base_check USING btree (workspace_id, started_at DESC);
CREATE INDEX breach_due ON distribute.breach USING btree (workspace_id, clock, due_at);
CREATE INDEX bulk_change_of ON followup.bulk_change USING btree (workspace_id, subject_id);
CREATE INDEX bulk_change_of ON identity.bulk_change USING btree (workspace_id, subject_id);
CREATE INDEX bulk_run_listed ON followup.bulk_run USING btree (workspace_id, made_at DESC, id DESC);
CREATE INDEX bulk_run_listed ON identity.bulk_run USING btree (workspace_id, made_at DESC, id DESC);
CREATE INDEX call_hour ON followup.call USING btree (workspace_id, at) INCLUDE (local_hour, reached);
CREATE INDEX call_of_lead ON followup.call USING btree (workspace_id, lead_id, at);
CREATE INDEX call_of_list ON followup.call USING btree (workspace_id, list_id, at);
CREATE INDEX call_target_lead ON followup.call_target USING btree (workspace_id, lead_id);
CREATE INDEX call_target_waiting ON followup.call_target USING btree (workspace_id, list_id, zones, due_at) WHERE (state = 'waiting'::text);
CREATE INDEX claim_all ON revenue.claim USING btree (workspace_id, sold_on DESC, id DESC);
CREATE INDEX claim_import ON revenue.claim USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX claim_known ON revenue.claim USING btree (workspace_id, known_id) WHERE (known_id IS NOT NULL);
CREATE INDEX claim_lead ON revenue.claim USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX claim_list ON revenue.claim USING btree (workspace_id, state, sold_on DESC, id DESC);
CREATE INDEX claim_organization ON revenue.claim USING btree (workspace_id, organization_id) WHERE (organization_id IS NOT NULL);
CREATE INDEX claim_person ON revenue.claim USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX claim_sale ON revenue.claim USING btree (workspace_id, opportunity_id) WHERE (opportunity_id IS NOT NULL);
CREATE INDEX claim_serial ON revenue.claim USING btree (workspace_id, serial_key) WHERE (serial_key IS NOT NULL);
CREATE INDEX cleanup_standing ON identity.cleanup USING btree (workspace_id, until_at) WHERE ((undone_at IS NULL) AND (until_at IS NOT NULL));
CREATE INDEX cohort_cell_day ON report.cohort_cell USING btree (workspace_id, grain, on_date);
CREATE INDEX consent_of_import ON identity.consent USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX consent_of_inquiry ON identity.consent USING btree (workspace_id, inquiry_id) WHERE (inquiry_id IS NOT NULL);
CREATE INDEX consent_of_person ON identity.consent USING btree (workspace_id, person_id, at DESC);
CREATE INDEX credit_back_lead ON distribute.credit_back USING btree (workspace_id, lead_id);
CREATE INDEX credit_inquiry ON revenue.credit USING btree (workspace_id, inquiry_id) WHERE (inquiry_id IS NOT NULL);
CREATE INDEX credit_sale ON revenue.credit USING btree (workspace_id, sale_kind, sale_id);
CREATE INDEX credit_sold ON revenue.credit USING btree (workspace_id, model, sale_kind, sold_on) INCLUDE (program_id, source_id, channel, attributed, amount_minor);
CREATE INDEX delivery_key_import ON capture.delivery_key USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX dismissal_lacking ON qualify.dismissal USING btree (workspace_id, inquiry_id) WHERE (lacks IS NOT NULL);
CREATE INDEX dismissal_of_person ON qualify.dismissal USING btree (workspace_id, person_id);
CREATE INDEX disposition_expiry ON followup.disposition USING btree (workspace_id, expires_at) WHERE (current AND (expires_at IS NOT NULL));
CREATE INDEX disposition_lead ON followup.disposition USING btree (workspace_id, lead_id, at DESC);
CREATE INDEX disposition_of_import ON followup.disposition USING btree (workspace_id, import_id, lead_id) WHERE (import_id IS NOT NULL);
CREATE INDEX enrolment_due ON nurture.enrolment USING btree (workspace_id, until_at, id) WHERE (ended_at IS NULL);
CREATE INDEX enrolment_lead ON nurture.enrolment USING btree (workspace_id, lead_id, started_at);
CREATE INDEX erasure_open ON identity.erasure USING btree (workspace_id, asked_at) WHERE (state <> 'done'::text);
CREATE INDEX fact_order ON ONLY journal.fact USING btree (workspace_id, xact, id);
CREATE INDEX import_change_subject ON identity.import_change USING btree (workspace_id, subject_id);
CREATE INDEX import_created ON capture.import USING btree (workspace_id, created_at DESC, id DESC);
CREATE INDEX import_hash ON capture.import USING btree (workspace_id, file_hash);
CREATE INDEX inquiry_external ON ONLY capture.inquiry USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);
CREATE INDEX inquiry_program ON ONLY capture.inquiry USING btree (workspace_id, program_id, id) WHERE (program_id IS NOT NULL);
CREATE INDEX inquiry_quarantined ON ONLY capture.inquiry USING btree (workspace_id, id) WHERE (status = 'quarantined'::text);
CREATE INDEX inquiry_receipt ON ONLY capture.inquiry USING btree (workspace_id, receipt);
CREATE INDEX inquiry_row_day ON report.inquiry_row USING btree (workspace_id, occurred_on DESC, inquiry_id DESC);
CREATE INDEX inquiry_row_lead ON report.inquiry_row USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX inquiry_row_undecided ON report.inquiry_row USING btree (workspace_id, inquiry_id) WHERE (NOT decided);
CREATE INDEX inquiry_source ON ONLY capture.inquiry USING btree (workspace_id, source_id, id) WHERE (source_id IS NOT NULL);
CREATE INDEX invoice_import ON revenue.invoice USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX invoice_lead ON revenue.invoice USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX invoice_list ON revenue.invoice USING btree (workspace_id, issued_on DESC, id DESC);
CREATE INDEX invoice_matched ON revenue.invoice USING btree (workspace_id, matched_by, issued_on DESC, id DESC);
CREATE INDEX invoice_number ON revenue.invoice USING btree (workspace_id, number);
CREATE INDEX invoice_organization ON revenue.invoice USING btree (workspace_id, organization_id) WHERE (organization_id IS NOT NULL);
CREATE INDEX invoice_person ON revenue.invoice USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX invoice_unmatched_contact ON revenue.invoice USING btree (workspace_id, contact_ref) WHERE (matched_by = 'none'::text);
CREATE INDEX job_due ON platform.job USING btree (workspace_id, due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX lead_falling ON qualify.lead USING btree (workspace_id, grade_falls_at) WHERE ((closed_at IS NULL) AND (grade_falls_at IS NOT NULL));
CREATE INDEX lead_inquiry_from ON qualify.lead_inquiry USING btree (workspace_id, from_lead_id) WHERE (from_lead_id IS NOT NULL);
CREATE INDEX lead_mail_address ON capture.lead_mail USING btree (workspace_id, address_id, id);
CREATE INDEX lead_mail_from ON capture.lead_mail USING btree (workspace_id, from_address) WHERE (from_address IS NOT NULL);
CREATE INDEX lead_mail_lead ON capture.lead_mail USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX lead_mail_waiting ON capture.lead_mail USING btree (workspace_id, read_after) WHERE (state = 'waiting'::text);
CREATE INDEX lead_merged ON qualify.lead USING btree (workspace_id, merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX lead_news_order ON followup.lead_news USING btree (workspace_id, holder_id, no);
CREATE INDEX lead_of_organization ON qualify.lead USING btree (workspace_id, organization_id) WHERE (organization_id IS NOT NULL);
CREATE INDEX lead_of_person ON qualify.lead USING btree (workspace_id, person_id);
CREATE INDEX lead_row_aside ON report.lead_row USING btree (workspace_id, holder_kind, qualified_at DESC, lead_id DESC) WHERE ((closed_at IS NULL) AND (holder_kind = ANY (ARRAY['desk'::text, 'nurture'::text])));
CREATE INDEX lead_row_awaited ON report.lead_row USING btree (workspace_id, awaited_by) WHERE (awaited_by IS NOT NULL);
CREATE INDEX lead_row_channel ON report.lead_row USING btree (workspace_id, channel, qualified_at DESC, lead_id DESC);
CREATE INDEX lead_row_contact ON report.lead_row USING btree (workspace_id, contact_by) WHERE (contact_by IS NOT NULL);
CREATE INDEX lead_row_currency ON report.lead_row USING btree (workspace_id, currency) WHERE (value_minor IS NOT NULL);
CREATE INDEX lead_row_due ON report.lead_row USING btree (workspace_id, next_action_due_at) WHERE ((next_action_due_at IS NOT NULL) AND (closed_at IS NULL));
CREATE INDEX lead_row_gone ON report.lead_row USING btree (workspace_id, lead_id) WHERE (NOT counted);
CREATE INDEX lead_row_holder ON report.lead_row USING btree (workspace_id, holder_id, qualified_at DESC, lead_id DESC);
CREATE INDEX lead_row_organization ON report.lead_row USING btree (workspace_id, organization_id) WHERE (organization_id IS NOT NULL);
CREATE INDEX lead_row_owed ON report.lead_row USING btree (workspace_id, holder_id, territory_id) INCLUDE (awaited_by, contact_by, tries_by, verdict_by, counted, lead_id) WHERE (LEAST(awaited_by, contact_by, tries_by, verdict_by) IS NOT NULL);
CREATE INDEX lead_row_person ON report.lead_row USING btree (workspace_id, person_id);
CREATE INDEX lead_row_program ON report.lead_row USING btree (workspace_id, program_id, qualified_at DESC, lead_id DESC);
CREATE INDEX lead_row_qualified ON report.lead_row USING btree (workspace_id, qualified_at DESC, lead_id DESC);
CREATE INDEX lead_row_score ON report.lead_row USING btree (workspace_id, score DESC, lead_id DESC);
CREATE INDEX lead_row_sold ON report.lead_row USING btree (workspace_id, occurred_on) INCLUDE (sale_seconds, sold_by, source_id, program_id, channel, value_minor) WHERE (state = 'sale'::text);
CREATE INDEX lead_row_source ON report.lead_row USING btree (workspace_id, source_id, qualified_at DESC, lead_id DESC);
CREATE INDEX lead_row_status ON report.lead_row USING btree (workspace_id, status, qualified_at DESC, lead_id DESC);
CREATE INDEX lead_row_territory ON report.lead_row USING btree (workspace_id, territory_id, qualified_at DESC, lead_id DESC);
CREATE INDEX lead_row_tries ON report.lead_row USING btree (workspace_id, tries_by) WHERE (tries_by IS NOT NULL);
CREATE INDEX lead_row_unheld ON report.lead_row USING btree (workspace_id, lead_id) WHERE ((closed_at IS NULL) AND (holder_id IS NULL));
CREATE INDEX lead_row_value ON report.lead_row USING btree (workspace_id, value_minor DESC, lead_id DESC) WHERE (value_minor IS NOT NULL);
CREATE INDEX lead_row_verdict ON report.lead_row USING btree (workspace_id, verdict_by) WHERE (verdict_by IS NOT NULL);
CREATE INDEX lead_search_words ON report.lead_search USING gin (words);
CREATE INDEX link_answer_holder ON followup.link_answer USING btree (workspace_id, holder_id, mark);
CREATE INDEX link_answer_link ON followup.link_answer USING btree (workspace_id, link_id, at);
CREATE INDEX link_lead ON followup.link USING btree (workspace_id, lead_id);
CREATE INDEX mail_domain_due ON identity.mail_domain USING btree (workspace_id, ask_at);
CREATE INDEX mail_due ON platform.mail USING btree (workspace_id, due_at) WHERE (state = 'queued'::text);
CREATE INDEX mail_lead ON platform.mail USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX mail_to ON platform.mail USING btree (workspace_id, to_address);
CREATE INDEX merge_into ON identity.merge USING btree (workspace_id, survivor_id) WHERE (undone_at IS NULL);
CREATE INDEX merge_latest ON identity.merge USING btree (workspace_id, kind, merged_at DESC, id DESC) WHERE (undone_at IS NULL);
CREATE INDEX next_action_due ON followup.next_action USING btree (workspace_id, due_at);
CREATE INDEX offer_holder ON distribute.offer USING btree (workspace_id, holder_id, until);
CREATE INDEX opportunity_board ON revenue.opportunity USING btree (workspace_id, outcome, stage, amount_minor DESC, id);
CREATE INDEX opportunity_import ON revenue.opportunity USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX opportunity_inquiry ON revenue.opportunity USING btree (workspace_id, inquiry_id) WHERE (inquiry_id IS NOT NULL);
CREATE INDEX opportunity_lead ON revenue.opportunity USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX opportunity_list ON revenue.opportunity USING btree (workspace_id, opened_at DESC, id DESC);
CREATE INDEX opportunity_organization ON revenue.opportunity USING btree (workspace_id, organization_id) WHERE (organization_id IS NOT NULL);
CREATE INDEX opportunity_person ON revenue.opportunity USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX opportunity_reference_import ON revenue.opportunity_reference USING btree (workspace_id, import_id);
CREATE INDEX opportunity_reference_key ON revenue.opportunity_reference USING btree (workspace_id, kind, key);
CREATE INDEX opportunity_won ON revenue.opportunity USING btree (workspace_id, closed_at) WHERE (outcome = 'won'::text);
CREATE INDEX organization_by_domain ON identity.organization USING btree (workspace_id, domain) WHERE ((domain IS NOT NULL) AND (retired_at IS NULL));
CREATE INDEX organization_by_external_id ON identity.organization USING btree (workspace_id, external_id) WHERE ((external_id IS NOT NULL) AND (retired_at IS NULL));
CREATE INDEX organization_by_name ON identity.organization USING btree (workspace_id, name_key) WHERE (retired_at IS NULL);
CREATE INDEX organization_duplicate_listed ON identity.organization_duplicate USING btree (workspace_id, status, weight DESC, id DESC);
CREATE INDEX organization_duplicate_other ON identity.organization_duplicate USING btree (workspace_id, other_id);
CREATE INDEX organization_imported ON identity.organization USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX organization_listed ON identity.organization USING btree (workspace_id, last_seen_at DESC, id DESC) WHERE ((survivor_id IS NULL) AND (retired_at IS NULL));
CREATE INDEX organization_merged ON identity.organization USING btree (workspace_id, survivor_id) WHERE (survivor_id IS NOT NULL);
CREATE INDEX partner_file_holder ON followup.partner_file USING btree (workspace_id, holder_id, import_id DESC);
CREATE INDEX person_by_country ON identity.person USING btree (workspace_id, country, last_seen_at DESC, id DESC) WHERE ((survivor_id IS NULL) AND (retired_at IS NULL));
CREATE INDEX person_by_organization ON identity.person USING btree (workspace_id, organization_id, last_seen_at DESC, id DESC) WHERE (organization_id IS NOT NULL);
CREATE INDEX person_imported ON identity.person USING btree (workspace_id, import_id, id) WHERE (import_id IS NOT NULL);
CREATE INDEX person_listed ON identity.person USING btree (workspace_id, last_seen_at DESC, id DESC) WHERE ((survivor_id IS NULL) AND (retired_at IS NULL));
CREATE INDEX person_merged ON identity.person USING btree (workspace_id, survivor_id) WHERE (survivor_id IS NOT NULL);
CREATE INDEX person_silent ON identity.person USING btree (workspace_id, last_seen_at DESC, id DESC) WHERE (do_not_contact OR do_not_mail OR do_not_call OR (unsubscribed_at IS NOT NULL));
CREATE INDEX playbook_run_of ON followup.playbook_run USING btree (workspace_id, playbook_id, started_at);
CREATE INDEX playbook_step_of ON followup.playbook_step USING btree (workspace_id, step_id);
CREATE INDEX possible_duplicate_listed ON identity.possible_duplicate USING btree (workspace_id, status, weight DESC, id DESC);
CREATE INDEX possible_duplicate_other ON identity.possible_duplicate USING btree (workspace_id, other_id);
CREATE INDEX postcode_import ON distribute.postcode USING btree (workspace_id, import_id);
CREATE INDEX privacy_request_due ON identity.privacy_request USING btree (workspace_id, due_on, id) WHERE (done_at IS NULL);
CREATE INDEX privacy_request_of_person ON identity.privacy_request USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX program_cost_import ON capture.program_cost USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX program_cost_program ON capture.program_cost USING btree (workspace_id, program_id, on_date);
CREATE INDEX program_created ON capture.program USING btree (workspace_id, created_at DESC, id DESC);
CREATE INDEX program_name ON capture.program USING btree (workspace_id, lower(name));
CREATE INDEX proposal_latest ON distribute.proposal USING btree (workspace_id, made_at DESC, id DESC);
CREATE INDEX proposal_lead ON followup.proposal USING btree (workspace_id, lead_id, at DESC);
CREATE INDEX quality_by_domain ON identity.quality USING btree (workspace_id, mail_domain) WHERE (mail_domain IS NOT NULL);
CREATE INDEX quality_day_of ON identity.quality_day USING btree (workspace_id, cut, key, on_date);
CREATE INDEX quality_due ON identity.quality USING btree (workspace_id, next_at) WHERE (next_at IS NOT NULL);
CREATE INDEX quality_lacking ON identity.quality USING btree (workspace_id, lacking DESC, person_id) WHERE (lacking > (0)::double precision);
CREATE INDEX reading_said ON identity.reading USING btree (workspace_id, kind, key) WHERE (said_at IS NOT NULL);
CREATE INDEX registration_lead ON followup.registration USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX registration_of_holder ON followup.registration USING btree (workspace_id, holder_id, id DESC);
CREATE INDEX registration_organization ON followup.registration USING btree (workspace_id, organization_id) WHERE (organization_id IS NOT NULL);
CREATE INDEX registration_person ON followup.registration USING btree (workspace_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX registration_same ON followup.registration USING btree (workspace_id, holder_id, said_hash);
CREATE INDEX registration_state ON followup.registration USING btree (workspace_id, state, id DESC);
CREATE INDEX retention_run_latest ON identity.retention_run USING btree (workspace_id, began_at DESC);
CREATE INDEX saved_view_user ON report.saved_view USING btree (workspace_id, screen, user_id);
CREATE INDEX search_entry_organizations ON identity.search_entry USING gin (text gin_trgm_ops) WHERE (kind = 'o'::bpchar);
CREATE INDEX search_entry_people ON identity.search_entry USING gin (text gin_trgm_ops) WHERE (kind = 'p'::bpchar);
CREATE INDEX search_word_like ON identity.search_word USING gin (word gin_trgm_ops);
CREATE INDEX segment_member_of ON identity.segment_member USING btree (workspace_id, subject_id);
CREATE INDEX sent_once_age ON followup.sent_once USING btree (workspace_id, at);
CREATE INDEX sent_once_lead ON followup.sent_once USING btree (workspace_id, lead_id);
CREATE INDEX session_by_user ON platform.session USING btree (workspace_id, user_id);
CREATE INDEX sighting_by_company ON identity.sighting USING btree (workspace_id, company_block) INCLUDE (person_id) WHERE ((company_block IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_by_external_id ON identity.sighting USING btree (workspace_id, external_id) INCLUDE (person_id) WHERE ((external_id IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_by_local ON identity.sighting USING btree (workspace_id, local_block) INCLUDE (person_id) WHERE ((local_block IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_by_mail ON identity.sighting USING btree (workspace_id, mail_key) INCLUDE (person_id) WHERE ((mail_key IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_by_mobile ON identity.sighting USING btree (workspace_id, mobile) INCLUDE (person_id) WHERE ((mobile IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_by_name ON identity.sighting USING btree (workspace_id, name_block) INCLUDE (person_id) WHERE ((name_block IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_by_phone ON identity.sighting USING btree (workspace_id, phone) INCLUDE (person_id) WHERE ((phone IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_by_place ON identity.sighting USING btree (workspace_id, place_block) INCLUDE (person_id) WHERE ((place_block IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_listed ON identity.sighting USING btree (workspace_id, import_id, person_id) WHERE ((import_id IS NOT NULL) AND (inquiry_id IS NULL));
CREATE INDEX sighting_of_organization ON identity.sighting USING btree (workspace_id, organization_id, seen_at) WHERE ((organization_id IS NOT NULL) AND (withdrawn_at IS NULL));
CREATE INDEX sighting_of_person ON identity.sighting USING btree (workspace_id, person_id);
CREATE INDEX simulated_holder ON distribute.simulated USING btree (workspace_id, simulation_id, holder_id, at DESC, lead_id DESC);
CREATE INDEX simulated_list ON distribute.simulated USING btree (workspace_id, simulation_id, at DESC, lead_id DESC);
CREATE INDEX suppression_listed ON identity.suppression USING btree (workspace_id, added_at DESC, id DESC);
CREATE INDEX suppression_of_import ON identity.suppression USING btree (workspace_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX territory_parent ON distribute.territory USING btree (workspace_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX touch_person ON nurture.touch USING btree (workspace_id, person_id, at DESC);
CREATE INDEX verdict_round_sent ON followup.verdict_round USING btree (workspace_id, sent_at DESC, id DESC);
CREATE INDEX wait_cell_day ON report.wait_cell USING btree (workspace_id, grain, on_date);
CREATE INDEX webhook_delivery_due ON followup.webhook_delivery USING btree (workspace_id, webhook_id, due_at, id) WHERE (state = 'waiting'::text);
CREATE INDEX webhook_delivery_lead ON followup.webhook_delivery USING btree (workspace_id, lead_id);
CREATE INDEX webhook_delivery_list ON followup.webhook_delivery USING btree (workspace_id, webhook_id, id DESC);
CREATE INDEX webhook_delivery_turn ON followup.webhook_delivery USING btree (workspace_id, webhook_id, lead_id, id) WHERE (state = 'waiting'::text);
CREATE INDEX works_cell_day ON report.works_cell USING btree (workspace_id, grain, on_date);
CREATE UNIQUE INDEX acceptance_open ON distribute.acceptance USING btree (workspace_id, proposal_id) WHERE (state = ANY (ARRAY['due'::text, 'in_force'::text]));
CREATE UNIQUE INDEX activity_reference ON followup.activity USING btree (workspace_id, reference) WHERE (reference IS NOT NULL);
CREATE UNIQUE INDEX agreement_draft ON qualify.agreement USING btree (workspace_id) WHERE (from_at IS NULL);
CREATE UNIQUE INDEX api_token_hash ON platform.api_token USING btree (workspace_id, token_hash);
CREATE UNIQUE INDEX app_user_email ON platform.app_user USING btree (workspace_id, lower(email));
CREATE UNIQUE INDEX app_user_external ON platform.app_user USING btree (workspace_id, external_id);
CREATE UNIQUE INDEX append_provider_name ON identity.append_provider USING btree (workspace_id, lower(name));
CREATE UNIQUE INDEX assignment_custody ON distribute.assignment USING btree (workspace_id, lead_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX claim_key ON revenue.claim USING btree (workspace_id, proof, claim_key, ordinal);
CREATE UNIQUE INDEX diary_feed ON followup.diary USING btree (workspace_id, feed_id) WHERE (feed_id IS NOT NULL);
CREATE UNIQUE INDEX disposition_current ON followup.disposition USING btree (workspace_id, lead_id) WHERE current;
CREATE UNIQUE INDEX enrolment_open ON nurture.enrolment USING btree (workspace_id, lead_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX erasure_of_person ON identity.erasure USING btree (workspace_id, person_id);
CREATE UNIQUE INDEX extract_in_hand ON report."extract" USING btree (workspace_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE UNIQUE INDEX holder_external_key ON distribute.holder USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);
CREATE UNIQUE INDEX holder_house_key ON distribute.holder USING btree (workspace_id, kind) WHERE (kind = ANY (ARRAY['desk'::text, 'nurture'::text]));
CREATE UNIQUE INDEX holder_user_key ON distribute.holder USING btree (workspace_id, user_id) WHERE (user_id IS NOT NULL);
CREATE UNIQUE INDEX invoice_external ON revenue.invoice USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);
CREATE UNIQUE INDEX lead_address_key ON capture.lead_address USING btree (workspace_id, key);
CREATE UNIQUE INDEX lead_address_of ON capture.lead_address USING btree (workspace_id, COALESCE(program_id, source_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX lead_inquiry_once ON qualify.lead_inquiry USING btree (workspace_id, inquiry_id);
CREATE UNIQUE INDEX lead_mail_same ON capture.lead_mail USING btree (workspace_id, same_key);
CREATE UNIQUE INDEX lead_news_no ON followup.lead_news USING btree (workspace_id, no);
CREATE UNIQUE INDEX lead_of_inquiry ON qualify.lead USING btree (workspace_id, inquiry_id);
CREATE UNIQUE INDEX lead_open_of_person ON qualify.lead USING btree (workspace_id, person_id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX merge_standing ON identity.merge USING btree (workspace_id, merged_id) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX opportunity_external ON revenue.opportunity USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);
CREATE UNIQUE INDEX opportunity_natural ON revenue.opportunity USING btree (workspace_id, natural_key, ordinal) WHERE (natural_key IS NOT NULL);
CREATE UNIQUE INDEX organization_duplicate_pair ON identity.organization_duplicate USING btree (workspace_id, organization_id, other_id);
CREATE UNIQUE INDEX possible_duplicate_pair ON identity.possible_duplicate USING btree (workspace_id, person_id, other_id);
CREATE UNIQUE INDEX program_external ON capture.program USING btree (workspace_id, external_id) WHERE (status <> 'withdrawn'::text);
CREATE UNIQUE INDEX program_form_key ON capture.program USING btree (workspace_id, form_key);
CREATE UNIQUE INDEX proposal_open ON followup.proposal USING btree (workspace_id, lead_id, holder_id) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX ruleset_draft ON distribute.ruleset USING btree (workspace_id) WHERE (published_at IS NULL);
CREATE UNIQUE INDEX saved_mapping_shape ON capture.saved_mapping USING btree (workspace_id, shape, kind);
CREATE UNIQUE INDEX segment_name ON identity.segment USING btree (workspace_id, lower(name));
CREATE UNIQUE INDEX sighting_of_inquiry ON identity.sighting USING btree (workspace_id, inquiry_id) WHERE (inquiry_id IS NOT NULL);
CREATE UNIQUE INDEX source_name ON capture.source USING btree (workspace_id, lower(name));
CREATE UNIQUE INDEX source_write_key ON capture.source USING btree (workspace_id, write_key) WHERE (write_key IS NOT NULL);
CREATE UNIQUE INDEX suppression_key ON identity.suppression USING btree (workspace_id, channel, kind, key);
CREATE UNIQUE INDEX verdict_round_once ON followup.verdict_round USING btree (workspace_id, holder_id, slot_at);

-- views
view capture.list_part with (security_invoker=true) as WITH RECURSIVE part AS (
         SELECT m.workspace_id,
            m.id AS list_id,
            m.id AS import_id
           FROM capture.import m
          WHERE ((m.kind = ANY (ARRAY['people'::text, 'inquiries'::text])) AND (m.undone_at IS NULL) AND (m.started_at IS NOT NULL) AND (NOT (EXISTS ( SELECT
                   FROM capture.import o
                  WHERE ((o.workspace_id = m.workspace_id) AND (o.id = m.mends) AND (o.undone_at IS NULL))))))
        UNION ALL
         SELECT p.workspace_id,
            p.list_id,
            m.id
           FROM (part p
             JOIN capture.import m ON (((m.workspace_id = p.workspace_id) AND (m.mends = p.import_id) AND (m.undone_at IS NULL) AND (m.started_at IS NOT NULL))))
        )
 SELECT workspace_id,
    list_id,
    import_id
   FROM part;;
view extract.activities with (security_invoker=true) as SELECT a.workspace_id,
    a.id,
    a.lead_id,
    a.holder_id,
    a.kind,
    a.at,
    a.outcome,
    a.note,
    a.via
   FROM (followup.activity a
     JOIN qualify.lead l ON (((l.workspace_id = a.workspace_id) AND (l.id = a.lead_id) AND ((l.fate IS NULL) OR (l.fate <> ALL (ARRAY['withdrawn'::text, 'merged'::text]))))));;
view extract.credits with (security_invoker=true) as SELECT workspace_id,
    id,
    sale_kind,
    sale_id,
    model,
    attributed,
    program_id,
    source_id,
    channel,
    inquiry_id,
    lead_id,
    amount_minor,
    currency,
    sold_on,
    why
   FROM revenue.credit;;
view extract.facts with (security_invoker=true) as SELECT workspace_id,
    id,
    chain_id,
    seq,
    type,
    subject_id,
    at,
    actor,
    data,
    ((xact)::text)::numeric(20,0) AS xact
   FROM journal.fact;;
view extract.handoffs with (security_invoker=true) as SELECT a.workspace_id,
    a.id,
    a.lead_id,
    a.holder_id,
    a.territory_id,
    a.why,
    a.started_at,
    a.respond_by,
    a.accepted_at,
    a.declined_at,
    a.decline_reason,
    a.first_followup_at,
    a.ended_at,
    a.end_reason,
    a.sequence
   FROM (distribute.assignment a
     JOIN qualify.lead l ON (((l.workspace_id = a.workspace_id) AND (l.id = a.lead_id) AND ((l.fate IS NULL) OR (l.fate <> ALL (ARRAY['withdrawn'::text, 'merged'::text]))))));;
view extract.holders with (security_invoker=true) as SELECT workspace_id,
    id,
    kind,
    name,
    email,
    external_id,
    country,
    time_zone,
    active,
    capacity_per_week
   FROM distribute.holder h
  WHERE (active OR (import_id IS NULL) OR (NOT (EXISTS ( SELECT
           FROM capture.import m
          WHERE ((m.workspace_id = h.workspace_id) AND (m.id = h.import_id) AND (m.status = 'undone'::text))))) OR (EXISTS ( SELECT
           FROM (distribute.assignment a
             JOIN qualify.lead l ON (((l.workspace_id = a.workspace_id) AND (l.id = a.lead_id))))
          WHERE ((a.workspace_id = h.workspace_id) AND (a.holder_id = h.id) AND ((l.fate IS NULL) OR (l.fate <> ALL (ARRAY['withdrawn'::text, 'merged'::text])))))));;
view extract.inquiries with (security_invoker=true) as SELECT i.workspace_id,
    i.id,
    i.receipt,
    i.external_id,
    i.channel,
    i.source_id,
    i.program_id,
    i.received_at,
    i.occurred_at,
    i.status,
    COALESCE(p.survivor_id, s.person_id) AS person_id,
    COALESCE(o.survivor_id, s.organization_id) AS organization_id,
    l.lead_id,
    i.first_touch,
    i.last_touch,
    i.fields
   FROM ((((capture.inquiry i
     LEFT JOIN identity.sighting s ON (((s.workspace_id = i.workspace_id) AND (s.inquiry_id = i.id) AND (s.withdrawn_at IS NULL))))
     LEFT JOIN identity.person p ON (((p.workspace_id = s.workspace_id) AND (p.id = s.person_id))))
     LEFT JOIN identity.organization o ON (((o.workspace_id = s.workspace_id) AND (o.id = s.organization_id))))
     LEFT JOIN LATERAL ( SELECT k.lead_id
           FROM qualify.lead_inquiry k
          WHERE ((k.workspace_id = i.workspace_id) AND (k.inquiry_id = i.id) AND (k.withdrawn_at IS NULL))
          ORDER BY k.joined_at DESC, k.lead_id
         LIMIT 1) l ON (true))
  WHERE (i.status <> 'withdrawn'::text);;
view extract.invoices with (security_invoker=true) as SELECT v.workspace_id,
    v.id,
    v.external_id,
    v.number,
    v.kind,
    v.status,
    v.subject,
    COALESCE(p.survivor_id, v.person_id) AS person_id,
    COALESCE(o.survivor_id, v.organization_id) AS organization_id,
    v.lead_id,
    v.opportunity_id,
    v.program_id,
    v.source_id,
    v.billed_name,
    v.account_ref,
    v.reference,
    v.issued_on,
    v.net_minor,
    v.tax_minor,
    v.gross_minor,
    v.currency,
    v.matched_by
   FROM ((revenue.invoice v
     LEFT JOIN identity.person p ON (((p.workspace_id = v.workspace_id) AND (p.id = v.person_id))))
     LEFT JOIN identity.organization o ON (((o.workspace_id = v.workspace_id) AND (o.id = v.organization_id))));;
view extract.leads with (security_invoker=true) as SELECT l.workspace_id,
    l.id,
    COALESCE(p.survivor_id, l.person_id) AS person_id,
    COALESCE(o.survivor_id, l.organization_id) AS organization_id,
    l.inquiry_id,
    l.program_id,
    l.source_id,
    l.qualified_at,
    l.definition_version,
    l.score,
    l.grade,
    l.budget,
    l.authority,
    l.need,
    l.timing,
    l.product,
    l.vertical,
    l.country,
    l.state,
    l.postal_code,
    a.holder_id,
    l.closed_at,
    l.fate
   FROM (((qualify.lead l
     LEFT JOIN identity.person p ON (((p.workspace_id = l.workspace_id) AND (p.id = l.person_id))))
     LEFT JOIN identity.organization o ON (((o.workspace_id = l.workspace_id) AND (o.id = l.organization_id))))
     LEFT JOIN distribute.assignment a ON (((a.workspace_id = l.workspace_id) AND (a.lead_id = l.id) AND (a.ended_at IS NULL))))
  WHERE ((l.fate IS NULL) OR (l.fate <> ALL (ARRAY['withdrawn'::text, 'merged'::text])));;
view extract.merged_ids with (security_invoker=true) as SELECT person.workspace_id,
    person.id,
    'person'::text AS kind,
    person.survivor_id
   FROM identity.person
  WHERE (person.survivor_id IS NOT NULL)
UNION ALL
 SELECT organization.workspace_id,
    organization.id,
    'organization'::text AS kind,
    organization.survivor_id
   FROM identity.organization
  WHERE (organization.survivor_id IS NOT NULL);;
view extract.opportunities with (security_invoker=true) as SELECT r.workspace_id,
    r.id,
    r.external_id,
    r.name,
    r.lead_id,
    COALESCE(p.survivor_id, r.person_id) AS person_id,
    COALESCE(o.survivor_id, r.organization_id) AS organization_id,
    r.inquiry_id,
    r.program_id,
    r.source_id,
    r.holder_id,
    r.owner_name,
    r.stage,
    r.probability,
    r.amount_minor,
    r.currency,
    r.opened_at,
    r.close_on,
    r.closed_at,
    r.outcome,
    r.lost_reason,
    r.segment
   FROM ((revenue.opportunity r
     LEFT JOIN identity.person p ON (((p.workspace_id = r.workspace_id) AND (p.id = r.person_id))))
     LEFT JOIN identity.organization o ON (((o.workspace_id = r.workspace_id) AND (o.id = r.organization_id))));;
view extract.organizations with (security_invoker=true) as SELECT o.workspace_id,
    o.id,
    o.external_id,
    o.name,
    o.domain,
    o.website,
    o.phone,
    o.phone_e164,
    o.street,
    o.postal_code,
    o.city,
    o.state,
    o.country,
    o.industry,
    o.vertical,
    o.employees,
    o.annual_revenue_minor,
    o.is_customer,
    o.first_seen_at,
    o.last_seen_at,
    o.custom,
    o.naics,
    o.sic,
    o.parent,
    o.language,
    COALESCE(rn.sector, rs.sector, ri.sector) AS sector
   FROM ((((identity.organization o
     CROSS JOIN LATERAL ( SELECT identity.said_key(o.naics) AS naics,
            identity.said_key(o.sic) AS sic,
            identity.said_key(o.industry) AS industry
         OFFSET 0) said)
     LEFT JOIN identity.reading rn ON (((rn.workspace_id = o.workspace_id) AND (rn.kind = 'naics'::text) AND (rn.key = said.naics))))
     LEFT JOIN identity.reading rs ON (((rs.workspace_id = o.workspace_id) AND (rs.kind = 'sic'::text) AND (rs.key = said.sic))))
     LEFT JOIN identity.reading ri ON (((ri.workspace_id = o.workspace_id) AND (ri.kind = 'industry'::text) AND (ri.key = said.industry))))
  WHERE ((o.survivor_id IS NULL) AND (o.retired_at IS NULL));;
view extract.people with (security_invoker=true) as SELECT p.workspace_id,
    p.id,
    p.external_id,
    p.given_name,
    p.family_name,
    p.full_name,
    p.title,
    p.email,
    p.phone,
    p.phone_e164,
    p.mobile_e164,
    COALESCE(o.survivor_id, p.organization_id) AS organization_id,
    p.street,
    p.postal_code,
    p.city,
    p.state,
    p.country,
    p.language,
    p.do_not_contact,
    p.do_not_mail,
    p.do_not_call,
    p.unsubscribed_at,
    p.name_is_junk,
    p.sightings,
    p.first_seen_at,
    p.last_seen_at,
    p.custom,
    r.level AS position_level,
    r.function AS position_function
   FROM (((identity.person p
     LEFT JOIN identity.organization o ON (((o.workspace_id = p.workspace_id) AND (o.id = p.organization_id) AND (o.survivor_id IS NOT NULL))))
     CROSS JOIN LATERAL ( SELECT identity.said_key(p.title) AS title
         OFFSET 0) said)
     LEFT JOIN identity.reading r ON (((r.workspace_id = p.workspace_id) AND (r.kind = 'title'::text) AND (r.key = said.title))))
  WHERE ((p.survivor_id IS NULL) AND (p.retired_at IS NULL));;
view extract.program_costs with (security_invoker=true) as SELECT workspace_id,
    id,
    program_id,
    on_date,
    amount_minor,
    currency,
    note
   FROM capture.program_cost;;
view extract.programs with (security_invoker=true) as SELECT workspace_id,
    id,
    external_id,
    name,
    channel,
    status,
    starts_on,
    ends_on,
    budget_minor,
    expected_minor,
    currency,
    goal_inquiries,
    goal_leads,
    goal_sales,
    owner_name,
    created_at
   FROM capture.program
  WHERE (status <> 'withdrawn'::text);;
view extract.sources with (security_invoker=true) as SELECT workspace_id,
    id,
    name,
    channel,
    created_at
   FROM capture.source s
  WHERE ((import_id IS NULL) OR (NOT (EXISTS ( SELECT
           FROM capture.import m
          WHERE ((m.workspace_id = s.workspace_id) AND (m.id = s.import_id) AND (m.status = 'undone'::text))))) OR (EXISTS ( SELECT
           FROM capture.inquiry i
          WHERE ((i.workspace_id = s.workspace_id) AND (i.source_id = s.id) AND (i.status <> 'withdrawn'::text)))));;
view extract.territories with (security_invoker=true) as SELECT workspace_id,
    id,
    name,
    "position",
    overflow,
    active
   FROM distribute.territory;;
view extract.touches with (security_invoker=true) as SELECT t.workspace_id,
    t.id,
    COALESCE(p.survivor_id, t.person_id) AS person_id,
    t.lead_id,
    t.inquiry_id,
    t.channel,
    t.kind,
    t.at,
    t.held_back
   FROM (nurture.touch t
     LEFT JOIN identity.person p ON (((p.workspace_id = t.workspace_id) AND (p.id = t.person_id))));;
view extract.verdicts with (security_invoker=true) as SELECT d.workspace_id,
    d.id,
    d.lead_id,
    d.verdict,
    d.reason,
    d.value_minor,
    d.currency,
    d.at,
    d.by_holder_id,
    d.via,
    d.current
   FROM (followup.disposition d
     JOIN qualify.lead l ON (((l.workspace_id = d.workspace_id) AND (l.id = d.lead_id) AND ((l.fate IS NULL) OR (l.fate <> ALL (ARRAY['withdrawn'::text, 'merged'::text]))))))
  WHERE (d.undone_at IS NULL);;
view identity.identity_map with (security_invoker=true) as SELECT person.workspace_id,
    person.id AS old_id,
    COALESCE(person.survivor_id, person.id) AS survivor_id,
    'person'::text AS kind
   FROM identity.person
UNION ALL
 SELECT organization.workspace_id,
    organization.id AS old_id,
    COALESCE(organization.survivor_id, organization.id) AS survivor_id,
    'organization'::text AS kind
   FROM identity.organization;;

-- functions
CREATE OR REPLACE FUNCTION distribute.holds(lead uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
    select exists (
      select 1 from distribute.assignment a
      where a.workspace_id = platform.current_workspace() and a.lead_id = lead and a.holder_id = platform.current_holder()
    )
  $function$;
CREATE OR REPLACE FUNCTION distribute.holds_inquiry(inquiry uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
    select exists (
      select 1 from qualify.lead_inquiry li
      where li.workspace_id = platform.current_workspace() and li.inquiry_id = inquiry and distribute.holds(li.lead_id)
    ) or exists (
      select 1 from qualify.lead l where l.workspace_id = platform.current_workspace() and l.inquiry_id = inquiry and distribute.holds(l.id)
    )
  $function$;
CREATE OR REPLACE FUNCTION distribute.holds_organization(organization uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
    with same as (
      select array(select o.id from identity.organization o where o.workspace_id = platform.current_workspace() and (o.id = organization or o.survivor_id = organization)) as ids
    )
    select exists (
      select 1 from distribute.assignment a
      join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
      left join identity.person p on p.workspace_id = l.workspace_id and p.id = l.person_id
      left join identity.person s on s.workspace_id = p.workspace_id and s.id = p.survivor_id
      cross join same
      where a.workspace_id = platform.current_workspace() and a.holder_id = platform.current_holder()
        and (l.organization_id = any(same.ids) or p.organization_id = any(same.ids) or s.organization_id = any(same.ids))
    )
  $function$;
CREATE OR REPLACE FUNCTION distribute.holds_person(person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
    select exists (
      select 1 from qualify.lead l
      where l.workspace_id = platform.current_workspace()
        and l.person_id in (select p.id from identity.person p where p.workspace_id = l.workspace_id and (p.id = person or p.survivor_id = person))
        and distribute.holds(l.id)
    )
  $function$;
CREATE OR REPLACE FUNCTION distribute.ruleset_stands()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    raise exception 'Version % of the routing rules was published and stays as it is.', old.version;
  end $function$;
CREATE OR REPLACE FUNCTION distribute.worked_calendar(own jsonb, holidays date[])
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select case when holidays <> '{}' then coalesce(own, '{}') || jsonb_build_object('holidays', coalesce(own -> 'holidays', '[]') || to_jsonb(holidays)) else own end
$function$;
CREATE OR REPLACE FUNCTION identity.near_words(asked text, at_most integer)
 RETURNS TABLE(word text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if platform.current_workspace() is null or platform.current_holder() is not null then
    return;
  end if;
  -- Two letters changed about cost a short word most of what it shares with the one that was meant, a long one less than half.
  perform set_config('pg_trgm.similarity_threshold', case when length(asked) >= 9 then '0.38' when length(asked) >= 7 then '0.3' else '0.2' end, true);
  return query select w.word from identity.search_word w
    where w.workspace_id = platform.current_workspace() and w.word operator(public.%) asked and length(w.word) >= length(asked) - 1
    order by public.similarity(w.word, asked) desc, w.word limit at_most;
end
$function$;
CREATE OR REPLACE FUNCTION identity.said_key(said text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select case when said ~ '^[!-~]+( [!-~]+)*$' and octet_length(said) <= 200 then lower(said collate "C") collate "default"
    else left(lower(btrim(case when said ~ '\s\s|[^\S ]' then regexp_replace(said, '\s+', ' ', 'g') else said end)), 200) end $function$;
CREATE OR REPLACE FUNCTION identity.search_any(words jsonb, wanted text, at_most integer)
 RETURNS TABLE(kind character, id uuid, text text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  filters text := '';
begin
  if platform.current_workspace() is null or platform.current_holder() is not null then
    return;
  end if;
  select coalesce(string_agg(' and (' || one.patterns || ')', ''), '') into filters from (
    select (select string_agg(format('e.text like %L', p.pattern), ' or ') from jsonb_array_elements_text(w.value) p (pattern)) as patterns
    from jsonb_array_elements(words) w) one;
  -- The kind is written out, so that the planner sees which index answers.
  return query execute (
    select string_agg('(select e.kind, e.id, e.text from identity.search_entry e where e.workspace_id = $1' || format(' and e.kind = %L', k) || filters || ' limit $2)', ' union all ')
    from unnest(case when wanted is null then array['p', 'o'] else array[wanted] end) k)
    using platform.current_workspace(), at_most;
end
$function$;
CREATE OR REPLACE FUNCTION journal.erase_words(chains uuid[], of_types text[], words text[], kept text[])
 RETURNS TABLE(chain_id uuid, seq integer, id uuid, type text, subject_id uuid, at timestamp with time zone, actor text, data jsonb, hash bytea, previous bytea)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  with gone as (
    update journal.fact f set data = f.data || (
      select jsonb_object_agg(w.key, 'null'::jsonb) from jsonb_each(f.data) w
      where w.key = any (words) and w.value <> 'null'::jsonb and not (jsonb_typeof(w.value) = 'string' and w.value #>> '{}' = any (kept)))
    where f.workspace_id = platform.current_workspace() and platform.current_holder() is null and f.chain_id = any (chains) and f.type = any (of_types)
      and exists (select 1 from jsonb_each(f.data) w
        where w.key = any (words) and w.value <> 'null'::jsonb and not (jsonb_typeof(w.value) = 'string' and w.value #>> '{}' = any (kept)))
    returning f.*)
  select g.chain_id, g.seq, g.id, g.type, g.subject_id, g.at, g.actor, g.data, g.hash,
    (select p.hash from journal.fact p where p.workspace_id = g.workspace_id and p.chain_id = g.chain_id and p.seq = g.seq - 1)
  from gone g order by g.chain_id, g.seq $function$;
CREATE OR REPLACE FUNCTION platform.awake_workspace_ids()
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select w.id from platform.workspace w where not w.paused order by w.created_at, w.id $function$;
CREATE OR REPLACE FUNCTION platform.current_holder()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('baton.holder_id', true), '')::uuid $function$;
CREATE OR REPLACE FUNCTION platform.current_user_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('baton.user_id', true), '')::uuid $function$;
CREATE OR REPLACE FUNCTION platform.current_workspace()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('baton.workspace_id', true), '')::uuid $function$;
CREATE OR REPLACE FUNCTION platform.guard(target regclass, partner text DEFAULT 'all'::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if partner not in ('all', 'none', 'own') then raise exception 'guard: partner must be all, none or own'; end if;
  execute format('alter table %s enable row level security', target);
  execute format('create policy workspace on %s using (workspace_id = platform.current_workspace())', target);
  if partner = 'none' then
    execute format('create policy partner on %s as restrictive using (platform.current_holder() is null)', target);
  end if;
  execute format('grant select, insert, update, delete on %s to baton_app', target);
end $function$;
CREATE OR REPLACE FUNCTION platform.learn(target regclass)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  if (select c.reltuples from pg_class c where c.oid = target) < 0 then
    execute format('analyze (skip_locked) %s', target);
  end if;
end $function$;
CREATE OR REPLACE FUNCTION platform.sweep_demo(target uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  left_over regclass[];
  blocked regclass[];
  t regclass;
begin
  if target is distinct from platform.current_workspace()
    or not exists (select from platform.workspace w where w.id = target and w.is_demo and w.paused) then
    raise exception 'Only a demo whose telling was interrupted is swept.';
  end if;
  select array_agg(c.oid::regclass) into left_over from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
      and c.oid <> all (array['platform.app_user', 'platform.session', 'platform.job', 'platform.audit']::regclass[]);
  -- What others point at goes once they are gone.
  while left_over is not null loop
    blocked := null;
    foreach t in array left_over loop
      begin
        execute format('delete from %s where workspace_id = $1', t) using target;
      exception when foreign_key_violation then
        blocked := blocked || t;
      end;
    end loop;
    if blocked = left_over then raise exception 'These tables point at each other: %', blocked; end if;
    left_over := blocked;
  end loop;
  delete from platform.app_user where workspace_id = target and status = 'invited';
end $function$;
CREATE OR REPLACE FUNCTION platform.workspace_ids()
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select w.id from platform.workspace w order by w.created_at, w.id $function$;
CREATE OR REPLACE FUNCTION platform.workspaces_of(address text)
 RETURNS TABLE(workspace_id uuid, user_id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select u.workspace_id, u.id, u.password_hash from platform.app_user u where lower(u.email) = lower(address) and u.status = 'active' and u.password_hash is not null $function$;
CREATE OR REPLACE FUNCTION qualify.agreement_stands()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    raise exception 'Version % of the agreement was signed by both sides and stays as it is.', old.version;
  end $function$;
CREATE OR REPLACE FUNCTION report.find_leads(query text, at_most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.lead_id from report.lead_search s where s.workspace_id = platform.current_workspace() and s.words @@ to_tsquery('simple', query) order by s.lead_id desc limit at_most
$function$;
CREATE OR REPLACE FUNCTION report.lead_state(fate text, closed boolean, verdict text, holder_kind text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case
    when closed or fate is not null then case fate when 'sold' then 'sale' when 'withdrawn' then 'withdrawn' when 'merged' then 'merged' when 'lost' then 'lost' else 'bad' end
    when holder_kind is null or holder_kind = 'desk' then 'waiting'
    when verdict in ('hot', 'dont_know') then verdict
    when holder_kind = 'nurture' then 'nurture'
    when verdict = 'warm' then 'warm'
    else 'working' end
$function$;
CREATE OR REPLACE FUNCTION report.wait_band(seconds double precision)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when seconds is null then 'none' when seconds < 300 then '5min' when seconds < 1800 then '30min' when seconds < 3600 then '1h' when seconds < 14400 then '4h'
    when seconds < 86400 then '1day' when seconds < 259200 then '3days' when seconds < 604800 then 'week' else 'later' end
$function$;
CREATE OR REPLACE FUNCTION report.wait_bucket(seconds double precision)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select floor(ln(greatest(0, seconds) + 1) * 25)::int $function$;

-- triggers
CREATE TRIGGER agreement_stands BEFORE UPDATE ON qualify.agreement FOR EACH ROW WHEN (((old.from_at IS NOT NULL) AND ((to_jsonb(old.*) - 'told'::text) IS DISTINCT FROM (to_jsonb(new.*) - 'told'::text)))) EXECUTE FUNCTION qualify.agreement_stands();
CREATE TRIGGER ruleset_stands BEFORE UPDATE ON distribute.ruleset FOR EACH ROW WHEN ((old.published_at IS NOT NULL)) EXECUTE FUNCTION distribute.ruleset_stands();

-- policies
policy partner on capture.delivery_key RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on capture.import RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on capture.import_change RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on capture.import_chunk RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on capture.import_problem RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on capture.inquiry RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds_inquiry(id)));
policy partner on capture.lead_address RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on capture.lead_mail RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on capture.program_cost RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on capture.saved_mapping RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.absence RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.acceptance RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.assignment RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on distribute.balance RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.breach RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on distribute.credit_back RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.holder RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (id = ( SELECT platform.current_holder() AS current_holder)) OR (kind = ANY (ARRAY['desk'::text, 'nurture'::text]))));
policy partner on distribute.holder_record RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.holiday_holder RESTRICTIVE ALL using (((platform.current_holder() IS NULL) OR (holder_id = platform.current_holder())));
policy partner on distribute.offer RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.postcode RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.proposal RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.ruleset RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.share_cut RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on distribute.simulated RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.simulation RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.team RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.team_holder RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.territory RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.territory_holder RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on distribute.turn_pool RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on followup.activity RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.answer_taken RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.bulk_change RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on followup.bulk_run RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on followup.diary RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (user_id = ( SELECT platform.current_user_id() AS current_user_id))));
policy partner on followup.disposition RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds(lead_id)));
policy partner on followup.lead_news RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.link RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.link_answer RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.next_action RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds(lead_id)));
policy partner on followup.partner_file RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.playbook_run RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds(lead_id)));
policy partner on followup.playbook_step RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds(lead_id)));
policy partner on followup.proposal RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.registration RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.sent_once RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (who = (( SELECT platform.current_holder() AS current_holder))::text)));
policy partner on followup.verdict_round RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.webhook RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on followup.webhook_delivery RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on identity.account_ref RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.append_answer RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.append_doubt RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.append_key RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.append_provider RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.append_request RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.append_run RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.appended_value RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.base_check RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.bulk_change RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.bulk_run RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.cleanup RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.consent RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.consent_standing RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.erasure RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.import_change RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.mail_domain RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.match_weights RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.merge RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.organization RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds_organization(id)));
policy partner on identity.organization_duplicate RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.person RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds_person(id)));
policy partner on identity.possible_duplicate RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.postcode_place RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.privacy_request RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.quality RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.quality_base RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.quality_day RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.reading RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.remembering RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.retention_run RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.search_entry RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.search_word RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.segment RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.segment_member RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.sighting RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds_person(person_id)));
policy partner on identity.suppression RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on identity.tally RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on journal.fact RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds_inquiry(chain_id)));
policy partner on journal.parked RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on nurture.enrolment RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds(lead_id)));
policy partner on nurture.touch RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on platform.api_token RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (holder_id = ( SELECT platform.current_holder() AS current_holder))));
policy partner on platform.app_user RESTRICTIVE ALL using (((platform.current_holder() IS NULL) OR (holder_id = platform.current_holder()) OR (id = platform.current_user_id())));
policy partner on platform.audit RESTRICTIVE ALL using (((platform.current_holder() IS NULL) OR (user_id = platform.current_user_id())));
policy partner on platform.invitation RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on platform.job RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on platform.mail RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on platform.user_day RESTRICTIVE ALL using (((platform.current_holder() IS NULL) OR (user_id = platform.current_user_id())));
policy partner on qualify.agreement RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on qualify.agreement_signature RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on qualify.dismissal RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on qualify.lead RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds(id)));
policy partner on qualify.lead_inquiry RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds(lead_id)));
policy partner on qualify.ruleset RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.arrival_cell RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.assigned_cell RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.cohort_cell RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.dirty_day RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.extract RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.inquiry_row RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.kept_letter RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.lead_row RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR distribute.holds(lead_id)));
policy partner on report.lead_search RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.list_count RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.list_counting RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.saved_view RESTRICTIVE ALL using (((( SELECT platform.current_holder() AS current_holder) IS NULL) OR (user_id = platform.current_user_id())));
policy partner on report.wait_cell RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on report.works_cell RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on revenue.before_import RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on revenue.claim RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on revenue.credit RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on revenue.invoice RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on revenue.opportunity RESTRICTIVE ALL using (((platform.current_holder() IS NULL) OR ((lead_id IS NOT NULL) AND distribute.holds(lead_id))));
policy partner on revenue.opportunity_reference RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy workspace on capture.delivery_key PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.import PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.import_change PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.import_chunk PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.import_problem PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.inquiry PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.lead_address PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.lead_mail PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.program PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.program_cost PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.saved_mapping PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on capture.source PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.absence PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.acceptance PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.assignment PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.balance PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.breach PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.credit_back PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.holder PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.holder_record PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.holiday_holder PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.holiday_list PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.offer PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.postcode PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.proposal PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.ruleset PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.share_cut PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.simulated PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.simulation PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.team PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.team_holder PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.territory PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.territory_holder PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on distribute.turn_pool PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.activity PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.answer_taken PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.bulk_change PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.bulk_run PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.call PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.call_list PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.call_script PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.call_target PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.decay_fit PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.diary PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.disposition PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.lead_news PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.link PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.link_answer PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.next_action PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.partner_file PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.playbook_run PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.playbook_step PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.playbook_version PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.proposal PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.registration PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.sent_once PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.verdict_round PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.webhook PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on followup.webhook_delivery PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.account_ref PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.append_answer PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.append_doubt PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.append_key PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.append_provider PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.append_request PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.append_run PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.appended_value PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.base_check PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.bulk_change PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.bulk_run PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.cleanup PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.consent PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.consent_standing PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.erasure PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.import_change PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.mail_domain PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.match_weights PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.merge PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.organization PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.organization_duplicate PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.person PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.possible_duplicate PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.postcode_place PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.privacy_request PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.quality PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.quality_base PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.quality_day PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.reading PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.remembering PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.retention_run PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.search_entry PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.search_word PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.segment PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.segment_member PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.sighting PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.suppression PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on identity.tally PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on journal.cursor PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on journal.fact PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on journal.parked PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on nurture.enrolment PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on nurture.touch PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.api_token PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.app_user PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.audit PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.custom_field PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.invitation PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.job PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.mail PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.session PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.setting PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.user_day PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.workspace PERMISSIVE ALL using ((id = platform.current_workspace()));
policy workspace on qualify.agreement PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on qualify.agreement_signature PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on qualify.dismissal PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on qualify.lead PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on qualify.lead_inquiry PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on qualify.ruleset PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.arrival_cell PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.assigned_cell PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.cohort_cell PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.dirty_day PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.extract PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.inquiry_row PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.kept_letter PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.lead_row PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.lead_search PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.list_count PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.list_counting PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.saved_view PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.wait_cell PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on report.works_cell PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on revenue.before_import PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on revenue.claim PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on revenue.credit PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on revenue.invoice PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on revenue.opportunity PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on revenue.opportunity_reference PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));

-- grants
grant delete, insert, select, update on capture.delivery_key to baton_app;
grant delete, insert, select, update on capture.import to baton_app;
grant delete, insert, select, update on capture.import_change to baton_app;
grant delete, insert, select, update on capture.import_chunk to baton_app;
grant delete, insert, select, update on capture.import_problem to baton_app;
grant delete, insert, select, update on capture.inquiry to baton_app;
grant delete, insert, select, update on capture.lead_address to baton_app;
grant delete, insert, select, update on capture.lead_mail to baton_app;
grant delete, insert, select, update on capture.program to baton_app;
grant delete, insert, select, update on capture.program_cost to baton_app;
grant delete, insert, select, update on capture.saved_mapping to baton_app;
grant delete, insert, select, update on capture.source to baton_app;
grant delete, insert, select, update on distribute.absence to baton_app;
grant delete, insert, select, update on distribute.acceptance to baton_app;
grant delete, insert, select, update on distribute.assignment to baton_app;
grant delete, insert, select, update on distribute.balance to baton_app;
grant delete, insert, select, update on distribute.breach to baton_app;
grant delete, insert, select, update on distribute.credit_back to baton_app;
grant delete, insert, select, update on distribute.holder to baton_app;
grant delete, insert, select, update on distribute.holder_record to baton_app;
grant delete, insert, select, update on distribute.holiday_holder to baton_app;
grant delete, insert, select, update on distribute.holiday_list to baton_app;
grant delete, insert, select, update on distribute.offer to baton_app;
grant delete, insert, select, update on distribute.postcode to baton_app;
grant delete, insert, select, update on distribute.proposal to baton_app;
grant delete, insert, select, update on distribute.ruleset to baton_app;
grant delete, insert, select, update on distribute.share_cut to baton_app;
grant delete, insert, select, update on distribute.simulated to baton_app;
grant delete, insert, select, update on distribute.simulation to baton_app;
grant delete, insert, select, update on distribute.team to baton_app;
grant delete, insert, select, update on distribute.team_holder to baton_app;
grant delete, insert, select, update on distribute.territory to baton_app;
grant delete, insert, select, update on distribute.territory_holder to baton_app;
grant delete, insert, select, update on distribute.turn_pool to baton_app;
grant delete, insert, select, update on followup.activity to baton_app;
grant delete, insert, select, update on followup.answer_taken to baton_app;
grant delete, insert, select, update on followup.bulk_change to baton_app;
grant delete, insert, select, update on followup.bulk_run to baton_app;
grant delete, insert, select, update on followup.call to baton_app;
grant delete, insert, select, update on followup.call_list to baton_app;
grant delete, insert, select, update on followup.call_script to baton_app;
grant delete, insert, select, update on followup.call_target to baton_app;
grant delete, insert, select, update on followup.decay_fit to baton_app;
grant delete, insert, select, update on followup.diary to baton_app;
grant delete, insert, select, update on followup.disposition to baton_app;
grant delete, insert, select, update on followup.lead_news to baton_app;
grant delete, insert, select, update on followup.link to baton_app;
grant delete, insert, select, update on followup.link_answer to baton_app;
grant delete, insert, select, update on followup.next_action to baton_app;
grant delete, insert, select, update on followup.partner_file to baton_app;
grant delete, insert, select, update on followup.playbook_run to baton_app;
grant delete, insert, select, update on followup.playbook_step to baton_app;
grant delete, insert, select, update on followup.playbook_version to baton_app;
grant delete, insert, select, update on followup.proposal to baton_app;
grant delete, insert, select, update on followup.registration to baton_app;
grant delete, insert, select, update on followup.sent_once to baton_app;
grant delete, insert, select, update on followup.verdict_round to baton_app;
grant delete, insert, select, update on followup.webhook to baton_app;
grant delete, insert, select, update on followup.webhook_delivery to baton_app;
grant delete, insert, select, update on identity.account_ref to baton_app;
grant delete, insert, select, update on identity.append_answer to baton_app;
grant delete, insert, select, update on identity.append_doubt to baton_app;
grant delete, insert, select, update on identity.append_key to baton_app;
grant delete, insert, select, update on identity.append_provider to baton_app;
grant delete, insert, select, update on identity.append_request to baton_app;
grant delete, insert, select, update on identity.append_run to baton_app;
grant delete, insert, select, update on identity.appended_value to baton_app;
grant delete, insert, select, update on identity.base_check to baton_app;
grant delete, insert, select, update on identity.bulk_change to baton_app;
grant delete, insert, select, update on identity.bulk_run to baton_app;
grant delete, insert, select, update on identity.cleanup to baton_app;
grant delete, insert, select, update on identity.consent_standing to baton_app;
grant delete, insert, select, update on identity.erasure to baton_app;
grant delete, insert, select, update on identity.import_change to baton_app;
grant delete, insert, select, update on identity.mail_domain to baton_app;
grant delete, insert, select, update on identity.match_weights to baton_app;
grant delete, insert, select, update on identity.merge to baton_app;
grant delete, insert, select, update on identity.organization to baton_app;
grant delete, insert, select, update on identity.organization_duplicate to baton_app;
grant delete, insert, select, update on identity.person to baton_app;
grant delete, insert, select, update on identity.possible_duplicate to baton_app;
grant delete, insert, select, update on identity.postcode_place to baton_app;
grant delete, insert, select, update on identity.privacy_request to baton_app;
grant delete, insert, select, update on identity.quality to baton_app;
grant delete, insert, select, update on identity.quality_base to baton_app;
grant delete, insert, select, update on identity.quality_day to baton_app;
grant delete, insert, select, update on identity.reading to baton_app;
grant delete, insert, select, update on identity.remembering to baton_app;
grant delete, insert, select, update on identity.retention_run to baton_app;
grant delete, insert, select, update on identity.search_entry to baton_app;
grant delete, insert, select, update on identity.search_word to baton_app;
grant delete, insert, select, update on identity.segment to baton_app;
grant delete, insert, select, update on identity.segment_member to baton_app;
grant delete, insert, select, update on identity.sighting to baton_app;
grant delete, insert, select, update on identity.suppression to baton_app;
grant delete, insert, select, update on identity.tally to baton_app;
grant delete, insert, select, update on journal.cursor to baton_app;
grant delete, insert, select, update on journal.parked to baton_app;
grant delete, insert, select, update on nurture.enrolment to baton_app;
grant delete, insert, select, update on nurture.touch to baton_app;
grant delete, insert, select, update on platform.api_token to baton_app;
grant delete, insert, select, update on platform.app_user to baton_app;
grant delete, insert, select, update on platform.custom_field to baton_app;
grant delete, insert, select, update on platform.invitation to baton_app;
grant delete, insert, select, update on platform.job to baton_app;
grant delete, insert, select, update on platform.mail to baton_app;
grant delete, insert, select, update on platform.session to baton_app;
grant delete, insert, select, update on platform.setting to baton_app;
grant delete, insert, select, update on platform.user_day to baton_app;
grant delete, insert, select, update on platform.workspace to baton_app;
grant delete, insert, select, update on qualify.agreement to baton_app;
grant delete, insert, select, update on qualify.agreement_signature to baton_app;
grant delete, insert, select, update on qualify.dismissal to baton_app;
grant delete, insert, select, update on qualify.lead to baton_app;
grant delete, insert, select, update on qualify.lead_inquiry to baton_app;
grant delete, insert, select, update on qualify.ruleset to baton_app;
grant delete, insert, select, update on report.arrival_cell to baton_app;
grant delete, insert, select, update on report.assigned_cell to baton_app;
grant delete, insert, select, update on report.cohort_cell to baton_app;
grant delete, insert, select, update on report.dirty_day to baton_app;
grant delete, insert, select, update on report.extract to baton_app;
grant delete, insert, select, update on report.inquiry_row to baton_app;
grant delete, insert, select, update on report.kept_letter to baton_app;
grant delete, insert, select, update on report.lead_row to baton_app;
grant delete, insert, select, update on report.lead_search to baton_app;
grant delete, insert, select, update on report.list_count to baton_app;
grant delete, insert, select, update on report.list_counting to baton_app;
grant delete, insert, select, update on report.saved_view to baton_app;
grant delete, insert, select, update on report.wait_cell to baton_app;
grant delete, insert, select, update on report.works_cell to baton_app;
grant delete, insert, select, update on revenue.before_import to baton_app;
grant delete, insert, select, update on revenue.claim to baton_app;
grant delete, insert, select, update on revenue.credit to baton_app;
grant delete, insert, select, update on revenue.invoice to baton_app;
grant delete, insert, select, update on revenue.opportunity to baton_app;
grant delete, insert, select, update on revenue.opportunity_reference to baton_app;
grant insert, select on identity.consent to baton_app;
grant insert, select on journal.fact to baton_app;
grant insert, select on platform.audit to baton_app;
grant select on capture.list_part to baton_app;
grant select on extract.activities to baton_app;
grant select on extract.credits to baton_app;
grant select on extract.facts to baton_app;
grant select on extract.handoffs to baton_app;
grant select on extract.holders to baton_app;
grant select on extract.inquiries to baton_app;
grant select on extract.invoices to baton_app;
grant select on extract.leads to baton_app;
grant select on extract.merged_ids to baton_app;
grant select on extract.opportunities to baton_app;
grant select on extract.organizations to baton_app;
grant select on extract.people to baton_app;
grant select on extract.program_costs to baton_app;
grant select on extract.programs to baton_app;
grant select on extract.sources to baton_app;
grant select on extract.territories to baton_app;
grant select on extract.touches to baton_app;
grant select on extract.verdicts to baton_app;
grant select on identity.identity_map to baton_app;
grant select on platform.installation to baton_app;
