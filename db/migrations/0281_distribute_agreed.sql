-- By when a verdict, and so many attempts, were owed by the agreement under which a lead was given: set on accepting and never after, so that
-- keeping is judged by the instants that were promised, in the business time of whoever held it then.
alter table distribute.assignment add column judge_by timestamptz, add column tries_by timestamptz;
