import { append } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { hashToken } from '../../platform/secrets.ts';
import { findChains } from '../followup.store.ts';
import { knownFrom } from './browser.rules.ts';
import type { Known } from './browser.rules.ts';
import { addLinkAnswers, findAnsweredFrom } from './link-answer.store.ts';

/** Where an answer came from. */
export interface AnsweredFrom {
  via: 'page' | 'round';
  /** what the browser was given to keep when it answered first */
  mark: string;
  browser: string | undefined;
}
interface Answered {
  linkId: string;
  leadId: string;
  holderId: string;
  did: string;
  at: Date;
}

/** Records answers given on one page, and that they came from somewhere new: then the mail may have been handed on. */
export async function noteAnswers(tx: Tx, cx: Context, answers: readonly Answered[], from: AnsweredFrom): Promise<void> {
  const [one] = answers;
  if (!one) return;
  const mark = hashToken(from.mark);
  const known = knownFrom(await findAnsweredFrom(tx, one.holderId, mark));
  await note(tx, cx, answers.map((answer) => ({ ...answer, via: from.via, known, browser: from.browser ?? null, mark })));
}

/** Records an answer by mail, from an address that is the holder's own or another one of its house. */
export const noteMailAnswer = (tx: Tx, cx: Context, answer: Answered, isOwnAddress: boolean): Promise<void> =>
  note(tx, cx, [{ ...answer, via: 'mail', known: isOwnAddress ? 'known' : 'other', browser: null, mark: null }]);

async function note(tx: Tx, cx: Context, answers: readonly (Answered & { via: 'page' | 'round' | 'mail'; known: Known; browser: string | null; mark: Buffer | null })[]): Promise<void> {
  await addLinkAnswers(tx, answers.map((answer) => ({ id: cx.ids.next(), ...answer })));
  const elsewhere = answers.filter(({ known }) => known === 'other');
  const chains = await findChains(tx, elsewhere.map(({ leadId }) => leadId));
  await append(
    tx,
    cx,
    elsewhere.flatMap(({ linkId, leadId, holderId, via, at }) => {
      const chainId = chains.get(leadId);
      return chainId ? [{ type: 'lead.answeredElsewhere' as const, chainId, subjectId: leadId, at, actor: `holder:${holderId}`, data: { leadId, linkId, holderId, via } }] : [];
    }),
  );
}
