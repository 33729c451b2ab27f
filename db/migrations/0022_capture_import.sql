-- One file on its way in. `done_row` is committed in the same transaction as the rows up to it, so a run that dies goes on exactly there.
create table capture.import (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  kind text,
  file_name text not null,
  file_bytes bigint not null default 0,
  file_hash bytea,
  status text not null check (status in ('uploading', 'analysed', 'waiting', 'running', 'finished', 'cancelled', 'failed', 'undoing', 'undone')),
  shape text,
  analysis jsonb,
  settings jsonb not null default '{}',
  done_row int not null default 0,
  counts jsonb not null default '{}',
  sentences jsonb not null default '[]',
  job_id uuid,
  problem text,
  created_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  primary key (workspace_id, id)
);
create index import_created on capture.import (workspace_id, created_at desc, id desc);
create index import_hash on capture.import (workspace_id, file_hash);
select platform.guard('capture.import', partner => 'none');

-- The file itself, so that one backup holds everything and any process can go on with it.
create table capture.import_chunk (
  workspace_id uuid not null,
  import_id uuid not null,
  n int not null,
  bytes bytea not null,
  primary key (workspace_id, import_id, n),
  foreign key (workspace_id, import_id) references capture.import (workspace_id, id) on delete cascade
);
alter table capture.import_chunk alter column bytes set storage external;
select platform.guard('capture.import_chunk', partner => 'none');

-- A row that could not be taken in ('row'), or was taken in but for one cell ('cell'). The cells are kept as they were.
create table capture.import_problem (
  workspace_id uuid not null,
  import_id uuid not null,
  row int not null,
  n int not null,
  severity text not null check (severity in ('row', 'cell')),
  kind text not null,
  field text,
  sentence text not null,
  cells jsonb,
  primary key (workspace_id, import_id, row, n),
  foreign key (workspace_id, import_id) references capture.import (workspace_id, id) on delete cascade
);
select platform.guard('capture.import_problem', partner => 'none');

-- What a row of ours looked like before an import changed it; undo puts it back.
create table capture.import_change (
  workspace_id uuid not null,
  import_id uuid not null,
  subject text not null,
  subject_id uuid not null,
  before jsonb not null,
  primary key (workspace_id, import_id, subject, subject_id),
  foreign key (workspace_id, import_id) references capture.import (workspace_id, id) on delete cascade
);
select platform.guard('capture.import_change', partner => 'none');

-- A mapping, remembered by the shape of the file it was made for and proposed again.
create table capture.saved_mapping (
  workspace_id uuid not null references platform.workspace (id) on delete cascade,
  id uuid not null,
  name text not null,
  kind text not null,
  shape text not null,
  settings jsonb not null,
  used_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index saved_mapping_shape on capture.saved_mapping (workspace_id, shape, kind);
select platform.guard('capture.saved_mapping', partner => 'none');
