-- The turn by which somebody got a lead that turned out to be none is given back: it is taken out of the accounts of all who shared in it. Kept with
-- what was taken out, so that a verdict that is changed or undone puts back exactly that.
create table distribute.credit_back (
  workspace_id uuid not null,
  -- the hand-off by which it was dealt
  assignment_id uuid not null,
  lead_id uuid not null,
  -- of the territory, team or rule whose turn it was
  account_id uuid not null,
  grade text not null check (grade in ('hot', 'warm', 'cold')),
  holder_id uuid not null,
  -- who had earned a part of the lead, and which
  holders uuid[] not null,
  shares double precision[] not null check (cardinality(shares) = cardinality(holders)),
  reason text not null,
  given_at timestamptz not null,
  -- the verdict it was given for stands no more
  taken_at timestamptz,
  primary key (workspace_id, assignment_id)
);
create index credit_back_lead on distribute.credit_back (workspace_id, lead_id);
select platform.guard('distribute.credit_back', partner => 'none');

-- Somebody who is away earns nothing and owes nothing, or, where it was said when the absence was recorded, goes on earning turns and is given them afterwards.
alter table distribute.absence add column catch_up boolean not null default false;
