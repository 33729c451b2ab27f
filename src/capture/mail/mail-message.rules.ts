/** A mail, its encodings undone, in the words the house reads it with. */
export interface MailMessage {
  messageId: string | null;
  inReplyTo: string | null;
  from: MailAddress | null;
  replyTo: MailAddress | null;
  subject: string;
  /** When its sender says it was sent. */
  date: Date | null;
  /** Header lines by lower-case name, in order. */
  headers: Map<string, string[]>;
  text: string;
  html: string;
  files: MailFile[];
  /** Mails it carries whole: forwarded as an attachment, or returned by a postmaster. */
  enclosed: MailMessage[];
  /** A mail server's report on a mail that did not arrive. */
  deliveryStatus: string;
}
export interface MailAddress {
  /** '' where none was given. */
  name: string;
  address: string;
}
export interface MailFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

export const headerOf = (mail: Pick<MailMessage, 'headers'>, name: string): string => (mail.headers.get(name) ?? [])[0]?.trim() ?? '';

const ADDRESS = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+\.[^\s<>()[\]"',;:.]+/;

/** 'Weber, Jonas [mailto:j@x.example]' → {name: 'Jonas Weber', address: 'j@x.example'}; the address is '' where none stands. */
export function addressIn(given: string): MailAddress {
  const text = given.slice(0, 500);
  const address = ADDRESS.exec(text)?.[0]?.toLowerCase() ?? '';
  // What stands in angles or brackets, and a bare address, is no name.
  let rest = text.replaceAll(/<[^>]*>|\[[^\]]*\]|\((?:[^)]*@[^)]*)\)/g, ' ').replaceAll(new RegExp(ADDRESS, 'g'), ' ').replaceAll(/["*]/g, ' ');
  rest = rest.replace(/\b(on behalf of|im auftrag von|de la part de|en nombre de|em nome de|namens|per conto di)\b.*$/i, ' ');
  return { name: personName(rest.replaceAll(/^[\s,;']+|[\s,;']+$/g, '')), address };
}

/** 'Weber, Jonas' → 'Jonas Weber'; a name that is an address says nothing. */
export function personName(name: string): string {
  const plain = name.replaceAll(/\s+/g, ' ').trim();
  if (plain.includes('@')) return '';
  const turned = /^([\p{L}'’ -]{2,40}), ([\p{L}'’. -]{2,40})$/u.exec(plain);
  return turned ? `${turned[2]} ${turned[1]}` : plain;
}

const NOBODY = /^(no-?_?reply|do-?_?not-?_?reply|noresponder|nao-?responda|ne-?pas-?repondre|mailer|mailer-daemon|postmaster|wordpress|www-data|apache|nginx|root|cron|backups?|monitor(ing)?|alerts?|daemon|webserver|webmaster|notifications?|notify|notificaciones|mailing|automailer|system|server|bounces?)([+._-].*)?$/i;
/** Addresses that machines write from: nobody reads what is sent there. */
export const isNobody = (address: string): boolean => NOBODY.test(address.split('@')[0] ?? '');
