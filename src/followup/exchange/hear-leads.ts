import type { Fact, Subscriber } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { workerOf } from '../worker.rules.ts';
import { heard, leadOf, personOf, toldOf } from './event.rules.ts';
import type { LeadView, Told } from './event.rules.ts';
import { findLeadsOfPeople, findPartnerIds, findSpells, listTelling } from './news.queries.ts';
import { noteNews } from './exchange.store.ts';
import { addDeliveries } from './webhook.store.ts';
import type { NewDelivery } from './webhook.store.ts';

/** Keeps what changed for partners' own systems, and puts down whom to call about it. */
export const tellSystems: Subscriber = {
  name: 'followup.exchange',
  patient: true,
  types: heard,
  async handle(tx, cx, facts) {
    const partners = new Set(await findPartnerIds(tx));
    const telling = cx.replay ? [] : await listTelling(tx);
    if (partners.size === 0 && telling.length === 0) return;
    const told = await whatIsTold(tx, facts);

    const news = new Map<string, { holderId: string; leadId: string; at: Date }>();
    for (const { fact, leadId, holderIds } of told)
      for (const holderId of holderIds) {
        if (!partners.has(holderId)) continue;
        const key = `${holderId} ${leadId}`;
        news.delete(key); // numbered by the last that happened
        news.set(key, { holderId, leadId, at: fact.at });
      }
    await noteNews(tx, [...news.values()]);
    await addDeliveries(tx, deliveriesOf(cx, told, telling));
    if (telling.length > 0) cx.live.publish(tx, 'webhook');
  },
};

interface ToldOfLead extends Told {
  fact: Fact;
  leadId: string;
}

async function whatIsTold(tx: Tx, facts: readonly Fact[]): Promise<ToldOfLead[]> {
  const people = new Set(facts.flatMap((fact) => personOf(fact) ?? []));
  const leadsOf = Map.groupBy(await findLeadsOfPeople(tx, [...people]), (one) => one.personId);
  const about = facts.flatMap((fact) => {
    const personId = personOf(fact);
    return personId === undefined ? [{ fact, leadId: leadOf(fact) }] : (leadsOf.get(personId) ?? []).map(({ leadId }) => ({ fact, leadId }));
  });
  const leads = await findSpells(tx, [...new Set(about.map(({ leadId }) => leadId))]);
  const views = new Map(leads.map((lead): [string, LeadView] => [lead.leadId, { closed: lead.closedAt !== null, workerId: workerOf(lead), spells: lead.spells }]));
  return about.flatMap(({ fact, leadId }) => {
    const view = views.get(leadId);
    return view ? toldOf(fact, view).map((one) => ({ ...one, fact, leadId })) : [];
  });
}

function deliveriesOf(cx: Context, told: readonly ToldOfLead[], telling: readonly { id: string; holderId: string | null; events: string[] }[]): NewDelivery[] {
  const now = cx.clock.now();
  // Ids are in the order of time: what was recorded before somebody asked to be told is not told.
  return told.flatMap(({ event, fact, leadId, holderIds }) =>
    telling.flatMap((hook) =>
      hook.id < fact.id && hook.events.includes(event) && (hook.holderId === null || holderIds.includes(hook.holderId))
        ? [{ id: cx.ids.next(), webhookId: hook.id, holderId: hook.holderId, event, at: fact.at, leadId, chainId: fact.chainId, seq: fact.seq, dueAt: now, createdAt: now }]
        : [],
    ),
  );
}
