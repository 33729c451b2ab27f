import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Known } from './browser.rules.ts';

export interface LinkAnswerRow {
  id: string;
  linkId: string;
  leadId: string;
  holderId: string;
  at: Date;
  did: string;
  via: 'page' | 'mail' | 'round';
  known: Known;
  browser: string | null;
  mark: Buffer | null;
}

/** Whether a holder answered before in a browser at all, and in the one that bears this mark. */
export async function findAnsweredFrom(tx: Tx, holderId: string, mark: Buffer): Promise<{ any: boolean; here: boolean }> {
  const theirs = sql`select from followup.link_answer where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId}`;
  return tx.one(sql`select exists (${theirs} and mark is not null) as "any", exists (${theirs} and mark = ${mark}) as here`);
}

export async function addLinkAnswers(tx: Tx, rows: readonly LinkAnswerRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.copy(
    'followup.link_answer',
    ['workspace_id', 'id', 'link_id', 'lead_id', 'holder_id', 'at', 'did', 'via', 'known', 'browser', 'mark'],
    rows.map((r) => [tx.scope.workspaceId, r.id, r.linkId, r.leadId, r.holderId, r.at, r.did, r.via, r.known, r.browser, r.mark]),
  );
}
