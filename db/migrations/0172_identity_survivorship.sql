-- When the value of a group of fields was said, where later than the person was first seen; and which groups somebody vouched for:
-- {group: {at, by}}.
alter table identity.person add column name_at timestamptz, add column title_at timestamptz, add column email_at timestamptz, add column phone_at timestamptz,
  add column mobile_at timestamptz, add column organization_at timestamptz, add column address_at timestamptz, add column language_at timestamptz, add column verified jsonb;
alter table identity.organization add column verified jsonb;
