/**
 * The page behind a no-login link: one lead, for a thumb, without a script. Everything an enquirer typed goes through `escapeHtml`. Buttons
 * that ask one thing more are <details>, so that two taps are enough and nothing needs JavaScript.
 */
import { escapeHtml } from '../platform/values/html.rules.ts';
import { minorDigits, readMoney } from '../platform/values/money-text.rules.ts';
import { moneyText } from '../platform/values/money.rules.ts';
import { dateIn } from '../platform/values/period.rules.ts';
import { badReasons, declineReasons, lacksReason, pauseReasons, verdictWord } from './disposition.rules.ts';
import type { Verdict } from './disposition.rules.ts';
import { lastDayOf } from './link.rules.ts';
import type { LinkState } from './link.rules.ts';
import type { LinkSeen } from './link.queries.ts';
import { dayText, instantText } from './notification.rules.ts';
import { verdictText } from './partner/confirmation.rules.ts';
import type { ProposalSeen } from './partner/partner.queries.ts';

export interface LinkPage {
  link: LinkSeen;
  token: string;
  /** proves that a form was made for this link */
  key: string;
  /** open minutes until the answer is due */
  minutesLeft: number | null;
  /** it rests until then */
  pausedUntil: Date | null;
  notice: string | null;
  /** A verdict they wrote in a mail, which waits for a yes. */
  proposal: ProposalSeen | null;
}

export const notices: Record<string, string> = {
  accepted: 'Accepted: it is yours.',
  declined: 'Thank you. The lead has been passed on.',
  hot: 'Noted: hot.',
  warm: 'Noted: warm. We keep in touch and bring it back to you.',
  sale: 'Sold: congratulations!',
  bad: 'Noted: bad. Thank you for saying why.',
  dont_know: 'Noted. We will ask again in two weeks.',
  undone: 'Taken back: everything is as it was.',
  next: 'Next step noted.',
  paused: 'It rests until then: no clock runs meanwhile.',
  resumed: 'The pause is over: the clocks run on.',
  left: 'Left as it is.',
  again: 'That did not work. Please look at the form and try again.',
};

export function linkPage(page: LinkPage): string {
  const { link, notice } = page;
  const accepted = link.acceptedAt !== null || link.verdict !== null || link.fate !== null;
  const body = [
    notice ? `<p class="notice" role="status">${escapeHtml(notice)}</p>` : '',
    page.proposal ? proposalCard(page, page.proposal) : '',
    card(page, accepted),
    accepted ? calls(link) : offer(page),
    verdictCard(page, accepted),
    accepted && link.fate === null ? nextCard(page) : '',
    accepted && link.openHolderId === link.holderId ? pauseCard(page) : '',
    accepted && link.fate === null
      ? form(page, 'decline', `<details class="more quiet"><summary>Give it back…</summary>${reasonButtons(declineReasons)}</details>`)
      : '',
    `<p class="foot">No account needed. This link is for you and this lead, until ${escapeHtml(dayText(lastDayOf(link.expiresAt), link))}.</p>`,
  ];
  return shell(link, `${link.personName ?? 'A lead'} · ${link.company}`, body.join('\n'));
}

/** Instead of the lead, when the link no longer opens it. */
export function closedPage(state: Exclude<LinkState, 'good'> | 'unknown', link: Pick<LinkSeen, 'company' | 'holderName'> | null): string {
  const words: Record<typeof state, [string, string]> = {
    expired: ['This link has run out', 'For your safety it was only good for some days. Ask whoever sent it for a new one.'],
    revoked: ['This link no longer works', 'It was withdrawn. Ask whoever sent it if you still need it.'],
    'passed-on': [
      'This lead is with somebody else now',
      'It was passed on, because it was declined or not answered in time. There is nothing left to do for you, thank you.',
    ],
    withdrawn: ['This lead was withdrawn', 'It is no longer followed up. There is nothing left to do for you, thank you.'],
    unknown: ['This link does not work', 'It may be cut off. Open it again from the mail, or ask whoever sent it for a new one.'],
  };
  const [title, sentence] = words[state];
  return shell(link, title, `<section class="card"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p></section>`);
}

function card({ link, minutesLeft }: LinkPage, accepted: boolean): string {
  const left = minutesLeft === null ? '' : minutesLeft > 0 ? ` · ${durationText(minutesLeft)} left to accept` : ' · past the promised time';
  const head = link.verdict
    ? `You said: ${verdictText({ verdict: link.verdict, reason: link.verdictReason, valueMinor: link.valueMinor, currency: link.valueCurrency }, link.currency)}`
    : accepted
      ? 'Yours since you accepted it'
      : `New lead for you${left}`;
  const where = [link.organizationName, link.city].filter(Boolean).join(', ');
  const line = [where, link.title].filter(Boolean).join(' · ');
  const wishes = [
    link.message,
    link.product && link.product !== link.message ? link.product : null,
    link.budget ? `Budget: ${link.budget}` : null,
    link.timing ? `When: ${link.timing}` : null,
  ];
  const asked = link.askedAt ? `Asked${channelText(link.channel)}, ${instantText(link.askedAt, link.timeZone, link.locale)}.` : '';
  return `<section class="card lead">
<p class="small">${escapeHtml(head)}</p>
<h1>${escapeHtml(link.personName ?? link.email ?? 'Somebody without a name')}</h1>
${line ? `<p>${escapeHtml(line)}</p>` : ''}
<p>${escapeHtml([...wishes.filter((w) => w !== null && w !== '').map((w) => (/[.!?]$/.test(w!.trim()) ? w!.trim() : `${w!.trim()}.`)), asked].join(' '))}</p>
<p class="reach">${link.phone ? `<a href="tel:${escapeHtml(link.phone.replaceAll(/[^+\d]/g, ''))}">${escapeHtml(link.phone)}</a>` : ''}${link.email ? `<a href="mailto:${escapeHtml(link.email)}">${escapeHtml(link.email)}</a>` : ''}</p>
</section>`;
}

/** What they wrote by mail is one tap away; a bad lead still wants its why. */
function proposalCard(page: LinkPage, said: ProposalSeen): string {
  const { link } = page;
  const which = `<input type="hidden" name="proposal" value="${escapeHtml(said.id)}">`;
  const yes =
    lacksReason(said)
      ? `<p class="small">Bad: why?</p>${reasonButtons(badReasons)}`
      : `<button class="main${said.verdict === 'sale' ? ' sale' : ''}">Yes: ${escapeHtml(verdictText(said, link.currency))}</button>`;
  return `<section class="card asked">
<h2>Is this right?</h2>
<p class="small">You wrote us, ${escapeHtml(instantText(said.at, link.timeZone, link.locale))}:</p>
<blockquote>${escapeHtml(said.words ?? verdictWord[said.verdict])}</blockquote>
${form(page, 'confirm', which + yes)}
${form(page, 'leave', `${which}<button class="quiet">No, leave it as it is</button>`)}
</section>`;
}

function offer(page: LinkPage): string {
  const { link } = page;
  return `${form(page, 'accept', '<button class="main">Accept this lead</button>')}
<div class="two">${form(page, 'decline', `<details class="more"><summary>Not for me…</summary>${reasonButtons(declineReasons)}</details>`)}${callNow(link)}</div>`;
}

function calls(link: LinkSeen): string {
  return link.phone ? `<div class="one">${callNow(link)}</div>` : '';
}
function callNow(link: LinkSeen): string {
  return link.phone ? `<a class="button" href="tel:${escapeHtml(link.phone.replaceAll(/[^+\d]/g, ''))}">Call now</a>` : '';
}

function verdictCard(page: LinkPage, accepted: boolean): string {
  const { link } = page;
  const mark = (verdict: Verdict): string => (link.verdict === verdict ? ' aria-pressed="true"' : '');
  const one = (verdict: Verdict): string =>
    form(page, verdict, `<button class="v ${verdict}"${mark(verdict)}>${escapeHtml(verdictWord[verdict])}</button>`);
  return `<section class="card">
<h2>${accepted ? 'What became of it?' : 'Already know more?'}</h2>
<p class="small">One tap is enough. You can change it later.</p>
<div class="two">
${one('hot')}
${one('warm')}
${form(
  page,
  'sale',
  `<details class="more"${link.verdict === 'sale' ? ' data-now' : ''}><summary class="v sale">Sold…</summary>
<label>For how much? (${escapeHtml(link.currency)}, without tax)<input name="value" inputmode="decimal" autocomplete="off" placeholder="may stay empty"${link.valueMinor === null ? '' : ` value="${moneyText({ minor: link.valueMinor, currency: link.valueCurrency ?? link.currency })}"`}></label>
<button class="main sale">Sold</button></details>`,
)}
${form(page, 'bad', `<details class="more"${link.verdict === 'bad' ? ' data-now' : ''}><summary class="v bad">Bad…</summary><p class="small">Why?</p>${reasonButtons(badReasons)}</details>`)}
</div>
${one('dont_know')}
${link.verdict ? form(page, 'undo', `<button class="quiet">Take “${escapeHtml(verdictWord[link.verdict])}” back</button>`) : ''}
</section>`;
}

function nextCard(page: LinkPage): string {
  const { link } = page;
  const due = link.nextDueAt ? dateIn(link.nextDueAt, link.timeZone) : '';
  return form(
    page,
    'next',
    `<details class="card"${link.nextWhat ? ' open' : ''}><summary><h2>Next step</h2></summary>
<label>What happens next?<input name="what" maxlength="500" autocomplete="off" placeholder="e.g. visit, quote, call again" value="${escapeHtml(link.nextWhat ?? '')}" required></label>
<label>When?<input name="due" type="date" value="${due}"></label>
<button class="main">Note it</button></details>`,
  );
}

function pauseCard(page: LinkPage): string {
  const { link } = page;
  if (page.pausedUntil)
    return `<section class="card"><h2>It rests until ${escapeHtml(instantText(page.pausedUntil, link.timeZone, link.locale))}</h2>${form(page, 'resume', '<button class="quiet">End the pause now</button>')}</section>`;
  return form(
    page,
    'pause',
    `<details class="card"><summary><h2>Let it rest</h2></summary>
<label>Until when? No clock runs meanwhile.<input name="on" type="date" required></label><p class="small">Why?</p>${reasonButtons(pauseReasons)}</details>`,
  );
}

export function reasonButtons(reasons: readonly string[]): string {
  return reasons.map((reason) => `<button name="reason" value="${escapeHtml(reason)}">${escapeHtml(reason)}</button>`).join('');
}

function form({ token, key }: LinkPage, what: string, inner: string): string {
  return `<form method="post" action="/l/${escapeHtml(token)}"><input type="hidden" name="key" value="${escapeHtml(key)}"><input type="hidden" name="do" value="${what}">${inner}</form>`;
}

/** A page without a script, for a thumb. */
export function shell(link: Pick<LinkSeen, 'company' | 'holderName'> | null, title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/l/link.css"></head>
<body><main>
<header><span class="brand"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><defs><linearGradient id="g" x1="0" x2="1"><stop offset="0" stop-color="#1971c2"/><stop offset="1" stop-color="#2f9e44"/></linearGradient></defs><rect x="1" y="8.5" width="22" height="7.5" rx="3.75" fill="url(#g)" transform="rotate(-32 12 12)"/></svg>${escapeHtml(link?.company ?? 'Baton')}</span>${link ? `<span class="for">for ${escapeHtml(link.holderName)}</span>` : ''}</header>
${body}
</main></body></html>
`;
}

export function durationText(minutes: number): string {
  if (minutes < 60) return `${Math.max(1, Math.round(minutes))} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(Math.round(minutes % 60)).padStart(2, '0')}`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

function channelText(channel: string | null): string {
  if (channel === 'form' || channel === 'web') return ' on the web';
  if (channel === 'mail') return ' by mail';
  return '';
}

/** "12,500", "12.500,00 €" or "12500.5" in minor units of `currency`; undefined when it is no amount; null when nothing was said. */
export function readAmount(typed: string | undefined, currency: string): number | null | undefined {
  const bare = (typed ?? '').replaceAll(/[^\d.,]/g, '');
  if (bare === '') return typed?.trim() ? undefined : null;
  // Three digits behind a point are thousands, but where a currency has three behind its mark.
  const decimal = /^\d+\.\d{3}$/.test(bare) && minorDigits(currency) < 3 ? ',' : null;
  return readMoney(bare, { currency, decimal }).value?.minor;
}
