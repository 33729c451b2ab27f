import { sql } from '../platform/db/index.ts';
import type { PersonalData } from '../platform/personal-data.ts';

/** That they were written to stays, for the budget of contacts and the reports; nurture lets go of who is closed. */
export const nurtureKeeps: PersonalData = {
  holds: {
    'nurture.enrolment': { erased: ['signal', 'why'], kept: { 'words of ours': ['end_reason'] } },
    'nurture.touch': { erased: [], kept: { 'words of ours': ['channel', 'kind', 'held_back'] } },
  },
  spared: {},
  async tell(tx, { personIds, leadIds }) {
    const { workspaceId } = tx.scope;
    return [
      {
        key: 'touches',
        title: 'What we sent them, or held back',
        rows: await tx.rows(sql`select at, channel, kind, held_back from nurture.touch where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[]) order by at, id`),
      },
      {
        key: 'nurture',
        title: 'Kept warm',
        rows: await tx.rows(sql`select started_at, until_at, why, ended_at, end_reason from nurture.enrolment
          where workspace_id = ${workspaceId} and (person_id = any(${personIds}::uuid[]) or lead_id = any(${leadIds}::uuid[])) order by started_at, id`),
      },
    ];
  },
  async erase(tx, _cx, { personIds, leadIds }, { at }) {
    await tx.run(sql`update nurture.enrolment set why = 'erased', signal = null, ended_at = coalesce(ended_at, ${at}), end_reason = coalesce(end_reason, 'erased')
      where workspace_id = ${tx.scope.workspaceId} and (person_id = any(${personIds}::uuid[]) or lead_id = any(${leadIds}::uuid[]))`);
  },
};
