import type { OpenBusiness } from '../distribute/index.ts';
import { sql } from '../platform/db/index.ts';

/** Who has an open opportunity with these organizations and persons: their next lead goes there before anywhere else. */
export const openBusiness: OpenBusiness = (workspaceId, organizationIds, personIds) => sql`
  select y.organization_id as key, y.holder_id, y.opened_at as at from revenue.opportunity y
    where y.workspace_id = ${workspaceId} and y.organization_id = any(${organizationIds}) and y.outcome = 'open' and y.holder_id is not null
  union all
  select y.person_id, y.holder_id, y.opened_at from revenue.opportunity y
    where y.workspace_id = ${workspaceId} and y.person_id = any(${personIds}) and y.outcome = 'open' and y.holder_id is not null`;
