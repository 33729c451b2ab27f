import { headerOf } from './mail-message.rules.ts';
import type { MailMessage } from './mail-message.rules.ts';

/** Mails that are no inquiry by their nature. Kept in quarantine, and only a person's release lets them through. */
export const BOUNCE = 'It is a mail server’s report that a mail did not arrive.';
export const AUTO_REPLY = 'It is an automatic answer: nobody wrote it.';
export const OWN_MAIL = 'It is a mail that Baton itself had sent.';
export const BULK = 'It is a circular sent to many, not an inquiry.';
export const MAIL_HELD: readonly string[] = [BOUNCE, AUTO_REPLY, OWN_MAIL, BULK];

/** Message ids as Baton gives them to what it sends. */
const OURS = /<?([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@baton>?/gi;
export const ownMailIds = (text: string): string[] => [...text.matchAll(OURS)].map((found) => found[1]!.toLowerCase());

const AWAY = /^(re: |aw: )*(auto(matic|mated)? ?-?(reply|response)|out of (the )?office|abwesenheit|automatische (antwort|antw)|ich bin (nicht im b[üu]ro|abwesend)|r[ée]ponse automatique|absence du bureau|respuesta autom[áa]tica|fuera de (la )?oficina|resposta autom[áa]tica|fora do escrit[óo]rio|automatisch antwoord|afwezigheid|risposta automatica|fuori sede)/i;
const FAILED = /^(undeliver(ed|able)|delivery (status notification|failure|has failed)|mail delivery (failed|system)|returned mail|unzustellbar|nicht zugestellt|échec de (la )?remise|non remis|no se (ha )?pudo entregar|não (foi )?entregue|onbestelbaar|mancato recapito)/i;

/**
 * Why a mail is no inquiry whoever sent it; undefined for all others. `said` is whether it reads as the mail of a form: those are written
 * by machines, too. What mail servers noted about a sender being genuine counts for nothing here, either way.
 */
export function heldBecause(mail: MailMessage, said: { isForm: boolean }): string | undefined {
  const type = headerOf(mail, 'content-type').toLowerCase();
  const from = mail.from?.address.split('@')[0] ?? '';
  if (mail.deliveryStatus !== '' || /report-type="?(delivery-status|disposition-notification)/.test(type) || (/^(mailer-daemon|postmaster)$/i.test(from) && FAILED.test(mail.subject)) || headerOf(mail, 'x-failed-recipients') !== '') return BOUNCE;
  if (ownMailIds(mail.messageId ?? '').length > 0 || headerOf(mail, 'x-baton-mail') !== '') return OWN_MAIL;
  const submitted = headerOf(mail, 'auto-submitted').toLowerCase().replace(/[;\s].*$/, '');
  const precedence = headerOf(mail, 'precedence').toLowerCase();
  if (submitted === 'auto-replied' || submitted === 'auto-notified' || precedence === 'auto_reply' || ['x-autoreply', 'x-autorespond', 'x-auto-response-type'].some((name) => headerOf(mail, name) !== '') || AWAY.test(mail.subject)) return AUTO_REPLY;
  if (said.isForm) return undefined;
  if (submitted !== '' && submitted !== 'no') return AUTO_REPLY;
  if (/^(bulk|junk|list)$/.test(precedence) || headerOf(mail, 'list-id') !== '' || headerOf(mail, 'list-unsubscribe') !== '') return BULK;
  return undefined;
}
