import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { asksForWork, isResponse, lookAt } from './clocks.rules.ts';
import type { ClockName } from './clocks.rules.ts';
import { lockDueClocks, noteSeen, saveBreaches } from './custody.store.ts';
import type { Breach, OpenCustody, Seen } from './custody.store.ts';
import { findWorkDone } from './work-done.ts';

const batch = 5000;

/**
 * Looks at the clocks that are due: reminds who will be late, and records each promise that was not kept at the instant it was due. It deals
 * nothing and waits for no dealer, so that any number is noticed at once; what has to pass on does so in the scan after it.
 */
export async function noticeClocks(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    const due = await lockDueClocks(tx, now, batch);
    if (due.length === 0) return 0;
    const work = await findWorkDone(tx, due.filter((held) => asksForWork(held, now)).map(({ id }) => id));
    const looked = due.map((held) => ({ held, ...lookAt(held, work.get(held.id), now) }));
    const breaches = looked.flatMap(({ held, broken }) => broken.map((one): Breach => ({ assignmentId: held.id, leadId: held.leadId, holderId: held.holderId, ...one })));
    const fresh = await saveBreaches(tx, breaches, now);
    await noteSeen(
      tx,
      looked.map(({ held, broken, remind, passesOn, clockAt }): Seen => {
        const owesSince = broken.findLast(({ clock }) => !isResponse(clock))?.dueAt ?? null;
        return { id: held.id, clockAt, passesOn, owesSince, resumes: resumes(held, now), reminded: remind, remindedAt: remind.some(isResponse) ? now : null };
      }),
    );
    const facts: NewFact[] = looked.flatMap(({ held, broken, remind }) => [
      ...(resumes(held, now) ? [resumedFact(held)] : []),
      ...broken.filter(({ clock }) => fresh.has(held.id + clock)).map(({ clock, dueAt }): NewFact<'lead.overdue'> => ({ ...about(held, clock, dueAt), type: 'lead.overdue' })),
      ...remind.map((clock): NewFact<'lead.reminded'> => ({ ...about(held, clock, now), type: 'lead.reminded' })),
    ]);
    await append(tx, cx, facts);
    return due.length;
  });
}

/** At its own instant, as a breach is. */
const resumes = (held: OpenCustody, now: Date): boolean => held.endedAt === null && held.pausedUntil !== null && held.pausedUntil <= now;
const resumedFact = (held: OpenCustody): NewFact<'lead.resumed'> => ({
  type: 'lead.resumed',
  chainId: held.inquiryId,
  subjectId: held.leadId,
  at: held.pausedUntil!,
  data: { leadId: held.leadId, assignmentId: held.id, holderId: held.holderId, early: false },
});
const about = (held: OpenCustody, clock: ClockName, at: Date) => ({
  chainId: held.inquiryId,
  subjectId: held.leadId,
  at,
  data: { leadId: held.leadId, assignmentId: held.id, holderId: held.holderId, clock },
});
