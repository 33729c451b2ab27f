/** The page behind a round's link: every lead with five verdicts, those unanswered first, for a thumb and without a script. */
import { escapeHtml } from '../../platform/values/html.rules.ts';
import { dateIn, daysBetween } from '../../platform/values/period.rules.ts';
import { badReasons, verdictWord } from '../disposition.rules.ts';
import type { Verdict } from '../disposition.rules.ts';
import { reasonButtons, shell } from '../link-page.rules.ts';
import { lastDayOf } from '../link.rules.ts';
import { dayText, whoIs } from '../notification.rules.ts';
import { verdictText } from '../partner/confirmation.rules.ts';
import type { RoundFound, RoundLead } from './round.queries.ts';

export interface RoundPage {
  round: RoundFound;
  leads: readonly RoundLead[];
  token: string;
  key: string;
  now: Date;
  /** What was just said, and of which lead. */
  said: { what: string; leadId: string | undefined } | null;
}

export function roundPage(page: RoundPage): string {
  const { round, leads } = page;
  const open = leads.filter((lead) => !lead.isAnswered);
  const done = leads.filter((lead) => lead.isAnswered);
  const title =
    leads.length === 0 ? 'Nothing is asked any more' : open.length === 0 ? 'All answered: thank you!' : `What became of ${open.length === 1 ? 'this lead' : `these ${open.length} leads`}?`;
  const body = [
    notice(page, open.length),
    `<section class="card"><h1>${escapeHtml(title)}</h1><p class="small">${
      leads.length === 0 ? 'These leads are with somebody else now, or were withdrawn.' : open.length > 0 ? 'One tap each is enough. You can change an answer below.' : 'You can still change an answer.'
    }</p>${leads.length > 0 ? `<progress max="${leads.length}" value="${done.length}">${done.length} of ${leads.length}</progress><p class="small">${done.length} of ${leads.length} answered</p>` : ''}</section>`,
    ...open.map((lead) => card(page, lead)),
    done.length > 0 ? `<h2 class="part">Answered</h2>` : '',
    ...done.map((lead) => card(page, lead)),
    `<p class="foot">No account needed. This link is for ${escapeHtml(round.holderName)} until ${escapeHtml(dayText(lastDayOf(round.expiresAt), round))}.</p>`,
  ];
  return shell(round, `${title} · ${round.company}`, body.join('\n'));
}

function notice({ said, leads, round }: RoundPage, left: number): string {
  if (!said) return '';
  const lead = leads.find((one) => one.leadId === said.leadId);
  if (said.what === 'again' || !lead?.verdict) return '<p class="notice" role="status">That did not work. Please try again.</p>';
  return `<p class="notice" role="status">${escapeHtml(`${whoIs(lead)}: ${told(lead, round)}.`)} ${left > 0 ? `${left} to go.` : ''}</p>`;
}

const told = (lead: RoundLead, round: RoundFound): string => verdictText({ verdict: lead.verdict!, reason: lead.verdictReason, valueMinor: lead.valueMinor, currency: lead.valueCurrency }, round.currency);

function card(page: RoundPage, lead: RoundLead): string {
  const { round, now } = page;
  const days = Math.max(1, daysBetween(dateIn(lead.since, round.timeZone), dateIn(now, round.timeZone)));
  const name = lead.personName ?? lead.email ?? 'Somebody without a name';
  const where = [lead.organizationName, lead.city].filter(Boolean).join(', ');
  const one = (verdict: Verdict): string => form(page, lead, verdict, `<button class="v ${verdict}"${lead.isAnswered && lead.verdict === verdict ? ' aria-pressed="true"' : ''} aria-label="${escapeHtml(`${verdictWord[verdict]}: ${name}`)}">${escapeHtml(verdictWord[verdict])}</button>`);
  const answers = `<div class="two">
${one('hot')}
${one('warm')}
${form(page, lead, 'sale', `<details class="more"><summary class="v sale">Sold…</summary><label>For how much? (${escapeHtml(round.currency)}, without tax)<input name="value" inputmode="decimal" autocomplete="off" placeholder="may stay empty"></label><button class="main sale">Sold</button></details>`)}
${form(page, lead, 'bad', `<details class="more"><summary class="v bad">Bad…</summary><p class="small">Why?</p>${reasonButtons(badReasons)}</details>`)}
</div>
${one('dont_know')}`;
  const head = `<h2>${escapeHtml(name)}</h2><p class="small">${escapeHtml([where, lead.product].filter(Boolean).join(' · '))}${where || lead.product ? '<br>' : ''}${
    lead.isAnswered && lead.verdict ? `You said: ${escapeHtml(told(lead, round))}` : `with you for ${days === 1 ? 'a day' : `${days} days`}${lead.phone ? ` · <a href="tel:${escapeHtml(lead.phone.replaceAll(/[^+\d]/g, ''))}">${escapeHtml(lead.phone)}</a>` : ''}`
  }</p>`;
  return `<section class="card asked-of" id="${escapeHtml(lead.leadId)}">${head}${lead.isAnswered ? `<details class="more quiet"><summary>Change it…</summary>${answers}</details>` : answers}</section>`;
}

function form({ token, key }: RoundPage, lead: RoundLead, what: string, inner: string): string {
  return `<form method="post" action="/d/${escapeHtml(token)}"><input type="hidden" name="key" value="${escapeHtml(key)}"><input type="hidden" name="lead" value="${escapeHtml(lead.leadId)}"><input type="hidden" name="do" value="${what}">${inner}</form>`;
}
