/** What the mails to holders say. A batch that gives somebody more than five leads, or reminds of as many, is told in one mail. */
import { escapeHtml } from '../platform/values/html.rules.ts';
import { isLocale, isTimeZone } from '../platform/values/place.rules.ts';
import type { LeadTold } from './links.store.ts';

export interface Written {
  subject: string;
  text: string;
  html: string;
}
export interface Offer {
  lead: LeadTold;
  url: string;
  /** Where an answer by mail may be sent, where this installation takes any. */
  replyTo?: string | undefined;
}
/** `tries` and `judge`: reminded of what the agreement asks for after the first contact. */
export type Occasion = 'assigned' | 'reminded' | 'returned' | 'tries' | 'judge';

const owed = {
  tries: { subject: 'Try once more', first: 'This lead was tried less often than agreed.', please: 'Please try again' },
  judge: { subject: 'A verdict is due', first: 'This lead has no verdict yet.', please: 'Please say what became of it' },
};

/** What a digest is about: what came back from nurture is told with what is new. */
export const digestOf = (occasion: Occasion): Exclude<Occasion, 'returned'> => (occasion === 'returned' ? 'assigned' : occasion);
const digestWords: Record<ReturnType<typeof digestOf>, (leads: string, company: string) => { subject: string; first: string }> = {
  assigned: (leads, company) => ({ subject: `${leads} leads for you`, first: `${company} has ${leads} leads for you` }),
  reminded: (leads) => ({ subject: `${leads} leads still wait for you`, first: `${leads} leads still wait for you` }),
  tries: (leads) => ({ subject: `Try ${leads} leads once more`, first: `${leads} leads were tried less often than agreed` }),
  judge: (leads) => ({ subject: `${leads} verdicts are due`, first: `${leads} leads have no verdict yet` }),
};
export const digestFrom = 6;
const digestShows = 50;

/** What is asked for next, and by when, by the holder's clock. */
function owedNext(lead: LeadTold, occasion: Occasion, locale: string): { what: string; by: string | null } {
  const [what, at]: [string, Date | null] =
    occasion === 'tries' ? ['try again', lead.triesBy] : occasion === 'judge' ? ['verdict', lead.judgeBy] : lead.acceptedAt ? ['follow up', lead.followBy] : ['answer', lead.respondBy];
  return { what, by: at && instantText(at, lead.timeZone, locale) };
}

export function writeOffer(company: string, { lead, url, replyTo }: Offer, occasion: Occasion, locale: string): Written {
  const who = whoIs(lead);
  const late = occasion === 'tries' || occasion === 'judge' ? owed[occasion] : null;
  const { what, by: until } = owedNext(lead, occasion, locale);
  const grade = gradeWord[lead.grade];
  const subject = late
    ? `${late.subject}: ${who}`
    : occasion === 'reminded'
      ? `${lead.acceptedAt ? 'Not followed up yet' : 'Still waiting for you'}: ${who}`
      : occasion === 'returned'
        ? `Back from nurture: ${who}`
        : `${grade} lead: ${who}`;
  const first = late
    ? late.first
    : occasion === 'reminded'
      ? lead.acceptedAt
        ? `You accepted this lead and have not followed it up yet.`
        : `This lead still waits for your answer.`
      : `${company} has a ${grade.toLowerCase()} lead for you.`;
  const last = late ? `${late.please} by ${until}, as agreed; after that your manager is told.` : until ? `Please ${what} by ${until}; after that it passes to somebody else.` : '';
  const facts = [
    lead.message,
    lead.product && lead.product !== lead.message ? `Product: ${lead.product}` : null,
    lead.phone,
    lead.email,
  ].filter((f) => f !== null && f !== '');
  const action = lead.holderKind === 'partner' ? 'Accept, decline or say what became of it, without signing in:' : 'Open it in your queue:';
  const reply = replyTo ? 'Or simply answer this mail: begin with hot, warm, bad, sold or don’t know, and add what you like. It is filed with the lead.' : '';
  return {
    subject,
    text:
      [`Hello ${lead.holderName},`, first, [who, lead.title].filter(Boolean).join('\n'), facts.join('\n'), last, `${action}\n${url}`, reply]
        .filter(Boolean)
        .join('\n\n') + '\n',
    html: page(
      `<p>Hello ${escapeHtml(lead.holderName)},</p><p>${escapeHtml(first)}</p><p><strong>${escapeHtml(who)}</strong>${lead.title ? `<br>${escapeHtml(lead.title)}` : ''}</p>` +
        `<p>${facts.map((f) => escapeHtml(f!)).join('<br>')}</p>${last ? `<p>${escapeHtml(last)}</p>` : ''}<p><a href="${escapeHtml(url)}">${lead.holderKind === 'partner' ? 'Answer now' : 'Open the lead'}</a></p>${reply ? `<p>${escapeHtml(reply)}</p>` : ''}`,
    ),
  };
}

export function writeDigest(company: string, offers: readonly Offer[], occasion: Occasion, queueUrl: string, locale: string): Written {
  const { holderName, holderKind } = offers[0]!.lead;
  const order = { hot: 0, warm: 1, cold: 2 };
  const best = offers.toSorted((a, b) => order[a.lead.grade] - order[b.lead.grade] || b.lead.score - a.lead.score);
  const shown = best.slice(0, digestShows);
  const hot = offers.filter((o) => o.lead.grade === 'hot').length;
  const words = digestWords[digestOf(occasion)](String(offers.length), company);
  const subject = `${words.subject}${hot > 0 ? `, ${hot} hot` : ''}`;
  const first = `${words.first}, the best first:`;
  const line = ({ lead }: Offer): string => {
    const { what, by } = owedNext(lead, occasion, locale);
    return `${gradeWord[lead.grade]} · ${whoIs(lead)}${by ? ` · ${what} by ${by}` : ''}`;
  };
  const rest = offers.length > shown.length ? `… and ${offers.length - shown.length} more.` : '';
  const all = holderKind === 'rep' ? `Your queue has them in order:\n${queueUrl}` : '';
  return {
    subject,
    text:
      [
        `Hello ${holderName},`,
        first,
        shown.map((o) => `${line(o)}\n${o.url}`).join('\n\n'),
        rest,
        all,
      ]
        .filter(Boolean)
        .join('\n\n') + '\n',
    html: page(
      `<p>Hello ${escapeHtml(holderName)},</p><p>${escapeHtml(first)}</p><ul>${shown
        .map((o) => `<li><a href="${escapeHtml(o.url)}">${escapeHtml(line(o))}</a></li>`)
        .join('')}</ul><p>${escapeHtml(rest)}</p>${holderKind === 'rep' ? `<p><a href="${escapeHtml(queueUrl)}">Open your queue</a></p>` : ''}`,
    ),
  };
}

export function whoIs(lead: Pick<LeadTold, 'personName' | 'organizationName' | 'city' | 'email'>): string {
  const name = lead.personName ?? lead.email ?? 'Somebody without a name';
  const where = [lead.organizationName, lead.city].filter(Boolean).join(', ');
  return where ? `${name}, ${where}` : name;
}

/** A formatter is dear: some fifty kilobytes outside the heap, and a tenth of a millisecond to make. There are few zones and locales. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const shown = {
  instant: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
} as const;

/** 'Wed 4 Mar, 14:00' by the clock of a zone. What is no language is written in English: the hour is the zone's all the same. */
export const instantText = (at: Date, timeZone: string, locale: string): string => formatterOf('instant', timeZone, locale).format(at);
/** '4 Mar' */
export const dayText = (at: Date, { timeZone, locale }: { timeZone: string; locale: string }): string => formatterOf('day', timeZone, locale).format(at);

function formatterOf(what: keyof typeof shown, timeZone: string, locale: string): Intl.DateTimeFormat {
  const key = `${what} ${locale} ${timeZone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    const language = locale === 'en' || !isLocale(locale) ? 'en-GB' : locale;
    formatter = new Intl.DateTimeFormat(language, { ...shown[what], timeZone: isTimeZone(timeZone) ? timeZone : 'UTC' });
    formatters.set(key, formatter);
  }
  return formatter;
}

const gradeWord = { hot: 'Hot', warm: 'Warm', cold: 'Cold' };

/** A mail's HTML around its body, without anything to load. */
export function page(body: string): string {
  return `<!doctype html><meta charset="utf-8"><body style="font:16px/1.5 system-ui,sans-serif;color:#1a1d21">${body}</body>`;
}
