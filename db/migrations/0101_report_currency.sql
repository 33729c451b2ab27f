-- Whether anything was sold in another currency than the ledger's is asked of every report: two looks into this index.
create index lead_row_currency on report.lead_row (workspace_id, currency) where value_minor is not null;
