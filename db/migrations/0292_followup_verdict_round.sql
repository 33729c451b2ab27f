-- Once a week a partner is asked for all its overdue verdicts on one page, by a link that needs no login. The leads asked about are kept, so
-- that the page stays the same however often it is opened, and what was answered can be counted (followup.link_answer, by this id).
create table followup.verdict_round (
  workspace_id uuid not null,
  id uuid not null,
  token_hash text not null,
  holder_id uuid not null,
  -- the hour of the week it was sent for: once each
  slot_at timestamptz not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  lead_ids uuid[] not null,
  -- how many were overdue; more than a page holds wait for the next week
  due integer not null,
  primary key (workspace_id, id)
);
create unique index verdict_round_once on followup.verdict_round (workspace_id, holder_id, slot_at);
create index verdict_round_sent on followup.verdict_round (workspace_id, sent_at desc, id desc);
select platform.guard('followup.verdict_round', partner => 'own');
create policy partner on followup.verdict_round as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
