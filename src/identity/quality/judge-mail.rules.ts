import { parseEmail } from '../../platform/values/email.rules.ts';
import type { Finding } from './levels.rules.ts';

/** What the world said of a mail's domain: it takes mail, it takes none (RFC 7505), there is no such domain; undefined where nobody asked. */
export type DomainState = 'mail' | 'no mail' | 'no domain';

export interface MailKnown {
  domain?: DomainState | undefined;
  bounced?: boolean | undefined;
  wrote?: boolean | undefined;
}

// What people type where a form insists. Reserved names are RFC 2606 and 6761, those that a company's own tests do not use.
const madeUpNames = new Set('test testing asdf asdfgh qwerty none nomail noemail noreply donotreply na xxx abc fake nobody null undefined'.split(' '));
const madeUpDomains = new Set('example.com example.org example.net test.com test.de asdf.com none.com nomail.com'.split(' '));
const nobodysEndings = /\.(?:invalid|test|localhost|local)$/;

/** @param email as it is kept; @returns nothing where it is simply plausible */
export function judgeMail(email: string, known: MailKnown): Finding[] {
  const mail = parseEmail(email);
  const found: Finding[] = [];
  const note = (code: Finding['code'], level: Finding['level'], detail?: string): unknown => found.push({ group: 'mail', code, level, ...(detail ? { detail } : {}) });
  if (!mail) {
    note('mailUnreadable', 'bad');
    return found;
  }
  if (known.bounced) note('bounced', 'bad');
  if (known.domain === 'no domain') note('noDomain', 'bad', mail.domain);
  if (known.domain === 'no mail') note('noMail', 'bad', mail.domain);
  if (mail.disposable) note('disposable', 'bad');
  if (madeUpDomains.has(mail.domain) || nobodysEndings.test(mail.domain) || madeUpNames.has(mail.local.replaceAll(/[._-]/g, ''))) note('mailMadeUp', 'bad');
  if (known.wrote) note('wrote', 'verified');
  // of what is wrong anyhow nobody needs to know whose it would be
  if (found.some(({ level }) => level === 'bad')) return found;
  if (mail.role) note('role', 'doubtful');
  else if (mail.free) note('free', 'plausible');
  return found;
}
