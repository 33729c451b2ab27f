import { replyAddressOf } from '../capture/index.ts';
import type { Fact, Subscriber } from '../journal/index.ts';
import { baseUrl } from '../platform/access/index.ts';
import { momentOf } from '../platform/context.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { enqueueMails } from '../platform/mail/index.ts';
import type { NewMail } from '../platform/mail/index.ts';
import { announceLeads } from './day/announce-leads.ts';
import { findHouse } from './followup.store.ts';
import { findTold, revokeFormerLinks } from './links.store.ts';
import type { LeadTold } from './links.store.ts';
import { digestFrom, digestOf, writeDigest, writeOffer } from './notification.rules.ts';
import type { Occasion, Offer } from './notification.rules.ts';
import { linksFor } from './send-links.ts';

type Assigned = { leadId: string; assignmentId: string; holderId: string; holderKind: string; why: string };
type Reminded = { assignmentId: string; clock?: string };
const remindedOf: Record<string, Occasion> = { attempts: 'tries', verdict: 'judge' };

/**
 * Tells holders of what was given to them, at once: reps with a way into the app, partners with a link that needs no login; and the
 * browsers of both. Whoever had the lead before loses the link to it.
 */
export const notifyHolders: Subscriber = {
  name: 'followup.notify',
  patient: true,
  types: ['lead.assigned', 'lead.offered', 'lead.reminded'],
  async handle(tx, cx, facts) {
    await announceLeads(tx, cx, facts);
    const assigned = facts.filter((fact) => fact.type === 'lead.assigned').map((fact) => ({ fact, data: fact.data as Assigned }));
    // nurture keeps it warm for whoever had it; everybody else takes over
    const moved = new Map(assigned.filter(({ data }) => data.holderKind !== 'nurture').map(({ data }) => [data.leadId, data]));
    await revokeFormerLinks(tx, [...moved.values()], cx.clock.now());

    const told = (fact: Fact): boolean => !cx.replay || momentOf(cx, fact) >= cx.replay.mailFrom;
    const occasions = new Map<string, Occasion>();
    for (const { fact, data } of assigned)
      if (told(fact) && data.why !== 'restored' && data.holderKind !== 'desk' && data.holderKind !== 'nurture')
        occasions.set(data.assignmentId, data.why === 'returned' ? 'returned' : 'assigned');
    for (const fact of facts)
      if (fact.type === 'lead.reminded' && told(fact)) occasions.set((fact.data as Reminded).assignmentId, remindedOf[(fact.data as Reminded).clock ?? ''] ?? 'reminded');
    if (occasions.size > 0) await tell(tx, cx, occasions);
  },
};

async function tell(tx: Tx, cx: Context, occasions: ReadonlyMap<string, Occasion>): Promise<void> {
  const leads = (await findTold(tx, [...occasions.keys()])).filter((lead) => lead.holderMail !== null);
  if (leads.length === 0) return;
  const house = await findHouse(tx);
  const links = await linksFor(
    tx,
    cx,
    leads.filter((lead) => lead.holderKind === 'partner'),
  );
  const offer = (lead: LeadTold): Offer => {
    const link = links.get(lead.assignmentId);
    return link ? { lead, url: link.url, replyTo: replyAddressOf(cx, tx.scope.workspaceId, link.linkId) } : { lead, url: `${baseUrl(cx)}/leads/${lead.leadId}` };
  };
  const mails: NewMail[] = [];
  const occasionOf = ({ assignmentId }: LeadTold): Occasion => occasions.get(assignmentId)!;
  for (const all of Map.groupBy(leads, (lead) => `${lead.holderId} ${digestOf(occasionOf(lead))}`).values()) {
    const mine = all.map(offer);
    const { holderId, holderMail } = all[0]!;
    const to = holderMail!;
    if (mine.length >= digestFrom)
      mails.push({ kind: 'lead.digest', to, holderId, ...writeDigest(house.name, mine, occasionOf(all[0]!), `${baseUrl(cx)}/queue`, house.locale) });
    else
      for (const one of mine) {
        const occasion = occasionOf(one.lead);
        mails.push({
          kind: `lead.${occasion}`,
          to,
          holderId,
          leadId: one.lead.leadId,
          ...(one.replyTo ? { headers: { 'Reply-To': one.replyTo } } : {}),
          ...writeOffer(house.name, one, occasion, house.locale),
        });
      }
  }
  await enqueueMails(tx, cx, mails);
}
