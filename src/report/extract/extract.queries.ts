import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Extract } from './extract.contract.ts';

export type ExtractRow = Omit<Extract, 'askedAt' | 'seenAt' | 'finishedAt'> & {
  askedAt: Date;
  seenAt: Date | null;
  finishedAt: Date | null;
  /** the transaction before which every fact is in its files */
  horizon: number | null;
};

const view = sql`select e.id, e.number, e.datasets, e.format, e.since, e.state, e.problem, e.job_id, e.asked_at, u.name as asked_by, e.seen_at, e.finished_at, e.files, e.horizon,
    case when e.state = 'running' and j.state = 'running' then json_build_object('done', j.done, 'total', j.total, 'note', j.note) end as progress
  from report.extract e left join platform.job j on j.workspace_id = e.workspace_id and j.id = e.job_id left join platform.app_user u on u.workspace_id = e.workspace_id and u.id = e.asked_by`;

export const listExtracts = (tx: Tx, limit: number): Promise<ExtractRow[]> =>
  tx.rows(sql`${view} where e.workspace_id = ${tx.scope.workspaceId} order by e.number desc limit ${limit}`);

export const findExtract = (tx: Tx, id: string): Promise<ExtractRow | undefined> =>
  tx.maybe(sql`${view} where e.workspace_id = ${tx.scope.workspaceId} and e.id = ${id}`);

export const findExtractNumbered = (tx: Tx, number: number): Promise<ExtractRow | undefined> =>
  tx.maybe(sql`${view} where e.workspace_id = ${tx.scope.workspaceId} and e.number = ${number}`);

/** The latest that was finished, whether or not its files are still kept. */
export const findLatest = (tx: Tx): Promise<ExtractRow | undefined> =>
  tx.maybe(sql`${view} where e.workspace_id = ${tx.scope.workspaceId} and e.state in ('finished', 'removed') order by e.number desc limit 1`);

/** Columns of the views, without the workspace, in their order. */
export const listColumns = (tx: Tx): Promise<{ dataset: string; name: string; type: string }[]> =>
  tx.rows(sql`select c.relname as dataset, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'extract' and c.relkind = 'v' and a.attnum > 0 and not a.attisdropped and a.attname <> 'workspace_id'
    order by c.relname, a.attnum`);
