import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { takeDeck } from './books.store.ts';
import { isAnyDue, lockDueCustody, setClocks, stampAssignments } from './custody.store.ts';
import type { OpenCustody } from './custody.store.ts';
import { handTo } from './hand-over.ts';
import { place } from './place-leads.ts';
import { promisesOf } from './agreed-promise.rules.ts';
import { clockStep } from './response.rules.ts';

const batch = 500;

/** The response clock: reminds who is late, passes on what stays unanswered. */
export async function keepPromise(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    if (!(await isAnyDue(tx, now, false))) return 0;
    // The deck before the custody rows, as everybody who deals does.
    const promise = promisesOf(await takeDeck(tx));
    const due = await lockDueCustody(tx, now, false, batch);
    const remind: OpenCustody[] = [];
    const redirect: OpenCustody[] = [];
    const tired: OpenCustody[] = [];
    const rest: { id: string; clockAt: Date | null }[] = [];
    for (const held of due) {
      const { step } = clockStep(held, promise(held.startedAt), now);
      if (step === 'remind') remind.push(held);
      else if (step === 'redirect') redirect.push(held);
      else if (step === 'desk') tired.push(held);
      else rest.push({ id: held.id, clockAt: nextClock(held, now) });
    }
    await stampAssignments(
      tx,
      remind.map((h) => ({ ...h, remindedAt: now, clockAt: h.acceptedAt ? h.followBy : h.respondBy })),
    );
    if (rest.length > 0) await setClocks(tx, rest);
    await append(
      tx,
      cx,
      remind.map((h): NewFact<'lead.reminded'> => ({
        type: 'lead.reminded',
        chainId: h.inquiryId,
        subjectId: h.leadId,
        at: now,
        data: { leadId: h.leadId, assignmentId: h.id, holderId: h.holderId },
      })),
    );
    await place(
      tx,
      cx,
      redirect.map((h) => h.leadId),
      'redirect',
      now,
    );
    // How often is what was promised when it was given, which need not be the same for all.
    for (const [times, leads] of Map.groupBy(tired, (h) => promise(h.startedAt).redirectsMax))
      await handTo(
        tx,
        cx,
        leads.map((h) => h.leadId),
        { kind: 'desk' },
        { why: 'redirect', at: now, redirects: times, note: `Passed on ${times} times and nobody answered: decide who should have it` },
      );
    return due.length;
  });
}

function nextClock(held: OpenCustody, now: Date): Date | null {
  const due = held.acceptedAt ? held.followBy : held.respondBy;
  return held.firstFollowupAt || !due || due <= now ? null : due;
}

/** What waits at the desk is tried again when room returns. */
export async function findHolders(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    if (!(await isAnyDue(tx, now, true))) return 0;
    await takeDeck(tx);
    const waiting = await lockDueCustody(tx, now, true, 2000);
    const placed = await place(
      tx,
      cx,
      waiting.map((held) => held.leadId),
      'new',
      now,
    );
    const asked = new Set(placed.map((p) => p.leadId));
    const gone = waiting.filter((held) => !asked.has(held.leadId));
    if (gone.length > 0)
      await setClocks(
        tx,
        gone.map((held) => ({ id: held.id, clockAt: null })),
      );
    return waiting.length;
  });
}
