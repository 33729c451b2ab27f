import { getWorkspace } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { morningOf } from '../platform/values/period.rules.ts';
import { setUntil } from './nurture.store.ts';
import { returnLeads } from './return-leads.ts';

/** Somebody brings a lead back before its time. */
export async function returnNow(tx: Tx, cx: Context, enrolmentId: string, why: string | null): Promise<void> {
  const back = await returnLeads(tx, cx, [{ enrolmentId, why: why ?? 'Brought back by hand', signal: 'by hand', at: cx.clock.now() }]);
  if (back.length === 0) refuse('conflict', 'nurture/not-waiting', 'This lead is not waiting any more: it came back already.');
}

/** Somebody lets a lead wait for another date. */
export async function waitUntil(tx: Tx, cx: Context, enrolmentId: string, untilOn: string): Promise<void> {
  const untilAt = morningOf(untilOn, (await getWorkspace(tx)).timeZone);
  if (untilAt <= cx.clock.now()) refuse('invalid', 'nurture/date-past', 'Choose a date that is still to come, or bring the lead back now.');
  if ((await setUntil(tx, enrolmentId, untilAt)) === 0)
    refuse('conflict', 'nurture/not-waiting', 'This lead is not waiting any more: it came back already.');
}
