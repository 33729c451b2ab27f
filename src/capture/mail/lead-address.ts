import { randomBytes } from 'node:crypto';
import { audit, systemScope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { addressKey, keyBeginning, keyLength, readAddress } from './lead-address.rules.ts';
import { findAddress } from './lead-mail.queries.ts';
import { endAddress, insertAddress } from './lead-mail.store.ts';
import { readReplyKey, replyAddress, replyKey, replySigned, signLetters } from './reply-address.rules.ts';

/** Whose an address is. */
export interface MailDoor {
  workspaceId: string;
  addressId: string;
  /** What a mail to it answers, where it is no address for leads but that of an answer to one of our mails. */
  replyTo?: string;
}

const rememberMilliseconds = 5000;
const remembered = new Map<string, { until: number; door: MailDoor | undefined }>();

/** Whose the address is that somebody wrote to; undefined when it is none of ours, or has ended. */
export async function doorOfAddress(cx: Context, written: string): Promise<MailDoor | undefined> {
  const base = cx.config.leadMailAddress;
  const said = base && readAddress(base, written);
  if (!said) return undefined;
  const name = `${base} ${said.key ?? ''}`;
  const known = remembered.get(name);
  if (known && known.until > Date.now()) return known.door;
  const all = await cx.db.workspaceIds();
  const { key } = said;
  let door: MailDoor | undefined;
  if (key === undefined) {
    // The bare address is the company's, as long as there is only one to be meant.
    const [only] = all;
    if (only && all.length === 1) door = { workspaceId: only, addressId: await companyAddress(cx, only) };
  } else if (key.length > keyLength) {
    const answer = readReplyKey(key);
    const signedFor = all.find((id) => answer?.beginning === keyBeginning(id) && answer.signature === signatureOf(cx, id, answer.id));
    if (answer && signedFor) door = { workspaceId: signedFor, addressId: await companyAddress(cx, signedFor), replyTo: answer.id };
  } else {
    for (const workspaceId of all.filter((id) => key.startsWith(keyBeginning(id)))) {
      const addressId = await cx.db.read(systemScope(workspaceId), (tx) => findAddress(tx, key));
      if (addressId) door = { workspaceId, addressId };
    }
  }
  if (remembered.size > 5000) remembered.clear();
  remembered.set(name, { until: Date.now() + rememberMilliseconds, door });
  return door;
}

const companyAddress = (cx: Context, workspaceId: string): Promise<string> =>
  cx.db.write(systemScope(workspaceId), async (tx) => (await findAddress(tx, undefined)) ?? makeAddress(tx, cx, {}));

const replyPurpose = 'capture.reply';
const signatureOf = (cx: Context, workspaceId: string, id: string): string => signLetters(cx.secrets.sign(replyPurpose, replySigned(workspaceId, id)));

/** Where an answer to a mail of ours about this thing may be sent; undefined while this installation takes no mail. */
export function replyAddressOf(cx: Context, workspaceId: string, id: string): string | undefined {
  const { leadMailAddress: base, leadSmtpPort, leadImapUrl } = cx.config;
  if (!base || (leadSmtpPort === undefined && !leadImapUrl)) return undefined;
  return replyAddress(base, replyKey(workspaceId, id, cx.secrets.sign(replyPurpose, replySigned(workspaceId, id))));
}

/** The address of a program, a source or (of neither) the company; made where there is none. */
export async function makeAddress(tx: Tx, cx: Context, of: { programId?: string | null; sourceId?: string | null }): Promise<string> {
  return insertAddress(tx, { id: cx.ids.next(), key: addressKey(tx.scope.workspaceId, randomBytes(11)), programId: of.programId ?? null, sourceId: of.sourceId ?? null, at: cx.clock.now() });
}

/** Ends an address: here at once, in other processes within five seconds. */
export async function closeAddress(tx: Tx, cx: Context, id: string): Promise<void> {
  if (!(await endAddress(tx, id, cx.clock.now()))) refuse('not-found', 'capture/no-lead-address', 'There is no such address.');
  await audit(tx, cx, { what: 'leadAddress.ended', subjectId: id });
  tx.afterCommit(() => remembered.clear());
}
