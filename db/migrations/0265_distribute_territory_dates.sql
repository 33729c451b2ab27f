-- From which day on a territory has leads, and until which, in the days of the company; null: always.
alter table distribute.territory
  add column starts_on date,
  add column ends_on date,
  add constraint territory_dates_check check (ends_on >= starts_on);
