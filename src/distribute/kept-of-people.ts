import { sql } from '../platform/db/index.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import { othersMin } from '../platform/personal-data.ts';
import { closeCustody } from './end-custody.ts';

/** Who held their leads stays; why somebody declined may speak of them. */
export const distributeKeeps: PersonalData = {
  holds: {
    'distribute.assignment': {
      erased: ['decline_reason', 'decided', 'pause_reason'],
      kept: { 'why this holder: territories, turns and capacities': ['why', 'end_reason', 'reasons', 'grade'] },
    },
    'distribute.simulated': { erased: [], kept: { 'who would have had it, and why': ['because', 'came'] } },
  },
  spared: {
    'those who work leads, and where': [
      'distribute.holder', 'distribute.absence', 'distribute.territory', 'distribute.territory_holder', 'distribute.balance', 'distribute.turn_pool', 'distribute.credit_back',
      'distribute.ruleset', 'distribute.team', 'distribute.team_holder', 'distribute.offer', 'distribute.holder_record', 'distribute.simulation', 'distribute.share_cut', 'distribute.breach', 'distribute.holiday_list', 'distribute.holiday_holder', 'distribute.postcode',
    ],
    'sums of places, and the rules of territories made from them': ['distribute.proposal', 'distribute.acceptance'],
  },
  async gather(tx, { leadIds }) {
    const rows = await tx.rows<{ words: string }>(sql`select w.words from (
        select distinct decline_reason as words from distribute.assignment where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[]) and decline_reason is not null) w
      where (select count(distinct a.lead_id) from distribute.assignment a
        where a.workspace_id = ${tx.scope.workspaceId} and a.decline_reason = w.words and a.lead_id <> all(${leadIds}::uuid[])) >= ${othersMin}`);
    return { ours: rows.map(({ words }) => words) };
  },
  async tell(tx, { leadIds }) {
    const rows = await tx.rows<Record<string, string | Date | null>>(sql`
      select h.name as holder, h.kind, a.started_at, a.accepted_at, a.declined_at, a.decline_reason, a.paused_until, a.pause_reason, a.ended_at, a.end_reason
      from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
      where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = any(${leadIds}::uuid[]) order by a.lead_id, a.sequence, a.started_at`);
    return [{ key: 'holders', title: 'Who was given their leads', rows }];
  },
  async erase(tx, cx, { leadIds, ours }, { at }) {
    await closeCustody(tx, cx, leadIds, 'erased', at);
    await tx.run(sql`update distribute.assignment set decided = null, decline_reason = case when decline_reason = any(${ours}::text[]) then decline_reason
        when decline_reason is not null then 'erased' end, pause_reason = case when pause_reason is not null then 'erased' end
      where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[])`);
  },
};
