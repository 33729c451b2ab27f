import type { PeopleWorth } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';

/**
 * What people are worth by their open business, in the workspace's currency: an open opportunity its amount times its probability; an open lead without
 * one the usual sale (the median invoice that counts) times the share of leads of its grade that were sold. Where few of a grade have ended, the share leans
 * on 30, 10 and 3 in 100 for hot, warm and cold, as much as twenty leads would.
 */
export const peopleWorth: PeopleWorth = {
  rows: (workspaceId) => sql`
    select y.person_id, round(y.amount_minor * y.probability / 100.0)::bigint as worth_minor, 'opportunity' as kind, y.name as label, y.probability / 100.0 as chance, y.amount_minor as of_minor
    from revenue.opportunity y
    where y.workspace_id = ${workspaceId} and y.outcome = 'open' and y.person_id is not null and y.amount_minor > 0
      and y.currency = (select w.currency from platform.workspace w where w.id = ${workspaceId})
    union all
    select l.person_id, round(u.amount * c.chance)::bigint, 'lead', l.grade, c.chance, u.amount::bigint
    from qualify.lead l
    join (select g.grade, (count(e.id) filter (where e.fate = 'sold') + 20 * g.usual) / (count(e.id) + 20) as chance
      from (values ('hot', 0.3), ('warm', 0.1), ('cold', 0.03)) as g (grade, usual)
      left join qualify.lead e on e.workspace_id = ${workspaceId} and e.grade = g.grade and e.fate in ('sold', 'bad', 'lost') group by g.grade, g.usual) c on c.grade = l.grade
    cross join (select percentile_cont(0.5) within group (order by v.net_minor) as amount from revenue.invoice v
      where v.workspace_id = ${workspaceId} and v.kind = 'invoice' and v.status in ('open', 'paid') and v.net_minor > 0
        and v.currency = (select w.currency from platform.workspace w where w.id = ${workspaceId})) u
    where l.workspace_id = ${workspaceId} and l.closed_at is null and u.amount is not null
      and not exists (select 1 from revenue.opportunity y where y.workspace_id = ${workspaceId} and y.lead_id = l.id and y.outcome = 'open')`,
  sold: (workspaceId) => sql`
    select y.person_id, sum(y.amount_minor)::bigint as sold_minor from revenue.opportunity y
    where y.workspace_id = ${workspaceId} and y.outcome = 'won' and y.person_id is not null and y.amount_minor > 0
      and y.currency = (select w.currency from platform.workspace w where w.id = ${workspaceId}) group by 1`,
};
