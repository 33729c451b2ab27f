import { replyAddressOf } from '../../capture/index.ts';
import type { AnswerTaken, MailAnswer } from '../../capture/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueMail } from '../../platform/mail/index.ts';
import { linkState } from '../link.rules.ts';
import { findLink } from '../link.queries.ts';
import type { LinkSeen } from '../link.queries.ts';
import { logActivities } from '../log-activities.ts';
import { whoIs } from '../notification.rules.ts';
import { linksFor } from '../send-links.ts';
import { verdictText, writeConfirmation } from './confirmation.rules.ts';
import { noteMailAnswer } from './note-answer.ts';
import { findAddressesOf, findAnsweredLink } from './partner.queries.ts';
import { addProposal, countAsked } from './proposal.store.ts';
import { readReply } from './reply.rules.ts';
import type { Reply } from './reply.rules.ts';
import { senderOf } from './sender.rules.ts';

/** More confirmations than this about one lead within a day, and nobody is asked any more. */
const askedMax = 5;

/**
 * Files a partner's answer to a mail about a lead with that lead. A verdict it begins with is kept as a proposal, and its writer is asked for a
 * tap on a page; nothing is set by the mail alone. What nobody wrote is not answered; what a stranger wrote waits for a person.
 */
export async function takeReply(tx: Tx, cx: Context, mail: MailAnswer): Promise<AnswerTaken | undefined> {
  const linkId = await findAnsweredLink(tx, { linkId: mail.answers, mailIds: mail.mailIds });
  const link = linkId ? await findLink(tx, linkId) : undefined;
  if (!link) return undefined;
  const { leadId, holderId, holderName } = link;
  if (mail.isAutomatic) return { leadId, sentence: `An automatic answer to our mail to ${holderName} about a lead. Nobody wrote it, so nothing was done.` };

  const at = cx.clock.now();
  const state = linkState(link, link, at);
  const partner = await findAddressesOf(tx, holderId);
  const sender = senderOf(mail.from, partner);
  if (!mail.isReleased) {
    // One that ended because the lead passed on is another matter: what they still have to say is worth reading.
    if (state === 'revoked') return { problem: `It answers a mail to ${holderName} about a lead, whose link was revoked.` };
    if (sender === 'stranger') return { problem: `It answers a mail to ${holderName} about a lead, but ${mail.from ?? 'its sender'} is not known to be of ${holderName}.` };
  }
  const reply = readReply(mail.text, link.currency);
  const note = [reply.text, mail.files.length > 0 ? `Attached: ${mail.files.join(', ')}` : ''].filter(Boolean).join('\n\n');
  if (note === '') return { leadId, sentence: `An answer of ${holderName} that says nothing of its own.` };

  const isTheirs = state === 'good' || state === 'expired';
  const said = isTheirs && partner.active ? reply.said : null;
  const told = said ? verdictText(said, link.currency) : null;
  await logActivities(tx, cx, [
    { leadId, kind: 'note', at, note, via: 'mail', byHolderId: holderId, actor: `holder:${holderId}`, outcome: told ? `Answer by mail: proposes “${told}”`.slice(0, 200) : 'Answer by mail' },
  ]);
  await noteMailAnswer(tx, cx, { linkId: link.id, leadId, holderId, did: said ? said.verdict : 'note', at }, sender === 'own');
  if (said && told) await propose(tx, cx, mail, link, said, told, sender === 'own' ? mail.from : partner.own);
  return {
    leadId,
    sentence: told
      ? `An answer of ${holderName}, filed with the lead; asked to confirm “${told}”.`
      : `An answer of ${holderName}, filed with the lead${isTheirs ? '' : ', which is no longer theirs'}.`,
  };
}

async function propose(tx: Tx, cx: Context, mail: MailAnswer, link: LinkSeen, said: NonNullable<Reply['said']>, told: string, to: string | null): Promise<void> {
  const { leadId, holderId } = link;
  const at = cx.clock.now();
  await addProposal(tx, { id: cx.ids.next(), linkId: link.id, leadId, holderId, mailId: mail.mailId, at, ...said });
  if (!to || (await countAsked(tx, leadId, new Date(at.getTime() - 86_400_000))) >= askedMax) return;
  const { assignmentId, timeZone } = link;
  // One that ran out is written anew: whoever answers late still holds the lead.
  const sent = (await linksFor(tx, cx, [{ leadId, assignmentId, holderId, timeZone }])).get(assignmentId)!;
  const replyTo = replyAddressOf(cx, tx.scope.workspaceId, sent.linkId);
  const thread: Record<string, string> = mail.messageId ? { 'In-Reply-To': mail.messageId, References: mail.messageId } : {};
  await enqueueMail(tx, cx, {
    kind: 'lead.confirm',
    to,
    leadId,
    holderId,
    headers: { ...thread, ...(replyTo ? { 'Reply-To': replyTo } : {}), 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
    ...writeConfirmation({ company: link.company, holderName: link.holderName, who: whoIs(link), said: told, subject: mail.subject, url: sent.url }),
  });
}
