import { toldApart } from '../../distribute/index.ts';
import type { TerritoryRules, Where } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { PlaceSums } from './profile.rules.ts';

export interface PlaceRow extends PlaceSums {
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
  /** the least of its kind, where territories ask for size */
  employees: number | null;
  annualRevenueMinor: number | null;
  /** added after, where territories ask for it */
  where?: Where | null;
  /** of leads, where territories ask for it */
  product: string | null;
  /** of a named account */
  organizationId: string | null;
  /** how many of them are among those asked for */
  worked: number;
}

/**
 * Every organization, every person without one, and every open lead, summed by where it is and its class. Worth is what was invoiced since
 * `sinceOn` in the workspace's currency, to the organization or to somebody of it, under the ids they had then. Customers are in class A while those worth
 * more make less than 80 % of all, in B up to 95 %, else in C. `potential` names an own field of organizations; what is no number there is left out.
 */
export async function sumPlaces(tx: Tx, sinceOn: string, potential: string | null, workedWith: readonly string[], rules: readonly TerritoryRules[]): Promise<PlaceRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows<PlaceRow>(sql`
    with billed as (
      select coalesce(o.survivor_id, o.id, po.survivor_id, po.id, ps.id) as id, sum(v.net_minor)::bigint as worth
      from revenue.invoice v
      left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = v.organization_id
      left join identity.person p on p.workspace_id = ${workspaceId} and p.id = v.person_id
      left join identity.person ps on ps.workspace_id = ${workspaceId} and ps.id = case when p.survivor_id is null then p.id else p.survivor_id end
      left join identity.organization po on po.workspace_id = ${workspaceId} and po.id = ps.organization_id
      where v.workspace_id = ${workspaceId} and v.status in ('open', 'paid') and v.issued_on >= ${sinceOn}::date
        and v.currency = (select w.currency from platform.workspace w where w.id = ${workspaceId})
      group by 1),
    who as (
      select o.id, o.country, o.state, o.postal_code, o.vertical, ${toldApart(rules, sql`o.id`)}, o.is_customer or b.id is not null as customer, coalesce(b.worth, 0) as worth,
        ${potential === null ? sql`null::numeric` : sql`case when o.custom->>${potential} ~ '^-?[0-9]{1,15}([.][0-9]{1,9})?$' then (o.custom->>${potential})::numeric end`} as potential
      from identity.organization o left join billed b on b.id = o.id
      where o.workspace_id = ${workspaceId} and o.survivor_id is null and o.retired_at is null
      union all
      select p.id, p.country, p.state, p.postal_code, null, null, null, null, null, b.id is not null, coalesce(b.worth, 0), null
      from identity.person p left join billed b on b.id = p.id
      where p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null and p.organization_id is null),
    ranked as (
      select who.*, sum(greatest(worth, 0)) over (partition by customer order by worth desc, id) - greatest(worth, 0) as before, sum(greatest(worth, 0)) over (partition by customer) as whole from who),
    worked as (select unnest(${workedWith}::uuid[]) as id),
    classed as (
      select ranked.id, country, state, postal_code, vertical, organization_id, employees, annual_revenue_minor, product, worth, potential,
        case when not customer then 'prospect' when worth <= 0 or before >= 0.95 * whole then 'C' when before >= 0.8 * whole then 'B' else 'A' end as class
      from ranked)
    select country, state, postal_code, vertical, organization_id, employees, annual_revenue_minor, product, class, count(*)::int as count, sum(worth)::bigint as worth_minor, sum(potential)::float8 as potential,
      count(worked.id)::int as worked
    from classed left join worked on worked.id = classed.id group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    union all
    select l.country, l.state, l.postal_code, l.vertical, ${toldApart(rules, sql`l.organization_id`, sql`l.product`)}, 'lead', count(*)::int, 0, null, 0
    from qualify.lead l left join identity.organization o on o.workspace_id = l.workspace_id and o.id = l.organization_id
    where l.workspace_id = ${workspaceId} and l.closed_at is null group by 1, 2, 3, 4, 5, 6, 7, 8`);
}

/** Organizations, and people who asked without one, that have or had a lead or have an open opportunity: whoever works with anybody works with one of them. */
export const listKnownToHolders = (tx: Tx): Promise<{ id: string; isOrganization: boolean }[]> =>
  tx.rows(sql`select coalesce(x.organization_id, x.person_id) as id, x.organization_id is not null as is_organization from (
      select l.organization_id, case when l.organization_id is null then l.person_id end as person_id from qualify.lead l where l.workspace_id = ${tx.scope.workspaceId}
      union
      select y.organization_id, case when y.organization_id is null then y.person_id end from revenue.opportunity y where y.workspace_id = ${tx.scope.workspaceId} and y.outcome = 'open') x
    where x.organization_id is not null or x.person_id is not null`);

export const listActiveHolders = async (tx: Tx): Promise<string[]> =>
  (await tx.rows<{ id: string }>(sql`select id from distribute.holder where workspace_id = ${tx.scope.workspaceId} and active and kind in ('rep', 'partner')`)).map(({ id }) => id);
