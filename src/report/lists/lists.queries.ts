import { empty, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Typical } from './judge-list.rules.ts';

export interface ListRow {
  id: string;
  fileName: string;
  kind: string;
  owner: string | null;
  costMinor: number | null;
  source: string | null;
  programId: string | null;
  programName: string | null;
  cameAt: Date;
  /** of the file, its problem rows, and what became of those that came again mended */
  rows: number;
  problems: number;
  mendedRows: number;
  mendedProblems: number;
  people: number;
  again: number;
  fresh: number;
  reachable: number;
  junk: number;
  good: number;
  outOfReach: number;
  unjudged: number;
  leads: number;
  leadPeople: number;
  qualified: number;
  sales: number;
  wonMinor: number;
  foreignSales: number;
}

const most = 1000;

/** Lists of names, the latest first: every import of people; of inquiries those of which somebody said whose they are or what they cost. Not what only brings
 * known people up to date. */
export function listLists(tx: Tx, id?: string): Promise<ListRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`
    with part as materialized (
      select p.list_id, sum((m.counts ->> 'rows')::int) filter (where p.import_id = p.list_id) as rows, sum((m.counts ->> 'problem')::int) filter (where p.import_id = p.list_id) as problems,
        sum((m.counts ->> 'rows')::int) filter (where p.import_id <> p.list_id) as mended_rows, sum((m.counts ->> 'problem')::int) filter (where p.import_id <> p.list_id) as mended_problems
      from capture.list_part p join capture.import m on m.workspace_id = ${workspaceId} and m.id = p.import_id
      where p.workspace_id = ${workspaceId} ${id === undefined ? empty : sql`and p.list_id = ${id}`} group by p.list_id
    )
    select l.id, l.file_name, l.kind, l.settings ->> 'listOwner' as owner, (l.settings ->> 'listCostMinor')::bigint as cost_minor,
      l.settings ->> 'source' as source, g.id as program_id, g.name as program_name, l.started_at as came_at,
      coalesce(p.rows, 0)::int as rows, coalesce(p.problems, 0)::int as problems, coalesce(p.mended_rows, 0)::int as mended_rows, coalesce(p.mended_problems, 0)::int as mended_problems,
      coalesce(c.people, 0) as people, coalesce(c.again, 0) as again, coalesce(c.fresh, 0) as fresh, coalesce(c.reachable, 0) as reachable, coalesce(c.junk, 0) as junk,
      coalesce(c.good, 0) as good, coalesce(c.out_of_reach, 0) as out_of_reach, coalesce(c.unjudged, 0) as unjudged, coalesce(c.leads, 0) as leads, coalesce(c.lead_people, 0) as lead_people, coalesce(c.qualified, 0) as qualified,
      coalesce(c.sales, 0) as sales, coalesce(c.won_minor, 0) as won_minor, coalesce(c.foreign_sales, 0) as foreign_sales
    from part p join capture.import l on l.workspace_id = ${workspaceId} and l.id = p.list_id
    left join report.list_count c on c.workspace_id = ${workspaceId} and c.list_id = p.list_id
    left join capture.program g on g.workspace_id = ${workspaceId} and g.id::text = l.settings ->> 'programId'
    where (l.kind = 'people' or l.settings ?| array['listOwner', 'listCostMinor']) and l.settings ->> 'mode' is distinct from 'update'
    order by l.id desc limit ${most}`);
}

export interface Counting {
  countedAt: Date | null;
  tookMs: number;
  stale: boolean;
}

export async function findCounting(tx: Tx): Promise<Counting> {
  const found = await tx.maybe<Counting>(sql`select counted_at, took_ms, stale from report.list_counting where workspace_id = ${tx.scope.workspaceId}`);
  return found ?? { countedAt: null, tookMs: 0, stale: false };
}

/** The mean of what leads were sold for. */
export async function findUsualSale(tx: Tx, currency: string): Promise<Typical['saleMinor']> {
  const { mean } = await tx.one<{ mean: number | null }>(sql`select avg(value_minor)::float8 as mean from report.lead_row
    where workspace_id = ${tx.scope.workspaceId} and value_minor > 0 and currency = ${currency}`);
  return mean;
}
