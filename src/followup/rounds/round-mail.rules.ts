import { escapeHtml } from '../../platform/values/html.rules.ts';
import { page } from '../notification.rules.ts';
import type { Written } from '../notification.rules.ts';

/** The mail holds no names: what is asked stands on the page, which is there for as long as its link holds. */
export function writeRound({ company, holderName, due, again, last, url }: { company: string; holderName: string; due: number; again: number; last: number; url: string }): Written {
  const leads = leadsOf(due);
  const first = `${company} would like to know what became of ${leads}. All on one page, one tap each, without signing in:`;
  const why = 'Hot, warm, sold, bad or don’t know: any of them is an answer. Without one a lead counts as silent.';
  const before = again === 0 ? '' : again === due ? 'We have asked before.' : `We have asked for ${again} of them before.`;
  const which = last === due ? (due === 1 ? 'it' : 'all of them') : leadsOf(last);
  const atLast = last === 0 ? '' : `For ${which} this is the last time: without an answer by the next round it counts as “don’t know”, and sales managers are told today.`;
  const insisting = [before, atLast].filter(Boolean).join(' ');
  return {
    subject: `${last > 0 ? 'Last time asked: what' : again > 0 ? 'Asked again: what' : 'What'} became of ${leads}?`,
    text: [`Hello ${holderName},`, `${first}\n${url}`, insisting, why].filter(Boolean).join('\n\n') + '\n',
    html: page(
      `<p>Hello ${escapeHtml(holderName)},</p><p>${escapeHtml(first)}</p><p><a href="${escapeHtml(url)}">Answer now</a></p>${insisting ? `<p>${escapeHtml(insisting)}</p>` : ''}<p>${escapeHtml(why)}</p>`,
    ),
  };
}
const leadsOf = (count: number): string => (count === 1 ? '1 lead' : `${count} leads`);

/** To a sales manager: who was asked for the last time today. */
export function writeLastAsked({ name, holders, url }: { name: string; holders: readonly { name: string; last: number }[]; url: string }): Written {
  const first = 'These were asked today for the last time what became of leads. Where they say nothing by the next round, it counts as “don’t know” by their silence:';
  const lines = holders.map((one) => `${one.name}: ${leadsOf(one.last)}`);
  return {
    subject: `${holders.length === 1 ? holders[0]!.name : `${holders.length} holders`}: no verdict, asked for the last time`,
    text: [`Hello ${name},`, first, lines.join('\n'), url].join('\n\n') + '\n',
    html: page(`<p>Hello ${escapeHtml(name)},</p><p>${escapeHtml(first)}</p><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul><p><a href="${escapeHtml(url)}">Verdict rounds</a></p>`),
  };
}
