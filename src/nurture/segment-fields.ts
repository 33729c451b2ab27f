import type { SegmentSource } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import { whoseLeads } from '../qualify/index.ts';

/** What segments may ask of what people were sent, and of who is kept warm. What was held back was not sent. */
export const touchFields: SegmentSource = {
  rows: [
    {
      name: 'touches',
      from: (workspaceId) => sql`nurture.touch t join identity.person tp on tp.workspace_id = ${workspaceId} and tp.id = t.person_id`,
      where: (workspaceId) => sql`t.workspace_id = ${workspaceId} and t.held_back is null`,
      person: sql`t.person_id`,
      organization: sql`tp.organization_id`,
      sums: { n: sql`count(*)::int`, last_at: sql`max(t.at)` },
    },
    {
      name: 'warm',
      from: (workspaceId) => sql`nurture.enrolment e join identity.person ep on ep.workspace_id = ${workspaceId} and ep.id = e.person_id`,
      where: (workspaceId) => sql`e.workspace_id = ${workspaceId} and e.ended_at is null`,
      person: sql`e.person_id`,
      organization: sql`ep.organization_id`,
      sums: { n: sql`count(*)::int` },
    },
  ],
  fields: [
    { field: 'touches.count', label: 'number of touches', type: 'number', group: 'Touches', rows: 'touches', sum: 'n', zero: true },
    { field: 'touches.lastAt', label: 'last touch', type: 'instant', group: 'Touches', rows: 'touches', sum: 'last_at' },
    { field: 'touches.channel', label: 'was touched by', type: 'text', many: true, group: 'Touches', rows: 'touches', value: sql`t.channel` },
    { field: 'touches.kind', label: 'was sent', type: 'text', many: true, group: 'Touches', rows: 'touches', value: sql`t.kind` },
    { field: 'nurture.count', label: 'number of leads kept warm', type: 'number', group: 'Touches', rows: 'warm', sum: 'n', zero: true },
  ],
  hears: ['touch.recorded', 'lead.nurtured', 'lead.returned', 'lead.closed', 'lead.judged'],
  async touched(tx, facts) {
    const touched = facts.flatMap(({ data }) => ('personId' in data && typeof data.personId === 'string' ? [data.personId] : []));
    const { people, organizations } = await whoseLeads(tx, facts);
    return { people: [...touched, ...people], organizations };
  },
};
