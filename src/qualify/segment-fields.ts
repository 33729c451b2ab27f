import type { SegmentSource } from '../identity/index.ts';
import { sql, type Tx } from '../platform/db/index.ts';

const grades = ['hot', 'warm', 'cold'].map((value) => ({ value, label: value }));
const fates = ['sold', 'bad', 'lost'].map((value) => ({ value, label: value }));

/** What segments may ask of leads. Leads that were withdrawn or went into another are none. */
export const leadFields: SegmentSource = {
  rows: [
    {
      name: 'leads',
      from: () => sql`qualify.lead l`,
      where: (workspaceId) => sql`l.workspace_id = ${workspaceId} and (l.fate is null or l.fate not in ('withdrawn', 'merged'))`,
      person: sql`l.person_id`,
      organization: sql`l.organization_id`,
      sums: {
        n: sql`count(*)::int`,
        open: sql`(count(*) filter (where l.closed_at is null))::int`,
        score: sql`max(l.score)`,
        last_at: sql`max(l.qualified_at)`,
      },
    },
  ],
  fields: [
    { field: 'leads.count', label: 'number of leads', type: 'number', group: 'Leads', rows: 'leads', sum: 'n', zero: true },
    { field: 'leads.open', label: 'number of open leads', type: 'number', group: 'Leads', rows: 'leads', sum: 'open', zero: true },
    { field: 'leads.score', label: 'best score', type: 'number', group: 'Leads', rows: 'leads', sum: 'score' },
    { field: 'leads.lastAt', label: 'last became a lead', type: 'instant', group: 'Leads', rows: 'leads', sum: 'last_at' },
    { field: 'leads.grade', label: 'grade', type: 'choice', choices: grades, many: true, group: 'Leads', rows: 'leads', value: sql`l.grade`, kept: 'lower' },
    { field: 'leads.fate', label: 'how it ended', type: 'choice', choices: fates, many: true, group: 'Leads', rows: 'leads', value: sql`l.fate`, kept: 'lower' },
    { field: 'leads.product', label: 'product of the lead', type: 'text', many: true, group: 'Leads', rows: 'leads', value: sql`l.product` },
  ],
  hears: ['lead.qualified', 'lead.joined', 'lead.merged', 'lead.rescored', 'lead.answered', 'lead.withdrawn', 'lead.closed', 'lead.reopened'],
  touched: (tx, facts) => whoseLeads(tx, facts),
};

/** Whose leads these facts are about. */
export async function whoseLeads(
  tx: Tx,
  facts: readonly { data: object }[],
): Promise<{ people: string[]; organizations: string[] }> {
  const ids = new Set<string>();
  for (const { data } of facts)
    for (const key of ['leadId', 'intoLeadId'])
      if (key in data && typeof (data as Record<string, unknown>)[key] === 'string') ids.add((data as Record<string, string>)[key]!);
  if (ids.size === 0) return { people: [], organizations: [] };
  const rows = await tx.rows<{ personId: string; organizationId: string | null }>(sql`select person_id, organization_id from qualify.lead
    where workspace_id = ${tx.scope.workspaceId} and id = any(${[...ids]}::uuid[])`);
  return { people: [...new Set(rows.map((row) => row.personId))], organizations: [...new Set(rows.flatMap((row) => row.organizationId ?? []))] };
}
