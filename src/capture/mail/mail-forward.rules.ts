import { addressIn } from './mail-message.rules.ts';
import type { MailAddress } from './mail-message.rules.ts';
import { isFreeMailDomain } from '../../platform/values/email.rules.ts';

/** Words that mail programs put before a mail handed on, in seven languages. */
const HANDED_ON = /^[\s>*_-]*(begin |start of )?(forwarded message|forwarded by|weitergeleitete nachricht|anfang der weitergeleiteten (nachricht|e-?mail)|message transf[ée]r[ée]|message transmis|début du message (transf[ée]r[ée]|réexpédié|transmis)|mensaje reenviado|inicio del mensaje reenviado|mensagem (encaminhada|reencaminhada)|início da mensagem (encaminhada|reencaminhada)|doorgestuurd bericht|begin doorgestuurd bericht|messaggio inoltrato|inizio messaggio inoltrato)/i;
/** Words that stand before a mail answered or handed on. */
const EARLIER = /^[\s>*_]*-{2,}\s*(original message|original appointment|urspr[üu]ngliche nachricht|originalnachricht|message d['’]origine|message original|mensaje original|mensagem original|oorspronkelijk bericht|messaggio originale)\s*-*/i;
const FROM = /^(from|von|de|van|da|exp[ée]diteur|remitente|afzender|mittente)$/i;
const REST = /^(to|an|à|para|aan|a|cc|kopie|copie|sent|date|gesendet|datum|envoyé|fecha|enviado( el| em)?|data|verzonden|inviato|subject|betreff|objet|asunto|assunto|onderwerp|oggetto|reply-to|antwort an|répondre à)$/i;
const SUBJECT = /^(subject|betreff|objet|asunto|assunto|onderwerp|oggetto)$/i;
const HEADER = /^[\s>]*[*_]{0,2}([\p{L}-]+( \p{L}+)?)[*_]{0,2}\s*:[*_]{0,2}\s*(.*)$/u;
const FORWARDED = /^\s*((re|aw|sv|rif|antw)\s*:\s*)*(fwd?|wg|tr|rv|enc|doorst|i|fs|vs)\s*:/i;
const ANSWERED = /^\s*(re|aw|sv|rif|res|antw|odp)\s*(\[\d+\])?\s*:/i;
/** "On Monday Ann wrote:" */
const WROTE = /^[\s>]*(on|am|le|el|em|op|il|den)\b.{4,200}(wrote|schrieb|a écrit|escribió|escreveu|schreef|ha scritto|skrev)(?!\p{L}).{0,160}:\s*$/iu;
const SENT_FROM = /^(sent from (my|mail for|outlook)|get outlook for|von meinem .{2,40} gesendet|gesendet von (mail|outlook)|envoyé (de|depuis) mon|enviado (desde|do|a partir do) (mi|meu)|verzonden (vanaf|met) mijn|inviato da(l mio)?)\b/i;

interface Block {
  /** First line of the block (its marker, where it has one), and the first line after it. */
  start: number;
  end: number;
  explicit: boolean;
  from: MailAddress;
  subject: string;
}

/** Header blocks ("From: … Sent: … To: … Subject: …") that mail programs write above an earlier mail. */
function blocksIn(lines: readonly string[]): Block[] {
  const out: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const first = HEADER.exec(lines[at]!);
    if (!first || !FROM.test(first[1]!)) continue;
    let end = at + 1;
    let others = 0;
    let subject = '';
    let from = first[3]!;
    let last = 'from';
    for (let gaps = 0; end < lines.length && end - at < 14; end++) {
      const line = lines[end]!.replace(/^[\s>]+/, '');
      const header = HEADER.exec(line);
      if (header && REST.test(header[1]!)) {
        others++;
        last = header[1]!;
        if (SUBJECT.test(last)) subject = header[3]!.trim();
        gaps = 0;
      } else if (line.trim() === '') {
        // Some programs put a blank line between any two of them; two end the block.
        const next = HEADER.exec(lines[end + 1]?.replace(/^[\s>]+/, '') ?? '');
        if (others >= 2 && !(next && REST.test(next[1]!))) break;
        if (++gaps > 1) break;
      } else if (others < 3 && !header) {
        // A line too long for its program goes on below.
        if (last === 'from' && from.length < 200) from += ` ${line}`;
        else if (others >= 2) break;
      } else break;
    }
    if (others < 2) continue;
    let start = at;
    for (let above = at - 1; above >= 0 && at - above <= 3; above--) {
      const line = lines[above]!;
      if (HANDED_ON.test(line) || EARLIER.test(line) || /^[\s>]*[_-]{10,}\s*$/.test(line)) {
        start = above;
        break;
      }
      if (line.replace(/^[\s>]+/, '') !== '') break;
    }
    out.push({ start, end, explicit: HANDED_ON.test(lines[start]!), from: addressIn(from), subject });
    at = end;
  }
  return out;
}

export interface Forwarded {
  /** Who wrote the mail that was handed on. */
  from: MailAddress;
  subject: string;
  body: string;
  /** What the one who handed it on wrote above. */
  note: string;
}

/**
 * The mail within a mail that somebody handed on; undefined when nothing was. Where it was handed on more than once, the first writer outside
 * the house of whoever did it last is meant.
 */
export function forwardedIn(text: string, subject: string, forwarder: string): Forwarded | undefined {
  const lines = text.split('\n');
  const blocks = blocksIn(lines);
  const [first] = blocks;
  if (!first) return undefined;
  if (!first.explicit && !FORWARDED.test(subject) && (ANSWERED.test(subject) || !EARLIER.test(lines[first.start]!))) return undefined;
  const domain = forwarder.split('@')[1] ?? '';
  const ours = (from: MailAddress): boolean => from.address !== '' && (from.address === forwarder || (!isFreeMailDomain(domain) && from.address.endsWith(`@${domain}`)));
  const chosen = blocks.find(({ from }) => !ours(from)) ?? blocks.at(-1)!;
  const next = blocks[blocks.indexOf(chosen) + 1];
  const inner = lines.slice(chosen.end, next?.start ?? lines.length);
  // A mail program that quotes what it hands on quotes all of it.
  const quoted = /^\s*>/.test(lines[chosen.end - 1] ?? '') || inner.filter((line) => line.trim() !== '').every((line) => line.startsWith('>'));
  const body = quoted ? inner.map((line) => line.replace(/^\s*>\s?/, '')) : inner;
  return { from: chosen.from, subject: chosen.subject, body: body.join('\n').trim(), note: ownWords(lines.slice(0, first.start).join('\n')).text };
}

/** What somebody wrote himself: without the mail answered, the quotations, and the signature, which is given apart. */
export function ownWords(text: string): { text: string; signature: string } {
  const lines = text.split('\n');
  let end = lines.length;
  const [block] = blocksIn(lines);
  if (block) end = Math.min(end, block.start);
  lines.forEach((line, at) => {
    if (at < end && (WROTE.test(line) || WROTE.test(`${line} ${lines[at + 1] ?? ''}`) || EARLIER.test(line))) end = at;
  });
  let own = lines.slice(0, end).filter((line) => !line.startsWith('>'));
  // Nothing of his own above: what he wrote stands below the quotation, or is the quotation itself.
  if (own.join('').trim() === '') own = lines.filter((line) => !line.startsWith('>') && !WROTE.test(line));
  const dash = own.findIndex((line) => /^-- ?$/.test(line));
  const signature = dash === -1 ? '' : own.slice(dash + 1).join('\n').trim();
  const kept = (dash === -1 ? own : own.slice(0, dash)).filter((line) => !SENT_FROM.test(line.trim()));
  return { text: kept.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim(), signature };
}

const PHONE = /(?:^|[\s|,;•·])(mobile|mobil|handy|cell|cellulare|móvil|movil|celular|telemóvel|portable|gsm|natel|m|tel|telefon|telephone|phone|téléphone|tél|teléfono|telefone|telefono|telefoon|direct|direkt|office|t|p|d)\s*\.?\s*[:.]\s*(\+?[(\d][\d ()/.\u00A0-]{6,22}\d)/gim;

/** Numbers that a signature names as such; a number without a word before it may be anything. */
export function phonesIn(text: string): { phone?: string; mobile?: string } {
  const out: { phone?: string; mobile?: string } = {};
  for (const [, word, number] of text.matchAll(PHONE)) {
    const digits = number!.replaceAll(/\D/g, '').length;
    if (digits < 7 || digits > 15) continue;
    out[/^(mob|handy|cel|m[óo]v|telem|portable|gsm|natel|m$)/i.test(word!) ? 'mobile' : 'phone'] ??= number!.trim();
  }
  return out;
}
