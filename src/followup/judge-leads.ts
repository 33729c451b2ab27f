import { closeCustody, firstFollowup, lastHolders, lockHolders, restoreCustody } from '../distribute/index.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import { readSetting } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { morningOf } from '../platform/values/period.rules.ts';
import { closeLeads, reopenLeads } from '../qualify/index.ts';
import { consequenceOf, lacksReason, reasonNeeded } from './disposition.rules.ts';
import type { Consequence, Verdict } from './disposition.rules.ts';
import { refuseLacking } from './required-fields.ts';
import { findCurrent, findHouse, lockLeads, replaceCurrent } from './followup.store.ts';
import type { DispositionRow, VerdictVia } from './followup.store.ts';

export interface Judgement {
  leadId: string;
  verdict: Verdict;
  reason?: string | null | undefined;
  valueMinor?: number | null | undefined;
  currency?: string | null | undefined;
  /** warm: when it should come back, or on which day; nurture reads it from the fact */
  until?: Date | { on: string } | null | undefined;
  at: Date;
  byHolderId?: string | null | undefined;
  byUserId?: string | null | undefined;
  via: VerdictVia;
  actor?: string | undefined;
  /** The file it came by. */
  importId?: string | undefined;
  /** Somebody who cannot fill own fields in (a partner) may sell without. */
  mayLack?: boolean | undefined;
}

/**
 * Gives each lead its verdict and lets what follows from it follow: bad and sale close the lead and end its custody, a verdict that
 * keeps it open reopens a closed one and gives it back, and the first verdict that somebody says is the first followup. What was before is kept with
 * the verdict, so that an undo can restore it exactly.
 */
export async function judgeLeads(tx: Tx, cx: Context, judgements: readonly Judgement[]): Promise<void> {
  const inTime = judgements.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  // a lead judged twice in one batch is judged in two rounds
  for (let left = inTime; left.length > 0;) {
    const seen = new Set<string>();
    const round = left.filter((j) => !seen.has(j.leadId) && seen.add(j.leadId));
    left = left.filter((j) => !round.includes(j));
    await judgeOnce(tx, cx, round);
  }
}

async function judgeOnce(tx: Tx, cx: Context, judgements: readonly Judgement[]): Promise<void> {
  if (judgements.some(lacksReason)) refuse('invalid', reasonNeeded.code, reasonNeeded.sentence);
  const ids = judgements.map((j) => j.leadId);
  // What happened elsewhere, and comes by a list or from the books, happened; a person closing a lead here is asked for what is missing.
  await refuseLacking(tx, judgements.filter((j) => j.verdict === 'sale' && j.via === 'app' && !j.mayLack).map((j) => j.leadId));
  const leads = await lockLeads(tx, ids);
  const held = await lockHolders(tx, ids);
  const lastWork = await lastHolders(tx, ids);
  const current = await findCurrent(tx, ids);
  const dontKnowDays = await readSetting(tx, 'dontKnowDays', 14);
  const house = await findHouse(tx);

  const judged = judgements.map((given) => {
    const lead = leads.get(given.leadId) ?? refuse('not-found', 'followup/no-such-lead', 'There is no such lead, or you do not hold it.');
    const custody = held.get(given.leadId) ?? null;
    const consequence = consequenceOf(
      {
        fate: lead.fate,
        closed: lead.closedAt !== null,
        holderKind: custody?.holderKind ?? null,
        workedBefore: lastWork.has(given.leadId),
      },
      given.verdict,
      given.at,
      dontKnowDays,
    );
    if ('refused' in consequence)
      refuse('conflict', 'followup/withdrawn', `This lead is no longer a lead of its own (${consequence.refused}): it cannot be judged.`);
    return { given, lead, custody, consequence: consequence, was: current.get(given.leadId) ?? null };
  });
  const moments = new Map(judgements.map((j) => [j.leadId, j.at]));
  const those = (when: (c: Consequence) => boolean): string[] =>
    judged.filter(({ consequence }) => when(consequence)).map(({ given }) => given.leadId);

  await reopenLeads(
    tx,
    cx,
    judged.flatMap(({ given: { leadId, at }, consequence: { reopen, close } }) => (reopen ? [{ leadId, at, into: close ?? undefined }] : [])),
  );
  await restoreCustody(
    tx,
    cx,
    // its clocks do not start again: a verdict is an answer
    those((c) => c.giveBack).map((leadId) => ({ leadId, snapshot: { ...lastWork.get(leadId)!, clockAt: null } })),
    moments,
  );
  await firstFollowup(
    tx,
    cx,
    // To have said nothing is no followup.
    judged.flatMap(({ given: { leadId, at, via, actor } }) => (via === 'silence' ? [] : [{ leadId, at, via, actor }])),
  );
  // what was closed already has its new fate, and nobody holds it
  const closing = judged.filter(({ consequence }) => consequence.close !== null && !consequence.reopen);
  for (const fate of ['bad', 'sold'] as const)
    await closeCustody(
      tx,
      cx,
      closing.filter(({ consequence }) => consequence.close === fate).map(({ given }) => given.leadId),
      fate,
      moments,
    );
  await closeLeads(
    tx,
    cx,
    closing.map(({ given, consequence }) => ({ leadId: given.leadId, fate: consequence.close!, at: given.at })),
  );

  const rows = judged.map(({ given, lead, custody, consequence, was }): DispositionRow => ({
    id: cx.ids.next(),
    leadId: given.leadId,
    verdict: given.verdict,
    reason: given.reason?.trim() || null,
    valueMinor: given.verdict === 'sale' ? (given.valueMinor ?? null) : null,
    currency: given.verdict === 'sale' && typeof given.valueMinor === 'number' ? (given.currency ?? house.currency) : null,
    at: given.at,
    byHolderId:
      given.byHolderId ??
      (custody && (custody.holderKind === 'rep' || custody.holderKind === 'partner')
        ? custody.holderId
        : (lastWork.get(given.leadId)?.holderId ?? null)),
    byUserId: given.byUserId ?? null,
    via: given.via,
    importId: given.importId ?? null,
    expiresAt: consequence.expiresAt,
    before: { fate: lead.fate, dispositionId: was?.id ?? null, custody },
  }));
  await replaceCurrent(tx, rows);
  await append(
    tx,
    cx,
    rows.map((row, i): NewFact<'lead.judged'> => {
      const { given, lead, was } = judged[i]!;
      return {
        type: 'lead.judged',
        chainId: lead.inquiryId,
        subjectId: row.leadId,
        at: row.at,
        ...(given.actor ? { actor: given.actor } : {}),
        data: {
          leadId: row.leadId,
          verdict: row.verdict,
          was: was?.verdict ?? null,
          reason: row.reason,
          valueMinor: row.valueMinor,
          currency: row.currency,
          holderId: row.byHolderId,
          via: row.via,
          until: comesBack(given.until, house.timeZone)?.toISOString() ?? null,
        },
      };
    }),
  );
}

const comesBack = (until: Judgement['until'], timeZone: string): Date | null => (until && !(until instanceof Date) ? morningOf(until.on, timeZone) : (until ?? null));
