import PostalMime, { decodeWords } from 'postal-mime';
import type { Address, Email } from 'postal-mime';
import type { MailAddress, MailFile, MailMessage } from './mail-message.rules.ts';
import { addressIn, personName } from './mail-message.rules.ts';

const attachmentsMax = 50;
const depthMax = 4;

/**
 * Undoes a mail's encodings: headers, character sets, quoted-printable and base64. Mails within it are parsed too, a few levels deep. Throws
 * an Error with a sentence where the mail is built to exhaust its reader (parts within parts, headers without end).
 */
export async function parseMail(raw: Uint8Array, depth = 0): Promise<MailMessage> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 30, maxHeadersSize: 262_144, attachmentEncoding: 'arraybuffer' });
  const headers = new Map<string, string[]>();
  for (const { key, value } of mail.headers) headers.set(key, [...(headers.get(key) ?? []), value]);
  const files: MailFile[] = [];
  const enclosed: MailMessage[] = [];
  let deliveryStatus = '';
  for (const { filename, mimeType, content, related } of mail.attachments.slice(0, attachmentsMax)) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    if (mimeType === 'message/delivery-status') deliveryStatus += new TextDecoder().decode(bytes.subarray(0, 20_000));
    else if (mimeType === 'message/rfc822' && depth < depthMax) enclosed.push(await parseMail(bytes, depth + 1));
    // Pictures within the text are part of it.
    else if (!(related && mimeType.startsWith('image/'))) files.push({ name: filename ?? '', type: mimeType, bytes });
  }
  const date = mail.date ? new Date(mail.date) : null;
  return {
    messageId: mail.messageId ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    from: first(mail.from ?? mail.sender, headers.get('from')?.[0]),
    replyTo: first(mail.replyTo?.[0], headers.get('reply-to')?.[0]),
    subject: (mail.subject ?? '').replaceAll(/\s+/g, ' ').trim(),
    date: date && !Number.isNaN(date.getTime()) ? date : null,
    headers,
    text: mail.text ?? '',
    html: mail.html ?? '',
    files,
    enclosed,
    deliveryStatus,
  };
}

/** Every address that a mail names as where it was delivered. */
export async function deliveredTo(raw: Uint8Array): Promise<string[]> {
  const end = Buffer.from(raw).subarray(0, 262_144).toString('latin1').search(/\r?\n\r?\n/);
  const mail: Email = await PostalMime.parse(end === -1 ? raw : raw.subarray(0, end + 4));
  const named = [...(mail.to ?? []), ...(mail.cc ?? []), ...(mail.bcc ?? [])].flatMap((one) => (one.group ? one.group : [one])).map(({ address }) => address);
  const traced = mail.headers.filter(({ key }) => ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-forwarded-to', 'x-delivered-to'].includes(key)).map(({ value }) => value.replaceAll(/[<>\s]/g, ''));
  return [...new Set([...traced, ...named])];
}

/** A name with a bare comma ("Weber, Jonas <j@x.example>") is two addresses to the letter of the law, and one person to everybody else. */
function first(given: Address | undefined, line: string | undefined): MailAddress | null {
  const one = given?.group ? given.group[0] : given;
  if (one?.address?.includes('@')) return { name: personName(one.name), address: one.address.toLowerCase() };
  const said = addressIn(decodeWords(line ?? ''));
  return said.address === '' ? null : said;
}
