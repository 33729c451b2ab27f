/**
 * Whether a person may be contacted at all. Asked before anything is sent to an enquirer; what was refused is kept as a touch that
 * was held back, with the reason, so nobody wonders why an answer never went out.
 */
export type Channel = 'mail' | 'call' | 'letter';
export interface Contactable {
  email: string | null;
  phone: string | null;
  doNotContact: boolean;
  doNotMail: boolean;
  doNotCall: boolean;
  unsubscribedAt: Date | null;
  retiredAt: Date | null;
}
export type MayContact =
  | { may: true }
  | { may: false; because: 'retired' | 'do-not-contact' | 'unsubscribed' | 'do-not-mail' | 'do-not-call' | 'no-address'; sentence: string };

export function mayContact(person: Contactable, channel: Channel): MayContact {
  const no = (because: Exclude<MayContact, { may: true }>['because'], sentence: string): MayContact => ({ may: false, because, sentence });
  if (person.retiredAt) return no('retired', 'This person is no longer in the database.');
  if (person.doNotContact) return no('do-not-contact', 'Asked not to be contacted.');
  if (channel === 'mail') {
    if (person.unsubscribedAt) return no('unsubscribed', 'Unsubscribed from mail.');
    if (person.doNotMail) return no('do-not-mail', 'Asked for no mail.');
    if (!person.email) return no('no-address', 'No mail address is known.');
  }
  if (channel === 'call') {
    if (person.doNotCall) return no('do-not-call', 'Asked not to be called.');
    if (!person.phone) return no('no-address', 'No phone number is known.');
  }
  return { may: true };
}
