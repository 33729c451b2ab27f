import { ofItsOwn, standingOf } from './answer.rules.ts';
import type { Standing } from './answer.rules.ts';
import type { ExchangeLead } from './exchange.contract.ts';
import type { LeadWords } from './exchange.queries.ts';

const text = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Whether the words of a lead are for this holder (null: the house): of a lead that is somebody else's by now only that it is. */
export const mayRead = (standing: Standing, holderId: string | null): boolean => {
  const word = holderId === null ? ofItsOwn(standing) : standingOf(standing, holderId);
  return word !== 'passed_on' && word !== 'withdrawn';
};

/** A lead as another system gets it: the words only where they may be read. */
export function asExchangeLead(standing: Standing, words: LeadWords | undefined, holderId: string | null): ExchangeLead {
  const word = holderId === null ? ofItsOwn(standing) : standingOf(standing, holderId);
  const given = mayRead(standing, holderId) ? words : undefined;
  const known = given && [given.personName, given.email, given.phone, given.mobile].some((one) => one !== null);
  return {
    id: standing.leadId,
    receipt: words?.receipt ?? null,
    standing: word,
    grade: given?.grade ?? null,
    score: given?.score ?? null,
    offeredAt: text(standing.offeredAt),
    answerBy: word === 'offered' ? text(given?.respondBy ?? null) : null,
    acceptedAt: text(standing.acceptedAt),
    person: given && known ? personOf(given) : null,
    organization: given?.organizationName
      ? { name: given.organizationName, website: given.website, city: given.organizationCity, country: given.organizationCountry }
      : null,
    asked: given
      ? {
          message: given.message,
          product: given.product,
          budget: given.budget,
          authority: given.authority,
          need: given.need,
          timing: given.timing,
          program: given.program,
          source: given.source,
        }
      : null,
    verdict: given?.verdict
      ? { verdict: given.verdict, reason: given.verdictReason, valueMinor: given.valueMinor, currency: given.currency, at: given.verdictAt!.toISOString() }
      : null,
    nextAction: given?.nextWhat ? { what: given.nextWhat, dueAt: text(given.nextDueAt) } : null,
    restsUntil: text(given?.pausedUntil ?? null),
    holder: given?.holderId && (holderId === null || given.holderId === holderId) ? { id: given.holderId, name: given.holderName!, kind: given.holderKind! } : null,
  };
}

const personOf = (given: LeadWords): NonNullable<ExchangeLead['person']> => ({
  name: given.personName,
  title: given.title,
  email: given.email,
  phone: given.phone,
  mobile: given.mobile,
  street: given.street,
  postalCode: given.postalCode,
  city: given.city,
  state: given.state,
  country: given.country,
  language: given.language,
  mayCall: given.mayCall,
  mayMail: given.mayMail,
});
