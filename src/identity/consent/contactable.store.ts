import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { findReturned } from '../../platform/mail/index.ts';
import { listStanding } from './consent.store.ts';
import type { Contactable } from './contact.rules.ts';
import { findListed } from './suppress.ts';

interface Addresses {
  phoneE164: string | null;
  mobileE164: string | null;
  street: string | null;
  postalCode: string | null;
}

/** Who these people are now, and what they wish; merged ids lead to their survivor. */
export async function findContactable(tx: Tx, personIds: readonly string[]): Promise<Map<string, Contactable & { survivorId: string }>> {
  const rows = await tx.rows<Contactable & Addresses & { askedId: string; survivorId: string }>(sql`
    select asked.id as asked_id, p.id as survivor_id, p.email, coalesce(p.phone_e164, p.mobile_e164, p.phone) as phone, p.do_not_contact, p.do_not_mail, p.do_not_call,
      p.unsubscribed_at, p.retired_at, p.phone_e164, p.mobile_e164, p.street, p.postal_code
    from identity.person asked join identity.person p on p.workspace_id = asked.workspace_id and p.id = case when asked.survivor_id is null then asked.id else asked.survivor_id end
    where asked.workspace_id = ${tx.scope.workspaceId} and asked.id = any(${personIds}::uuid[])`);
  const listed = await findListed(
    tx,
    rows.map((row) => ({
      id: row.survivorId,
      email: row.email,
      phones: [row.phoneE164, row.mobileE164],
      street: row.street,
      postalCode: row.postalCode,
    })),
  );
  const standing = Map.groupBy(
    await listStanding(
      tx,
      rows.map((row) => row.survivorId),
    ),
    (one) => one.personId,
  );
  const returned = await findReturned(
    tx,
    rows.flatMap((row) => row.email ?? []),
  );
  return new Map(
    rows.map((row) => [
      row.askedId,
      {
        ...row,
        returned: row.email !== null && returned.has(row.email),
        listed: listed.get(row.survivorId) ?? {},
        standing: standing.get(row.survivorId) ?? [],
      },
    ]),
  );
}
