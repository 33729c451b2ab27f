import type { SegmentSource } from '../identity/index.ts';
import { sql, type Tx } from '../platform/db/index.ts';
import { whoseLeads } from '../qualify/index.ts';

/** What segments may ask of purchases: invoices that count (open or paid), in the workspace's currency; credit notes take away. */
export const purchaseFields: SegmentSource = {
  rows: [
    {
      name: 'purchases',
      from: () => sql`revenue.invoice v`,
      where: (workspaceId) => sql`v.workspace_id = ${workspaceId} and v.status in ('open', 'paid')
        and v.currency = (select w.currency from platform.workspace w where w.id = ${workspaceId})`,
      person: sql`v.person_id`,
      organization: sql`v.organization_id`,
      sums: {
        n: sql`(count(*) filter (where v.kind = 'invoice'))::int`,
        total: sql`sum(v.net_minor)::bigint`,
        last_on: sql`max(v.issued_on)`,
        first_on: sql`min(v.issued_on)`,
      },
    },
    {
      name: 'opportunities',
      from: () => sql`revenue.opportunity y`,
      where: (workspaceId) => sql`y.workspace_id = ${workspaceId} and y.outcome = 'open'
        and y.currency = (select w.currency from platform.workspace w where w.id = ${workspaceId})`,
      person: sql`y.person_id`,
      organization: sql`y.organization_id`,
      sums: { n: sql`count(*)::int`, total: sql`sum(y.amount_minor)::bigint` },
    },
  ],
  fields: [
    { field: 'purchases.total', label: 'bought for', type: 'money', group: 'Purchases', rows: 'purchases', sum: 'total', zero: true },
    { field: 'purchases.count', label: 'number of invoices', type: 'number', group: 'Purchases', rows: 'purchases', sum: 'n', zero: true },
    { field: 'purchases.lastOn', label: 'last purchase', type: 'day', group: 'Purchases', rows: 'purchases', sum: 'last_on' },
    { field: 'purchases.firstOn', label: 'first purchase', type: 'day', group: 'Purchases', rows: 'purchases', sum: 'first_on' },
    { field: 'opportunities.count', label: 'number of open opportunities', type: 'number', group: 'Purchases', rows: 'opportunities', sum: 'n', zero: true },
    { field: 'opportunities.total', label: 'worth of open opportunities', type: 'money', group: 'Purchases', rows: 'opportunities', sum: 'total', zero: true },
  ],
  hears: [
    'invoice.recorded',
    'invoice.restated',
    'opportunity.opened',
    'opportunity.moved',
    'opportunity.won',
    'opportunity.lost',
    'opportunity.withdrawn',
  ],
  async touched(tx, facts) {
    // Whose an invoice was before it was restated, or an opportunity before it went, is not said.
    if (facts.some((fact) => fact.type === 'invoice.restated' || fact.type === 'opportunity.withdrawn')) return { everybody: true };
    const { people, organizations } = await whoseLeads(tx, facts);
    const found = await whose(tx, facts.map((fact) => fact.subjectId));
    return {
      people: [...people, ...found.flatMap((one) => one.personId ?? [])],
      organizations: [...organizations, ...found.flatMap((one) => one.organizationId ?? [])],
    };
  },
};

const whose = (tx: Tx, ids: readonly string[]): Promise<{ personId: string | null; organizationId: string | null }[]> =>
  tx.rows(sql`
    select person_id, organization_id from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])
    union select person_id, organization_id from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
