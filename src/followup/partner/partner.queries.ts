import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Verdict } from '../disposition.rules.ts';

export interface ProposalSeen {
  id: string;
  at: Date;
  verdict: Verdict;
  words: string | null;
  reason: string | null;
  valueMinor: number | null;
  currency: string | null;
}
/** What this holder wrote of the lead in a mail and was not asked about since; nothing where a verdict was given meanwhile. */
export async function findProposal(tx: Tx, leadId: string, holderId: string): Promise<ProposalSeen | undefined> {
  return tx.maybe<ProposalSeen>(sql`select p.id, p.at, p.verdict, p.words, p.reason, p.value_minor, p.currency from followup.proposal p
    where p.workspace_id = ${tx.scope.workspaceId} and p.lead_id = ${leadId} and p.holder_id = ${holderId} and p.state = 'open'
      and not exists (select from followup.disposition d where d.workspace_id = p.workspace_id and d.lead_id = p.lead_id and d.at > p.at)`);
}

export interface ProposalListed extends ProposalSeen {
  holderName: string;
  state: 'open' | 'confirmed' | 'left' | 'replaced';
}
export const listProposals = (tx: Tx, leadId: string): Promise<ProposalListed[]> =>
  tx.rows(sql`select p.id, p.at, p.verdict, p.words, p.reason, p.value_minor, p.currency, p.state, h.name as holder_name
    from followup.proposal p join distribute.holder h on h.workspace_id = p.workspace_id and h.id = p.holder_id
    where p.workspace_id = ${tx.scope.workspaceId} and p.lead_id = ${leadId} order by p.at desc, p.id desc limit 50`);

/** The latest link that an address, or a mail of ours about a lead, was made for. */
export async function findAnsweredLink(tx: Tx, given: { linkId: string | null; mailIds: readonly string[] }): Promise<string | undefined> {
  const { workspaceId } = tx.scope;
  const found = await tx.maybe<{ id: string }>(sql`
    select k.id from followup.link k where k.workspace_id = ${workspaceId} and k.id = ${given.linkId}
    union all
    (select k.id from platform.mail m join followup.link k on k.workspace_id = m.workspace_id and k.lead_id = m.lead_id and k.holder_id = m.holder_id
     where m.workspace_id = ${workspaceId} and ${given.linkId}::uuid is null and m.id = any(${given.mailIds}::uuid[]) and m.kind like 'lead.%'
     order by m.created_at desc, k.created_at desc limit 1)
    limit 1`);
  return found?.id;
}

/** Addresses of a holder: its own, and those of its users who may sign in. */
export async function findAddressesOf(tx: Tx, holderId: string): Promise<{ own: string | null; active: boolean; all: string[] }> {
  return tx.one(sql`
    select lower(coalesce(h.email, (select u.email from platform.app_user u where u.workspace_id = h.workspace_id and u.id = h.user_id))) as own, h.active,
      array(select lower(u.email) from platform.app_user u where u.workspace_id = h.workspace_id and (u.holder_id = h.id or u.id = h.user_id) and u.status <> 'disabled' and u.email is not null) as "all"
    from distribute.holder h where h.workspace_id = ${tx.scope.workspaceId} and h.id = ${holderId}`);
}
