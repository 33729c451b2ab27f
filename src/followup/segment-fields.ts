import type { SegmentSource } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import { whoseLeads } from '../qualify/index.ts';

const named = (values: string): { value: string; label: string }[] =>
  values.split(' ').map((value) => ({ value, label: value === 'dont_know' ? 'don’t know' : value }));

/** What segments may ask of followups and verdicts. */
export const followupFields: SegmentSource = {
  rows: [
    {
      name: 'followups',
      from: (workspaceId) => sql`followup.activity a join qualify.lead al on al.workspace_id = ${workspaceId} and al.id = a.lead_id`,
      where: (workspaceId) => sql`a.workspace_id = ${workspaceId}`,
      person: sql`al.person_id`,
      organization: sql`al.organization_id`,
      sums: { n: sql`count(*)::int`, last_at: sql`max(a.at)` },
    },
    {
      name: 'verdicts',
      from: (workspaceId) => sql`followup.disposition d join qualify.lead dl on dl.workspace_id = ${workspaceId} and dl.id = d.lead_id`,
      where: (workspaceId) => sql`d.workspace_id = ${workspaceId} and d.current`,
      person: sql`dl.person_id`,
      organization: sql`dl.organization_id`,
      sums: {},
    },
  ],
  fields: [
    { field: 'followups.count', label: 'number of followups', type: 'number', group: 'Followups', rows: 'followups', sum: 'n', zero: true },
    { field: 'followups.lastAt', label: 'last followup', type: 'instant', group: 'Followups', rows: 'followups', sum: 'last_at' },
    {
      field: 'followups.kind',
      label: 'was followed up by',
      type: 'choice',
      choices: named('call mail visit meeting quote literature note'),
      many: true,
      group: 'Followups',
      rows: 'followups',
      value: sql`a.kind`,
      kept: 'lower',
    },
    {
      field: 'verdict',
      label: 'verdict',
      type: 'choice',
      choices: named('hot warm bad sale dont_know'),
      many: true,
      group: 'Followups',
      rows: 'verdicts',
      value: sql`d.verdict`,
      kept: 'lower',
    },
    { field: 'verdict.reason', label: 'reason of the verdict', type: 'text', many: true, group: 'Followups', rows: 'verdicts', value: sql`d.reason` },
  ],
  hears: ['lead.followedUp', 'lead.historyTold', 'lead.historyWithdrawn', 'lead.judged', 'lead.judgementUndone'],
  touched: (tx, facts) => whoseLeads(tx, facts),
};
