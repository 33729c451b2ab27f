import { escapeHtml } from '../../platform/values/html.rules.ts';
import { amountShown } from '../../platform/values/money.rules.ts';
import { verdictWord } from '../disposition.rules.ts';
import type { Verdict } from '../disposition.rules.ts';
import { page } from '../notification.rules.ts';
import type { Written } from '../notification.rules.ts';

/** 'Sold for EUR 12,500.00', 'Bad: no budget' */
export function verdictText(said: { verdict: Verdict; reason: string | null; valueMinor: number | null; currency: string | null }, ownCurrency: string): string {
  const word = verdictWord[said.verdict];
  if (said.verdict === 'sale') return said.valueMinor === null ? word : `${word} for ${said.currency ?? ownCurrency} ${amountShown({ minor: said.valueMinor, currency: said.currency ?? ownCurrency })}`;
  return said.reason ? `${word}: ${said.reason}` : word;
}

/** Asks somebody who wrote a verdict in a mail whether it is meant: anybody can write any sender, so the verdict waits for the page. */
export function writeConfirmation(given: { company: string; holderName: string; who: string; said: string; subject: string; url: string }): Written {
  const { company, holderName, who, said, subject, url } = given;
  const first = `Thank you for your answer about ${who}. It is filed with the lead.`;
  const ask = `We read it as “${said}”. One tap says that this is right:`;
  const last = `Nothing is set before that. If it is wrong, open the page all the same and choose something else.`;
  return {
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject || who}`,
    text: [`Hello ${holderName},`, first, `${ask}\n${url}`, last, company].join('\n\n') + '\n',
    html: page(
      `<p>Hello ${escapeHtml(holderName)},</p><p>${escapeHtml(first)}</p><p>${escapeHtml(`We read it as “${said}”.`)}</p><p><a href="${escapeHtml(url)}">Yes, that is right…</a></p><p>${escapeHtml(last)}</p><p>${escapeHtml(company)}</p>`,
    ),
  };
}
