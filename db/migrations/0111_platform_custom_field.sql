-- What a workspace keeps of people, organizations and inquiries beyond what everybody keeps. Values stand in the `custom` column of the thing
-- itself, under the key; a field that is put away keeps its values and can be taken up again.
create table platform.custom_field (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  subject text not null check (subject in ('person', 'organization', 'inquiry')),
  key text not null,
  label text not null,
  type text not null check (type in ('text', 'number', 'date', 'boolean', 'choice', 'money')),
  choices text[] not null default '{}',
  required_from text check (required_from in ('inquiry', 'lead', 'sale')),
  position int not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, subject, key)
);
select platform.guard('platform.custom_field');
