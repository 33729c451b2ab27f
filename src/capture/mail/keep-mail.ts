import { systemScope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { makeAddress, type MailDoor } from './lead-address.ts';
import { sameKeyOf } from './lead-address.rules.ts';
import { findAddress } from './lead-mail.queries.ts';
import { insertLeadMail } from './lead-mail.store.ts';

interface KeptMail {
  raw: Buffer;
  via: 'smtp' | 'imap';
  sentAt?: Date | null;
}

/** What wakes the reading of mails. */
export const mailTopic = 'lead-mail';

/**
 * Keeps a mail as it came; once this has settled it is on the disk, and its sender may be told so. `again`: the same mail was kept before, by
 * whichever way. Of the addresses of one workspace it was sent to, the first is meant: `doors` come the most particular first.
 */
export async function keepMail(cx: Context, doors: readonly MailDoor[], mail: KeptMail): Promise<{ kept: number; again: number }> {
  const first = new Map<string, MailDoor>();
  for (const door of doors) if (!first.has(door.workspaceId)) first.set(door.workspaceId, door);
  const sameKey = sameKeyOf(mail.raw);
  let kept = 0;
  for (const { workspaceId, addressId, replyTo = null } of first.values()) {
    if (await cx.db.write(systemScope(workspaceId), (tx) => keep(tx, cx, { ...mail, addressId, replyTo, sameKey }))) kept++;
  }
  return { kept, again: first.size - kept };
}

/** Keeps a mail from a mailbox that was sent to the company itself, in the caller's transaction. */
export async function keepCompanyMail(tx: Tx, cx: Context, mail: { raw: Buffer; sentAt: Date }): Promise<void> {
  const addressId = (await findAddress(tx, undefined)) ?? (await makeAddress(tx, cx, {}));
  await keep(tx, cx, { ...mail, via: 'imap', addressId, replyTo: null, sameKey: sameKeyOf(mail.raw) });
}

async function keep(tx: Tx, cx: Context, mail: KeptMail & { addressId: string; replyTo: string | null; sameKey: Buffer }): Promise<boolean> {
  const at = cx.clock.now();
  // A mailbox may have held it for a while: then that is when it came.
  const sentAt = mail.sentAt && mail.sentAt < at ? mail.sentAt : null;
  const isNew = await insertLeadMail(tx, { ...mail, id: cx.ids.next(), sentAt, at });
  if (isNew) cx.live.publish(tx, mailTopic);
  return isNew;
}
