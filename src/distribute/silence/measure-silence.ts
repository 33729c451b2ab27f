import { append } from '../../journal/index.ts';
import { audit, readSetting } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueMails } from '../../platform/mail/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { countSilence, dayOfCompany, findSalesManagers, listCuts, measuredSince } from './silence.queries.ts';
import { partOf, partToday } from './silence.rules.ts';
import { saveContest, saveCuts, saveLift, setParts } from './silence.store.ts';

export const shareCutsKey = 'shareCuts';
export const shareCutsOn = async (tx: Tx): Promise<boolean> => (await readSetting(tx, shareCutsKey, { on: false })).on;

const onceAHours = 20;

/** Measures once a day who is silent; does nothing while cuts are off. How many shares changed. */
export async function measureDaily(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    if (!(await shareCutsOn(tx))) return 0;
    if (await measuredSince(tx, new Date(cx.clock.now().getTime() - onceAHours * 3_600_000))) return 0;
    return measureSilence(tx, cx);
  });
}

/** Measures every partner now and lets their shares follow; while cuts are off, everybody has all of theirs. */
export async function measureSilence(tx: Tx, cx: Context): Promise<number> {
  const now = cx.clock.now();
  const isOn = await shareCutsOn(tx);
  const today = await dayOfCompany(tx, now);
  const heard = (await countSilence(tx, now)).map((one) => ({ ...one, part: partOf(one) }));
  await saveCuts(tx, heard, now);
  const changed = await setParts(tx, heard.map((one) => ({ holderId: one.holderId, part: isOn ? partToday(one, today) : 1 })));
  await append(tx, cx, changed.map((holderId) => ({ type: 'holder.changed' as const, chainId: holderId, subjectId: holderId, data: { holderId, fields: ['sharePart'] } })));
  return changed.length;
}

/** Lifts the cut of a partner until a day, or ends the lifting; it counts from the next lead on. Returns the part that counts. */
export async function liftCut(tx: Tx, cx: Context, holderId: string, untilOn: string | null): Promise<number> {
  const [cut] = await listCuts(tx, holderId);
  if (!cut) refuse('not-found', 'distribute/no-share-cut', 'The share of this partner is not cut.');
  await saveLift(tx, holderId, untilOn, tx.scope.userId ?? null);
  const part = (await shareCutsOn(tx)) ? partToday({ part: cut.part, liftedUntil: untilOn }, await dayOfCompany(tx, cx.clock.now())) : 1;
  const changed = await setParts(tx, [{ holderId, part }]);
  await append(tx, cx, changed.map((id) => ({ type: 'holder.changed' as const, chainId: id, subjectId: id, data: { holderId: id, fields: ['sharePart'] } })));
  await audit(tx, cx, { what: untilOn ? 'shareCut.lifted' : 'shareCut.enforced', subjectId: holderId, detail: { untilOn } });
  return part;
}

/** A partner says why its cut is not right; the sales managers are told, in the words it used. */
export async function contestCut(tx: Tx, cx: Context, holderId: string, note: string): Promise<void> {
  const [cut] = await listCuts(tx, holderId);
  if (!cut || (await saveContest(tx, holderId, note, tx.scope.userId ?? null, cx.clock.now())) === 0) refuse('not-found', 'distribute/no-share-cut', 'Your share is not cut: there is nothing to contest.');
  await enqueueMails(
    tx,
    cx,
    (await findSalesManagers(tx)).map(({ email, name }) => ({
      kind: 'share.contested',
      to: email,
      holderId,
      subject: `${cut.holderName} contests its share`,
      text: `Hello ${name},\n\n${cut.holderName} has ${Math.round(cut.part * 100)}% of its share, because ${cut.silent} of ${cut.offered} leads in 90 days were passed on because they were not answered or followed up in time. It says:\n\n${note}\n\nIts scorecard shows the leads behind this; there you can lift the cut until a day.\n`,
    })),
  );
}
