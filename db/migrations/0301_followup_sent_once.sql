-- What was sent with an idempotency key, with its answer: a browser that lost the line may send again and is answered the same, and nothing
-- happens twice. Kept for a month.
create table followup.sent_once (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  who text not null,
  key text not null,
  -- what was asked, hashed: the same key for something else is refused
  request bytea not null,
  lead_id uuid not null,
  answer jsonb,
  at timestamptz not null,
  primary key (workspace_id, who, key)
);
create index sent_once_lead on followup.sent_once (workspace_id, lead_id);
create index sent_once_age on followup.sent_once (workspace_id, at);
select platform.guard('followup.sent_once', partner => 'own');
create policy partner on followup.sent_once as restrictive using ((select platform.current_holder()) is null or who = (select platform.current_holder())::text);
