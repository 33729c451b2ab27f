import type { FactData, Subscriber } from '../journal/index.ts';
import { agreedAt } from './agreed-promise.rules.ts';
import { takeDeck } from './books.store.ts';
import { accountChanges, creditBackOf, reasonToGiveBack } from './credit-back.rules.ts';
import { changeAccounts, findCreditsBack, findDealtTurns, saveCreditsBack, takeCreditsBack } from './credit-back.store.ts';

/** The verdict that stands of each lead by what was recorded last. */
interface Standing {
  verdict: string | null;
  reason: string | null;
}

/**
 * Gives the turn back of what was judged bad for a reason that is not the holder's, and takes it again where that verdict is changed or
 * undone. Whoever books turns holds the deck, so that no turn is dealt from accounts that are being changed.
 */
export const giveCreditBack: Subscriber = {
  name: 'distribute.creditBack',
  types: ['lead.judged', 'lead.judgementUndone'],
  batch: 2000,
  async handle(tx, cx, facts) {
    const standing = new Map<string, Standing>();
    for (const { type, data } of facts) {
      if (type === 'lead.judged') {
        const { leadId, verdict, reason } = data as FactData['lead.judged'];
        standing.set(leadId, { verdict, reason });
      } else {
        const { leadId, was, reason } = data as FactData['lead.judgementUndone'];
        standing.set(leadId, { verdict: was, reason: reason ?? null });
      }
    }
    const given = new Map((await findCreditsBack(tx, [...standing.keys()])).map((one) => [one.leadId, one]));
    const concerned = [...standing].flatMap(([leadId, { verdict }]) => (verdict === 'bad' || given.get(leadId)?.takenAt === null ? [leadId] : []));
    if (concerned.length === 0) return;
    const deck = await takeDeck(tx);
    const dealt = new Map((await findDealtTurns(tx, concerned)).map((one) => [one.leadId, one]));
    const wrong = new Map(
      concerned.flatMap((leadId) => {
        const turn = dealt.get(leadId);
        const { verdict, reason } = standing.get(leadId)!;
        const why = reasonToGiveBack(verdict, reason, agreedAt(deck, turn?.startedAt ?? cx.clock.now()));
        return why === null ? [] : [[leadId, { turn, why }]];
      }),
    );
    const isGiven = (leadId: string): boolean => given.get(leadId)?.takenAt === null;
    const back = [...wrong].flatMap(([leadId, { turn, why }]) => (turn && !isGiven(leadId) && creditBackOf(turn, why)) || []);
    const again = [...given.values()].filter(({ leadId }) => isGiven(leadId) && !wrong.has(leadId));
    const now = cx.clock.now();
    await changeAccounts(tx, accountChanges([...back.map((of) => ({ of, back: true })), ...again.map((of) => ({ of, back: false }))]));
    await saveCreditsBack(tx, back, now);
    await takeCreditsBack(
      tx,
      again.map(({ assignmentId }) => assignmentId),
      now,
    );
  },
};
