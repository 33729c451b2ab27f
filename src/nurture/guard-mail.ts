import { writeToken } from '../followup/index.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import { findContactable, mayContact, purposesSetting, standardPurposes } from '../identity/index.ts';
import { baseUrl, readSetting } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { enqueueMails } from '../platform/mail/index.ts';
import { addTouches } from './nurture.store.ts';
import type { NewTouch } from './nurture.store.ts';

export const unsubscribePurpose = 'nurture.unsubscribe';

export interface GuardedMail {
  personId: string;
  kind: string;
  subject: string;
  text: string;
  leadId?: string | null;
  inquiryId?: string | null;
  at?: Date;
  /** What it is sent for, by the key on the company's list; answers to who asked otherwise. */
  purpose?: string;
}
export interface Guarded {
  sent: boolean;
  /** why it was held back */
  because: string | null;
}

/**
 * The only way a mail goes out to an enquirer: asks the contact guard, adds the way out (RFC 8058 one click, and a link in the text) and
 * remembers the touch, sent or held back. Answers for each mail in order.
 */
export async function guardMail(tx: Tx, cx: Context, mails: readonly GuardedMail[]): Promise<Guarded[]> {
  if (mails.length === 0) return [];
  const people = await findContactable(tx, [...new Set(mails.map((m) => m.personId))]);
  const purposes = new Map((await readSetting(tx, purposesSetting, standardPurposes)).map((one) => [one.key, one]));
  const checked = mails.map((mail) => {
    const person = people.get(mail.personId);
    const may = person ? mayContact(person, 'mail', purposes.get(mail.purpose ?? 'service')) : ({ may: false, sentence: 'This person is not known.' } as const);
    return { mail, person, heldBack: may.may ? null : may.sentence };
  });
  const going = checked.flatMap(({ mail, person, heldBack }) =>
    heldBack === null && person?.email ? [{ mail, to: person.email, personId: person.survivorId }] : [],
  );
  const mailIds = await enqueueMails(
    tx,
    cx,
    going.map(({ mail, to, personId }) => {
      const url = `${baseUrl(cx)}/u/${writeToken({ workspaceId: tx.scope.workspaceId, linkId: personId }, (text) => cx.secrets.sign(unsubscribePurpose, text))}`;
      return {
        kind: mail.kind,
        to,
        subject: mail.subject,
        text: `${mail.text.trimEnd()}\n\n-- \nNo more mail from us: ${url}\n`,
        headers: {
          'List-Unsubscribe': `<${url}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'Auto-Submitted': 'auto-generated',
        },
        personId,
        ...(mail.leadId ? { leadId: mail.leadId } : {}),
      };
    }),
  );
  let sent = 0;
  const touches = checked.map(({ mail, person, heldBack }): NewTouch => ({
    id: cx.ids.next(),
    personId: person?.survivorId ?? mail.personId,
    leadId: mail.leadId ?? null,
    inquiryId: mail.inquiryId ?? null,
    channel: 'mail',
    kind: mail.kind,
    at: mail.at ?? cx.clock.now(),
    mailId: heldBack === null ? mailIds[sent++]! : null,
    heldBack,
  }));
  await addTouches(tx, touches);
  await append(
    tx,
    cx,
    touches
      .filter((touch) => touch.heldBack === null)
      .map((touch): NewFact<'touch.recorded'> => ({
        type: 'touch.recorded',
        chainId: touch.personId,
        subjectId: touch.personId,
        at: touch.at,
        data: { touchId: touch.id, personId: touch.personId, channel: touch.channel, kind: touch.kind },
      })),
  );
  return checked.map(({ heldBack }) => ({ sent: heldBack === null, because: heldBack }));
}
