-- Dumped by `npm run db:schema` (scripts/schema.ts) from a freshly migrated database: read it, never edit or run it.

-- schemas
schema journal;
schema platform;

-- tables
table journal.chain (workspace_id uuid not null,
  chain_id uuid not null,
  seq integer not null,
  hash bytea not null);
table journal.cursor (workspace_id uuid not null,
  subscriber text not null,
  xact xid8 not null,
  fact_id uuid not null,
  moved_at timestamp with time zone not null);
table journal.fact (workspace_id uuid not null,
  id uuid not null,
  xact xid8 not null default pg_current_xact_id(),
  chain_id uuid not null,
  seq integer not null,
  type text not null,
  subject_id uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  data jsonb not null,
  hash bytea not null) partition by RANGE (id);
table journal.parked (workspace_id uuid not null,
  subscriber text not null,
  fact_id uuid not null,
  problem text not null,
  parked_at timestamp with time zone not null);
table platform.api_token (workspace_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  name text not null,
  roles text[] not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone);
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
  problem text);
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
table platform.workspace (id uuid not null,
  name text not null,
  currency character(3) not null default 'EUR'::bpchar,
  locale text not null default 'en'::text,
  time_zone text not null default 'UTC'::text,
  country character(2),
  is_demo boolean not null default false,
  created_at timestamp with time zone not null);

-- partitions
partition journal.fact_2024 FOR VALUES FROM ('018cc251-f400-0000-0000-000000000000') TO ('01941f29-7c00-0000-0000-000000000000');
partition journal.fact_2025 FOR VALUES FROM ('01941f29-7c00-0000-0000-000000000000') TO ('019b76da-a800-0000-0000-000000000000');
partition journal.fact_2026 FOR VALUES FROM ('019b76da-a800-0000-0000-000000000000') TO ('01a2ce8b-d400-0000-0000-000000000000');
partition journal.fact_2027 FOR VALUES FROM ('01a2ce8b-d400-0000-0000-000000000000') TO ('01aa263d-0000-0000-0000-000000000000');
partition journal.fact_2028 FOR VALUES FROM ('01aa263d-0000-0000-0000-000000000000') TO ('01b18314-8800-0000-0000-000000000000');
partition journal.fact_2029 FOR VALUES FROM ('01b18314-8800-0000-0000-000000000000') TO ('01b8dac5-b400-0000-0000-000000000000');
partition journal.fact_2030 FOR VALUES FROM ('01b8dac5-b400-0000-0000-000000000000') TO ('01c03276-e000-0000-0000-000000000000');
partition journal.fact_other DEFAULT;

-- constraints
constraint on journal.chain: chain_pkey PRIMARY KEY (workspace_id, chain_id);
constraint on journal.cursor: cursor_pkey PRIMARY KEY (workspace_id, subscriber);
constraint on journal.cursor: cursor_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on journal.fact: fact_pkey PRIMARY KEY (workspace_id, id);
constraint on journal.parked: parked_pkey PRIMARY KEY (workspace_id, subscriber, fact_id);
constraint on journal.parked: parked_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.api_token: api_token_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.api_token: api_token_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.app_user: app_user_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.app_user: app_user_status_check CHECK ((status = ANY (ARRAY['active'::text, 'invited'::text, 'disabled'::text])));
constraint on platform.app_user: app_user_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
constraint on platform.audit: audit_pkey PRIMARY KEY (workspace_id, id);
constraint on platform.audit: audit_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES platform.workspace(id) ON DELETE CASCADE;
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
constraint on platform.workspace: workspace_pkey PRIMARY KEY (id);

-- indexes
CREATE INDEX app_user_by_email ON platform.app_user USING btree (lower(email));
CREATE INDEX fact_chain ON ONLY journal.fact USING btree (workspace_id, chain_id, seq);
CREATE INDEX fact_order ON ONLY journal.fact USING btree (workspace_id, xact, id);
CREATE INDEX job_due ON platform.job USING btree (workspace_id, due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX mail_due ON platform.mail USING btree (workspace_id, due_at) WHERE (state = 'queued'::text);
CREATE INDEX mail_lead ON platform.mail USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX session_by_user ON platform.session USING btree (workspace_id, user_id);
CREATE UNIQUE INDEX api_token_hash ON platform.api_token USING btree (workspace_id, token_hash);
CREATE UNIQUE INDEX app_user_email ON platform.app_user USING btree (workspace_id, lower(email));
CREATE UNIQUE INDEX app_user_external ON platform.app_user USING btree (workspace_id, external_id);

-- views


-- functions
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
  execute format('alter table %s force row level security', target);
  execute format('create policy workspace on %s using (workspace_id = platform.current_workspace())', target);
  if partner = 'none' then
    execute format('create policy partner on %s as restrictive using (platform.current_holder() is null)', target);
  end if;
  execute format('grant select, insert, update, delete on %s to baton_app', target);
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

-- triggers


-- policies
policy partner on journal.parked RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on platform.api_token RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on platform.app_user RESTRICTIVE ALL using (((platform.current_holder() IS NULL) OR (holder_id = platform.current_holder()) OR (id = platform.current_user_id())));
policy partner on platform.audit RESTRICTIVE ALL using (((platform.current_holder() IS NULL) OR (user_id = platform.current_user_id())));
policy partner on platform.invitation RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on platform.job RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy partner on platform.mail RESTRICTIVE ALL using ((platform.current_holder() IS NULL));
policy workspace on journal.chain PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on journal.cursor PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on journal.fact PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on journal.parked PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.api_token PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.app_user PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.audit PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.invitation PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.job PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.mail PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.session PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.setting PERMISSIVE ALL using ((workspace_id = platform.current_workspace()));
policy workspace on platform.workspace PERMISSIVE ALL using ((id = platform.current_workspace()));

-- grants
grant delete, insert, select, update on journal.chain to baton_app;
grant delete, insert, select, update on journal.cursor to baton_app;
grant delete, insert, select, update on journal.parked to baton_app;
grant delete, insert, select, update on platform.api_token to baton_app;
grant delete, insert, select, update on platform.app_user to baton_app;
grant delete, insert, select, update on platform.invitation to baton_app;
grant delete, insert, select, update on platform.job to baton_app;
grant delete, insert, select, update on platform.mail to baton_app;
grant delete, insert, select, update on platform.session to baton_app;
grant delete, insert, select, update on platform.setting to baton_app;
grant delete, insert, select, update on platform.workspace to baton_app;
grant insert, select on journal.fact to baton_app;
grant insert, select on platform.audit to baton_app;
grant select on platform.installation to baton_app;
