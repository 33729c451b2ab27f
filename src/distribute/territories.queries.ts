import { namedByLead } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { sizeBounds } from './territory.rules.ts';
import type { Place, TerritoryRules } from './territory.rules.ts';

export interface TerritoryRow {
  id: string;
  /** the one it lies under */
  parentId: string | null;
  name: string;
  position: number;
  rules: TerritoryRules;
  overflow: boolean;
  /** business minutes of the company before it overflows */
  waitMost: number | null;
  active: boolean;
  /** the first and the last day on which it has leads; null: always */
  startsOn: string | null;
  endsOn: string | null;
  /** the named accounts there are */
  accounts: { id: string; name: string }[];
  holders: { holderId: string; name: string; weight: number; active: boolean }[];
}

/** The accounts a territory names, what was merged as its survivor. */
const accountsNow = sql`array(select distinct coalesce(o.survivor_id, a.id::uuid) from jsonb_array_elements_text(t.rules->'accounts') a(id)
  left join identity.organization o on o.workspace_id = t.workspace_id and o.id = a.id::uuid)`;
export const rulesNow = sql`case when t.rules ? 'accounts' then jsonb_set(t.rules, '{accounts}', to_jsonb(${accountsNow})) else t.rules end`;

export async function listTerritories(tx: Tx): Promise<TerritoryRow[]> {
  return tx.rows<TerritoryRow>(sql`
    select t.id, t.parent_id, t.name, t.position, ${rulesNow} as rules, coalesce((select json_agg(json_build_object('id', o.id, 'name', o.name) order by lower(o.name), o.id)
      from identity.organization o where o.workspace_id = t.workspace_id and o.id = any(${accountsNow})), '[]') as accounts,
      t.overflow, t.wait_most, t.active, t.starts_on, t.ends_on, coalesce((
      select json_agg(json_build_object('holderId', h.id, 'name', h.name, 'weight', th.weight::float8, 'active', h.active) order by lower(h.name), h.id)
      from distribute.territory_holder th join distribute.holder h on h.workspace_id = th.workspace_id and h.id = th.holder_id
      where th.workspace_id = t.workspace_id and th.territory_id = t.id), '[]') as holders
    from distribute.territory t where t.workspace_id = ${tx.scope.workspaceId} order by t.position, t.id`);
}

/**
 * What territories tell leads and organizations apart by beside their places, as four columns: `organization_id` of a named account, `employees` and `annual_revenue_minor` as the
 * least of their kind, since of all between two bounds any is as good as the other, and `product`; null where nobody asks. `o` is the organization, `id` what stands for it,
 * `product` what it is about: nothing where it is no lead.
 */
export function toldApart(rules: readonly TerritoryRules[], id: Sql, product: Sql = sql`null::text`): Sql {
  const bounds = sizeBounds(rules);
  const least = (size: Sql, asked: readonly number[]): Sql => (asked.length === 0 ? sql`null::bigint` : sql`(select max(b) from unnest(${asked}::bigint[]) b where b <= ${size})`);
  return sql`case when ${id} = any(${rules.flatMap(({ accounts }) => accounts ?? [])}::uuid[]) then ${id} end as organization_id,
    ${least(sql`o.employees`, bounds.employees)} as employees, ${least(sql`o.annual_revenue_minor`, bounds.annualRevenueMinor)} as annual_revenue_minor,
    ${rules.some(({ products }) => products?.length) ? product : sql`null::text`} as product`;
}

/** The places of recent leads, counted, for the coverage check; told apart as far as the rules of territories do. */
export async function countPlaces(tx: Tx, since: Date, rules: readonly TerritoryRules[]): Promise<(Place & { leads: number })[]> {
  return tx.rows(sql`select l.country, l.state, l.postal_code, l.vertical, ${toldApart(rules, sql`o.id`, sql`l.product`)}, count(*)::int as leads
    from qualify.lead l ${namedByLead(sql`l`)}
    where l.workspace_id = ${tx.scope.workspaceId} and l.qualified_at >= ${since} group by 1, 2, 3, 4, 5, 6, 7, 8 order by leads desc limit 20000`);
}

export const findTimeZone = async (tx: Tx): Promise<string> =>
  (await tx.one<{ timeZone: string }>(sql`select time_zone from platform.workspace where id = ${tx.scope.workspaceId}`)).timeZone;
