import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Verdict } from '../disposition.rules.ts';

export interface ProposalRow {
  id: string;
  linkId: string;
  leadId: string;
  holderId: string;
  mailId: string;
  at: Date;
  verdict: Verdict;
  words: string;
  reason: string | null;
  valueMinor: number | null;
  currency: string | null;
}

/** What somebody writes now stands for what they wrote before. */
export async function addProposal(tx: Tx, p: ProposalRow): Promise<void> {
  await replaceProposals(tx, [p.leadId], p.holderId, p.at);
  await tx.run(sql`insert into followup.proposal (workspace_id, id, link_id, lead_id, holder_id, mail_id, at, verdict, words, reason, value_minor, currency)
    values (${tx.scope.workspaceId}, ${p.id}, ${p.linkId}, ${p.leadId}, ${p.holderId}, ${p.mailId}, ${p.at}, ${p.verdict}, ${p.words}, ${p.reason}, ${p.valueMinor}, ${p.currency})`);
}

/** What waited for a yes is answered by whatever was said since. */
export async function replaceProposals(tx: Tx, leadIds: readonly string[], holderId: string, at: Date): Promise<void> {
  await tx.run(sql`update followup.proposal set state = 'replaced', settled_at = ${at}
    where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[]) and holder_id = ${holderId} and state = 'open'`);
}

/** Settles an open proposal, once; undefined where it is settled already or is another's. */
export async function settleProposal(tx: Tx, id: string, of: { leadId: string; holderId: string }, state: 'confirmed' | 'left', at: Date): Promise<ProposalRow | undefined> {
  return tx.maybe<ProposalRow>(sql`update followup.proposal set state = ${state}, settled_at = ${at}
    where workspace_id = ${tx.scope.workspaceId} and id = ${id} and lead_id = ${of.leadId} and holder_id = ${of.holderId} and state = 'open'
    returning id, link_id, lead_id, holder_id, mail_id, at, verdict, words, reason, value_minor, currency`);
}

/** How many confirmations were asked for of late: two machines that answer each other come to rest. */
export async function countAsked(tx: Tx, leadId: string, since: Date): Promise<number> {
  return (await tx.one<{ n: number }>(sql`select count(*)::int as n from platform.mail where workspace_id = ${tx.scope.workspaceId} and lead_id = ${leadId} and kind = 'lead.confirm' and created_at > ${since}`)).n;
}
