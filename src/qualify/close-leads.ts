import { append, type NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { loadOpenLeadsOf, lockLeads, setFates } from './lead.store.ts';
import { findSurvivors } from '../identity/index.ts';

/** Closes leads with their fate; one that is closed already keeps the fate it has. For the rooms that learn how a lead ended. */
export async function closeLeads(
  tx: Tx,
  cx: Context,
  closes: readonly { leadId: string; fate: 'sold' | 'bad' | 'lost'; at?: Date }[],
): Promise<void> {
  if (closes.length === 0) return;
  const leads = new Map(
    (
      await lockLeads(
        tx,
        closes.map((one) => one.leadId),
      )
    ).map((lead) => [lead.id, lead]),
  );
  const closing = closes.filter((one) => leads.get(one.leadId)?.closedAt === null).map((one) => ({ ...one, at: one.at ?? cx.clock.now() }));
  await setFates(tx, closing);
  await append(
    tx,
    cx,
    closing.map(({ leadId, fate, at }): NewFact => ({
      type: 'lead.closed',
      chainId: leads.get(leadId)!.inquiryId,
      subjectId: leadId,
      at,
      data: { leadId, fate },
    })),
  );
}

/**
 * Opens closed leads again. A person has one open lead at a time: where another was opened meanwhile, that one has to end first. One that is closed
 * again at once, `into` another fate, is in nobody's way.
 */
export async function reopenLeads(tx: Tx, cx: Context, opens: readonly { leadId: string; at?: Date; into?: 'sold' | 'bad' | 'lost' | undefined }[]): Promise<void> {
  if (opens.length === 0) return;
  const leads = new Map(
    (
      await lockLeads(
        tx,
        opens.map((one) => one.leadId),
      )
    ).map((lead) => [lead.id, lead]),
  );
  const opening = opens.filter((one) => (leads.get(one.leadId)?.closedAt ?? null) !== null);
  const people = [...new Set(opening.map((one) => leads.get(one.leadId)!.personId))];
  const survivors = await findSurvivors(tx, 'person', people);
  const other = await loadOpenLeadsOf(tx, [...new Set(survivors.values())]);
  const taken = new Set(other.map((lead) => lead.survivorId));
  for (const { leadId, into } of opening) {
    const lead = leads.get(leadId)!;
    const person = survivors.get(lead.personId) ?? lead.personId;
    if (lead.fate === 'merged' || lead.fate === 'withdrawn') {
      refuse(
        'conflict',
        'qualify/not-reopenable',
        lead.fate === 'merged' ? 'This lead was merged into another; work that one.' : 'This lead was withdrawn with its import.',
      );
    }
    if (into !== undefined) continue;
    if (taken.has(person))
      refuse(
        'conflict',
        'qualify/other-open-lead',
        'This person has another open lead by now; a person has one at a time. Judge that one.',
      );
    taken.add(person);
  }
  await setFates(
    tx,
    opening.map(({ leadId, at, into }) => (into === undefined ? { leadId, fate: null, at: null } : { leadId, fate: into, at: at ?? cx.clock.now() })),
  );
  await append(
    tx,
    cx,
    opening.flatMap(({ leadId, at = cx.clock.now(), into }): NewFact[] => {
      const of = { chainId: leads.get(leadId)!.inquiryId, subjectId: leadId, at };
      return [{ ...of, type: 'lead.reopened', data: { leadId } }, ...(into === undefined ? [] : [{ ...of, type: 'lead.closed' as const, data: { leadId, fate: into } }])];
    }),
  );
}
