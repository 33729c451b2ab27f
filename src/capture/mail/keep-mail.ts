import { systemScope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { MailDoor } from './lead-address.ts';
import { sameKeyOf } from './lead-address.rules.ts';
import { insertLeadMail } from './lead-mail.store.ts';

/** What wakes the reading of mails. */
export const mailTopic = 'lead-mail';

/**
 * Keeps a mail as it came; once this has settled it is on the disk, and its sender may be told so. `again`: the same mail was kept before, by
 * whichever way. Of the addresses of one workspace it was sent to, the first is meant: `doors` come the most particular first.
 */
export async function keepMail(cx: Context, doors: readonly MailDoor[], mail: { raw: Buffer; via: 'smtp' | 'imap'; sentAt?: Date | null }): Promise<{ kept: number; again: number }> {
  const first = new Map<string, MailDoor>();
  for (const door of doors) if (!first.has(door.workspaceId)) first.set(door.workspaceId, door);
  const sameKey = sameKeyOf(mail.raw);
  let kept = 0;
  for (const { workspaceId, addressId } of first.values()) {
    const isNew = await cx.db.write(systemScope(workspaceId), async (tx) => {
      const at = cx.clock.now();
      // A mailbox may have held it for a while: then that is when it came.
      const sentAt = mail.sentAt && mail.sentAt < at ? mail.sentAt : null;
      const added = await insertLeadMail(tx, { id: cx.ids.next(), addressId, sameKey, via: mail.via, sentAt, raw: mail.raw, at });
      if (added) cx.live.publish(tx, mailTopic);
      return added;
    });
    if (isNew) kept++;
  }
  return { kept, again: first.size - kept };
}
