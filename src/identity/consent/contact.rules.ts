/**
 * Whether a person may be contacted at all. Asked before anything is sent to an enquirer; what was refused is kept as a touch that
 * was held back, with the reason, so nobody wonders why an answer never went out.
 */
export type Channel = 'mail' | 'call' | 'letter' | 'fax';
/** The same channels in the words of consent. */
export const consentChannel = { mail: 'mail', call: 'phone', letter: 'post', fax: 'fax' } as const;
export interface Contactable {
  email: string | null;
  phone: string | null;
  doNotContact: boolean;
  doNotMail: boolean;
  doNotCall: boolean;
  unsubscribedAt: Date | null;
  retiredAt: Date | null;
  /** our last mail to the address came back, or was refused for good */
  returned?: boolean;
  /** do-not-contact lists the address or number is on, by channel in the words of consent */
  listed?: Partial<Record<(typeof consentChannel)[Channel], string>>;
  /** what stands of consents and objections; '' for whatever purpose says nothing of its own */
  standing?: readonly { purpose: string; channel: string; stands: 'given' | 'refused' }[];
}
/** What it is about: what was said of it, and whether it needs a yes. */
export interface ForPurpose {
  key: string;
  label: string;
  needsConsent: boolean;
}
export type MayContact =
  | { may: true }
  | { may: false; because: 'retired' | 'do-not-contact' | 'unsubscribed' | 'do-not-mail' | 'do-not-call' | 'no-address' | 'returned' | 'listed' | 'refused' | 'no-consent'; sentence: string };

/**
 * A list beats everything; then what was said of this purpose by this channel; then the general wishes. A consent to one purpose opens it
 * though mail or calls in general are unwanted, but never where somebody wants no contact at all.
 */
export function mayContact(person: Contactable, channel: Channel, purpose?: ForPurpose): MayContact {
  const no = (because: Exclude<MayContact, { may: true }>['because'], sentence: string): MayContact => ({ may: false, because, sentence });
  if (person.retiredAt) return no('retired', 'This person is no longer in the database.');
  const by = consentChannel[channel];
  const list = person.listed?.[by];
  if (list) return no('listed', `On the list “${list}”.`);
  if (person.doNotContact) return no('do-not-contact', 'Asked not to be contacted.');
  const stands = (of: string) => person.standing?.find((one) => one.purpose === of && one.channel === by)?.stands;
  const said = purpose && stands(purpose.key);
  if (purpose && said === 'refused') return no('refused', `Does not want ${purpose.label.toLowerCase()} by ${by}.`);
  if (purpose?.needsConsent && said !== 'given') return no('no-consent', `Never consented to ${purpose.label.toLowerCase()} by ${by}.`);
  if (channel === 'mail') {
    if (said !== 'given' && person.unsubscribedAt) return no('unsubscribed', 'Unsubscribed from mail.');
    if (said !== 'given' && person.doNotMail) return no('do-not-mail', 'Asked for no mail.');
    if (!person.email) return no('no-address', 'No mail address is known.');
    if (person.returned) return no('returned', 'Our last mail to this address came back. Correct the address.');
  }
  if (channel === 'call') {
    if (said !== 'given' && person.doNotCall) return no('do-not-call', 'Asked not to be called.');
    if (!person.phone) return no('no-address', 'No phone number is known.');
  }
  if ((channel === 'letter' || channel === 'fax') && said !== 'given' && stands('') === 'refused') return no('refused', `Asked for nothing by ${by}.`);
  return { may: true };
}
