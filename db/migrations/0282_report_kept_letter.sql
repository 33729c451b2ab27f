-- Of which months both sides were told what was kept of the agreement.
create table report.kept_letter (
  workspace_id uuid not null references platform.workspace (id),
  month date not null,
  sent_at timestamptz not null,
  primary key (workspace_id, month)
);
select platform.guard('report.kept_letter', partner => 'none');
