import { escapeHtml } from '../../platform/values/html.rules.ts';
import { page } from '../notification.rules.ts';
import type { Written } from '../notification.rules.ts';

/** The mail holds no names: what is asked stands on the page, which is there for as long as its link holds. */
export function writeRound({ company, holderName, due, url }: { company: string; holderName: string; due: number; url: string }): Written {
  const leads = due === 1 ? '1 lead' : `${due} leads`;
  const first = `${company} would like to know what became of ${leads}. All on one page, one tap each, without signing in:`;
  const why = 'Hot, warm, sold, bad or don’t know: any of them is an answer. Without one a lead counts as silent.';
  return {
    subject: `What became of ${leads}?`,
    text: [`Hello ${holderName},`, `${first}\n${url}`, why].join('\n\n') + '\n',
    html: page(`<p>Hello ${escapeHtml(holderName)},</p><p>${escapeHtml(first)}</p><p><a href="${escapeHtml(url)}">Answer now</a></p><p>${escapeHtml(why)}</p>`),
  };
}
