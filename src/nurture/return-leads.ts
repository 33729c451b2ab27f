import { place } from '../distribute/index.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { endEnrolments, findChains, lockDue, lockWaiting } from './nurture.store.ts';

export interface Return {
  enrolmentId: string;
  /** in words, shown to whoever gets it */
  why: string;
  signal: string | null;
  at: Date;
}

/**
 * Brings leads back to sales: to whoever worked them before if there is room, else to whose turn it is. What somebody was handed meanwhile
 * stays theirs and is only let go of. Tells which came back.
 */
export async function returnLeads(tx: Tx, cx: Context, returns: readonly Return[]): Promise<string[]> {
  if (returns.length === 0) return [];
  const waiting = new Map(
    (
      await lockWaiting(
        tx,
        returns.map((r) => r.enrolmentId),
      )
    ).map((w) => [w.id, w]),
  );
  const found = returns.flatMap((given) => {
    const one = waiting.get(given.enrolmentId);
    return one ? [{ ...given, leadId: one.leadId, worked: one.worked }] : [];
  });
  const back = found.filter(({ worked }) => !worked);
  await endEnrolments(
    tx,
    found.filter(({ worked }) => worked).map((b) => ({ id: b.enrolmentId, at: b.at, reason: 'handed over', signal: null })),
  );
  const chains = await findChains(
    tx,
    back.map((b) => b.leadId),
  );
  await endEnrolments(
    tx,
    back.map((b) => ({ id: b.enrolmentId, at: b.at, reason: 'returned', signal: b.signal })),
  );
  await append(
    tx,
    cx,
    back.map((b): NewFact<'lead.returned'> => ({
      type: 'lead.returned',
      chainId: chains.get(b.leadId)!,
      subjectId: b.leadId,
      at: b.at,
      data: { leadId: b.leadId, enrolmentId: b.enrolmentId, why: b.why },
    })),
  );
  const moments = new Map(back.map((b) => [b.leadId, b.at]));
  const notes = new Map(back.map((b) => [b.leadId, { label: 'Back from nurture', detail: b.why }]));
  await place(tx, cx, [...moments.keys()], 'returned', moments, notes);
  return [...moments.keys()];
}

/** Leads whose date has come. */
export async function returnDue(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    const due = await lockDue(tx, now, 500);
    await returnLeads(
      tx,
      cx,
      due.map((w) => ({ enrolmentId: w.id, why: 'The date it was kept for has come', signal: null, at: now })),
    );
    return due.length;
  });
}
