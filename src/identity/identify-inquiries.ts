import type { Context } from '../platform/context.ts';
import { perTx } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { append } from '../journal/index.ts';
import { findPurchased, loadArrivals, lockIdentity } from './candidates.store.ts';
import type { ArrivedInquiry } from './candidates.store.ts';
import { noteArrivals } from './consent/note-consent.ts';
import type { OrganizationDraft } from './organizations.rules.ts';
import type { PersonDraft } from './person-draft.rules.ts';
import { recognise, type PeopleInHand } from './recognise.ts';

/** Recognises who sent a batch of inquiries: load what shares a key, decide in memory in the order of arrival, save, record. */
export async function identifyInquiries(
  tx: Tx,
  cx: Context,
  inquiryIds: readonly string[],
  at = (_inquiryId: string): Date => cx.clock.now(),
): Promise<void> {
  // Sent ahead of every question: what is asked after it is answered once the lock is ours.
  tx.later(lockIdentity(tx));
  const arrivals = await loadArrivals(tx, [...new Set(inquiryIds)]);
  if (arrivals.length === 0) return;
  const bought = findPurchased(tx, [...new Set(arrivals.flatMap(({ programId, sourceId }) => [programId, sourceId].filter((id) => id !== null)))]);
  tx.later(bought);
  const found = await recognise(
    tx,
    cx,
    arrivals.map((one) => ({ inquiryId: one.id, importId: one.importId, seenAt: one.occurredAt, fields: one.fields, from: [one.programId, one.sourceId] })),
    peopleInHand(tx),
    bought,
  );
  const inHand = identifiedInHand(tx);
  arrivals.forEach((arrival, i) => inHand.set(arrival.id, { arrival, person: found[i]!.person, organization: found[i]!.organization }));
  await noteArrivals(
    tx,
    cx,
    arrivals.map(({ id, importId, occurredAt, channel, fields }, i) => ({ personId: found[i]!.sighting.personId, inquiryId: id, importId, at: occurredAt, channel, fields })),
  );
  await append(
    tx,
    cx,
    found.map(({ sighting, isNew }) => ({
      type: 'inquiry.identified' as const,
      chainId: sighting.inquiryId as string,
      subjectId: sighting.inquiryId as string,
      at: at(sighting.inquiryId as string),
      data: {
        inquiryId: sighting.inquiryId as string,
        sightingId: sighting.id,
        personId: sighting.personId,
        organizationId: sighting.organizationId,
        method: sighting.method,
        isNew,
      },
    })),
  );
}

/** An inquiry identified within this transaction, with the person and organization as they stand after its whole batch. */
export interface IdentifiedInHand {
  arrival: ArrivedInquiry;
  person: PersonDraft;
  organization: OrganizationDraft | null;
}
/** By inquiry id: whoever hears of them within this transaction need not read them again. */
export const identifiedInHand = perTx(() => new Map<string, IdentifiedInHand>());

/** By every id that leads to them: people whom inquiries of this transaction were compared with. Namesakes are met again and again. */
const peopleInHand = perTx((): PeopleInHand => new Map());
/** What was known or withdrawn is another now. */
export const forgetPeopleInHand = (tx: Tx): void => peopleInHand(tx).clear();
