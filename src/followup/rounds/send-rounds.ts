import { findSalesManagers } from '../../distribute/index.ts';
import { audit, baseUrl, readSetting } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueMails } from '../../platform/mail/index.ts';
import { findHouse } from '../followup.store.ts';
import { judgeLeads } from '../judge-leads.ts';
import { endOfDays, writeToken } from '../link.rules.ts';
import { hashOf } from '../send-links.ts';
import { writeLastAsked, writeRound } from './round-mail.rules.ts';
import { findAskable, findOverdue, findSlot } from './round.queries.ts';
import { isSlotOpen, leadsMax, roundDays, roundsOf, silentOf, usualRounds } from './round.rules.ts';
import type { RoundSettings } from './round.rules.ts';
import { addRounds, endRound, lockRounds } from './round.store.ts';

export const roundPurpose = 'followup.round';
export const roundSettingKey = 'verdictRound';
/** Leads of one holder that are looked at for silence in one round. */
export const silentMax = 500;
/** As set; what an earlier setting did not say is as usual. */
export const readRounds = async (tx: Tx): Promise<RoundSettings> => ({ ...usualRounds, ...(await readSetting<Partial<RoundSettings>>(tx, roundSettingKey, {})) });

/**
 * Asks everybody with overdue verdicts for all of them in one mail, once in the hour of the week that was chosen; whoever was asked often
 * enough in vain is taken at their silence first. How many were asked.
 */
export async function sendRounds(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const settings = await readRounds(tx);
    if (!settings.on) return 0;
    const now = cx.clock.now();
    const { slotAt } = await findSlot(tx, settings, now);
    if (!isSlotOpen(slotAt, now)) return 0;
    const { afterDays, reps, silentAfter } = settings;
    await takeSilence(tx, cx, { now, afterDays, reps, slotAt }, silentAfter);
    const wanted = roundsOf(await findOverdue(tx, { now, afterDays, reps, slotAt, most: leadsMax }), silentAfter).map((round) => {
      const id = cx.ids.next();
      return { ...round, id, slotAt, sentAt: now, expiresAt: endOfDays(now, roundDays, round.timeZone), token: tokenOf(cx, scope.workspaceId, id) };
    });
    if (wanted.length === 0) return 0;
    const added = await addRounds(tx, wanted.map(({ token, ...round }) => ({ ...round, tokenHash: hashOf(token) })));
    const rounds = wanted.filter(({ id }) => added.has(id));
    const house = await findHouse(tx);
    const holders = new Map((await findAskable(tx, rounds.map(({ holderId }) => holderId))).map((one) => [one.id, one]));
    await enqueueMails(
      tx,
      cx,
      rounds.flatMap(({ holderId, due, again, last, token }) => {
        const holder = holders.get(holderId);
        return holder ? [{ kind: 'verdict.round', to: holder.email, holderId, ...writeRound({ company: house.name, holderName: holder.name, due, again, last, url: `${baseUrl(cx)}/d/${token}` }) }] : [];
      }),
    );
    const lastAsked = rounds.flatMap(({ holderId, last }) => (last > 0 ? [{ name: holders.get(holderId)?.name ?? '', last }] : []));
    if (lastAsked.length > 0)
      await enqueueMails(
        tx,
        cx,
        (await findSalesManagers(tx)).map(({ email, name }) => ({ kind: 'verdict.lastAsked', to: email, ...writeLastAsked({ name, holders: lastAsked, url: `${baseUrl(cx)}/verdict-rounds` }) })),
      );
    return rounds.length;
  });
}

/** Who was asked in vain so often is taken to have said "don't know". Of two processes at it, the second finds what the first has done. */
async function takeSilence(tx: Tx, cx: Context, due: { now: Date; afterDays: number; reps: boolean; slotAt: Date }, silentAfter: number | null): Promise<void> {
  const find = async () => silentOf(await findOverdue(tx, { ...due, most: silentMax }), silentAfter);
  if ((await find()).length === 0) return;
  await lockRounds(tx);
  const reason = `Asked ${silentAfter} times without an answer`;
  const silent = await find();
  await judgeLeads(
    tx,
    cx,
    silent.map(({ leadId, holderId }) => ({ leadId, verdict: 'dont_know', reason, at: due.now, byHolderId: holderId, via: 'silence' })),
  );
}

const tokenOf = (cx: Context, workspaceId: string, linkId: string): string => writeToken({ workspaceId, linkId }, (text) => cx.secrets.sign(roundPurpose, text));

export async function revokeRound(tx: Tx, cx: Context, id: string): Promise<boolean> {
  const revoked = (await endRound(tx, id, cx.clock.now(), tx.scope.userId ?? null)) > 0;
  if (revoked) await audit(tx, cx, { what: 'verdictRound.revoked', subjectId: id });
  return revoked;
}
