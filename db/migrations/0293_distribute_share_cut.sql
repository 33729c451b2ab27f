-- Who is silent again and again is given less, by a stated rule, until that changes: the part of its share a partner has now, and why. A
-- manager may lift the cut until a day; the partner may contest it.
alter table distribute.holder add column share_part numeric(4, 3) not null default 1 check (share_part > 0 and share_part <= 1);
create table distribute.share_cut (
  workspace_id uuid not null,
  holder_id uuid not null,
  -- as measured, also while it is lifted
  part numeric(4, 3) not null check (part > 0 and part <= 1),
  silent integer not null,
  offered integer not null,
  since timestamptz not null,
  measured_at timestamptz not null,
  contested_at timestamptz,
  contested_by uuid,
  contest_note text,
  lifted_until date,
  lifted_by uuid,
  primary key (workspace_id, holder_id)
);
select platform.guard('distribute.share_cut', partner => 'own');
create policy partner on distribute.share_cut as restrictive using ((select platform.current_holder()) is null or holder_id = (select platform.current_holder()));
