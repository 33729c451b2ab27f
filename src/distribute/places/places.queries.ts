import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

/** By country, how many codes are known, and of how many the county. */
export const countPostcodes = (tx: Tx): Promise<{ country: string; codes: number; withCounty: number }[]> =>
  tx.rows(sql`select country, count(distinct code)::int as codes, count(distinct code) filter (where county is not null)::int as with_county
    from distribute.postcode where workspace_id = ${tx.scope.workspaceId} group by country order by country`);

/** Names of counties that contain what was typed. */
export const listCounties = async (tx: Tx, typed: string, limit: number): Promise<{ county: string; state: string | null; country: string }[]> =>
  tx.rows(sql`select distinct county, state, country from distribute.postcode
    where workspace_id = ${tx.scope.workspaceId} and county is not null and position(lower(${typed}) in lower(county)) > 0 order by county, state, country limit ${limit}`);

/** The postcodes of leads since, counted. */
export const countCodesOfLeads = (tx: Tx, since: Date): Promise<{ country: string; postalCode: string | null; leads: number }[]> =>
  tx.rows(sql`select coalesce(country, '') as country, postal_code, count(*)::int as leads from qualify.lead
    where workspace_id = ${tx.scope.workspaceId} and qualified_at >= ${since} group by 1, 2`);
