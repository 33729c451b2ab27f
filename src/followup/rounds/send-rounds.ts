import { audit, baseUrl, readSetting } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueMails } from '../../platform/mail/index.ts';
import { findHouse } from '../followup.store.ts';
import { endOfDays, writeToken } from '../link.rules.ts';
import { hashOf } from '../send-links.ts';
import { writeRound } from './round-mail.rules.ts';
import { findAskable, findOverdue, findSlot } from './round.queries.ts';
import { isSlotOpen, leadsMax, roundDays, roundsOf, usualRounds } from './round.rules.ts';
import type { RoundSettings } from './round.rules.ts';
import { addRounds, endRound } from './round.store.ts';

export const roundPurpose = 'followup.round';
export const roundSettingKey = 'verdictRound';
export const readRounds = (tx: Tx): Promise<RoundSettings> => readSetting(tx, roundSettingKey, usualRounds);

/** Asks every partner with overdue verdicts for all of them in one mail, once in the hour of the week that was chosen. How many were asked. */
export async function sendRounds(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const settings = await readRounds(tx);
    if (!settings.on) return 0;
    const now = cx.clock.now();
    const { slotAt } = await findSlot(tx, settings, now);
    if (!isSlotOpen(slotAt, now)) return 0;
    const wanted = roundsOf(await findOverdue(tx, { now, afterDays: settings.afterDays, slotAt, most: leadsMax })).map((round) => {
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
      rounds.flatMap(({ holderId, due, token }) => {
        const holder = holders.get(holderId);
        return holder ? [{ kind: 'verdict.round', to: holder.email, holderId, ...writeRound({ company: house.name, holderName: holder.name, due, url: `${baseUrl(cx)}/d/${token}` }) }] : [];
      }),
    );
    return rounds.length;
  });
}

const tokenOf = (cx: Context, workspaceId: string, linkId: string): string => writeToken({ workspaceId, linkId }, (text) => cx.secrets.sign(roundPurpose, text));

export async function revokeRound(tx: Tx, cx: Context, id: string): Promise<boolean> {
  const revoked = (await endRound(tx, id, cx.clock.now(), tx.scope.userId ?? null)) > 0;
  if (revoked) await audit(tx, cx, { what: 'verdictRound.revoked', subjectId: id });
  return revoked;
}
