/** What stands of all that somebody said about being contacted. */
import { consentChannels, type ConsentChannel } from '../../platform/values/consent-channel.rules.ts';
import { readYesNo } from '../../platform/values/yes-no.rules.ts';

/** there are no lists of who wants no messages */
export const suppressionChannels = ['mail', 'phone', 'post', 'fax'] as const;
export type SuppressionChannel = (typeof suppressionChannels)[number];
export const sayings = ['given', 'withdrawn', 'objected', 'lifted'] as const;
export type Said = (typeof sayings)[number];
export const grounds = ['consent', 'contract', 'legitimate interest'] as const;
export type Ground = (typeof grounds)[number];
export const consentSources = ['form', 'import', 'api', 'mail', 'phone', 'link', 'hand', 'before'] as const;
export type ConsentSource = (typeof consentSources)[number];

/** How we know. `lifts` says which kind of no a `lifted` takes back. */
export interface ConsentEvidence {
  /** what was put before the person, word for word, and a short hash that tells versions of it apart */
  text?: string;
  textVersion?: string;
  url?: string;
  receipt?: string;
  row?: number;
  /** what a column of a list said */
  said?: string;
  note?: string;
  lifts?: 'withdrawn' | 'objected';
}

export interface Saying {
  id: string;
  personId: string;
  purpose: string | null;
  channel: ConsentChannel | null;
  said: Said;
  at: Date;
  evidence: ConsentEvidence;
}

export interface Standing {
  /** '' for whatever purpose says nothing of its own */
  purpose: string;
  channel: ConsentChannel;
  stands: 'given' | 'refused';
  since: Date;
  consentId: string;
}

const covers = (wide: Saying, narrow: Saying): boolean =>
  (wide.purpose === null || wide.purpose === narrow.purpose) && (wide.channel === null || wide.channel === narrow.channel);
/** Somebody saw a text, said it in a list's own words or told one of us: a bare yes without any of it lifts no refusal. */
const isEvidenced = ({ evidence: { text, note, said } }: Saying): boolean => Boolean(text ?? note ?? said);
const isTotal = (saying: Saying): boolean => saying.purpose === null && saying.channel === null;

/** One person's sayings on one purpose and channel, in the order of time: a no beats any yes before it, and a later yes only with evidence. */
function stateOf(heard: readonly Saying[]): { no: Saying[]; yes: Saying | null } {
  let no: Saying[] = [];
  let yes: Saying | null = null;
  for (const saying of heard) {
    if (saying.said === 'withdrawn' || saying.said === 'objected') {
      no.push(saying);
      yes = null;
    } else if (saying.said === 'lifted') {
      no = no.filter((one) => !(covers(saying, one) && one.said === (saying.evidence.lifts ?? one.said)));
    } else if (no.length === 0) yes ??= saying;
    else if (isEvidenced(saying)) {
      // "No contact at all" is not undone by a tick for one thing.
      no = no.filter((one) => isTotal(one) && saying.purpose !== null);
      if (no.length === 0) yes = saying;
    }
  }
  return { no, yes };
}

/** at the same instant a no comes after a yes; what somebody takes back by hand was there before */
const strictness: Record<Said, number> = { given: 0, withdrawn: 1, objected: 2, lifted: 3 };

/**
 * What stands for a person and everybody merged with them: for each of them on their own, then the strictest of all. Only cells of which
 * something was said.
 */
export function standingOf(said: readonly Saying[]): Standing[] {
  const inOrder = said.toSorted((a, b) => a.at.getTime() - b.at.getTime() || strictness[a.said] - strictness[b.said] || (a.id < b.id ? -1 : 1));
  const people = [...Map.groupBy(inOrder, (one) => one.personId).values()];
  const purposes = ['', ...new Set(inOrder.flatMap(({ purpose }) => purpose ?? []))];
  return purposes.flatMap((purpose) =>
    consentChannels.flatMap((channel): Standing[] => {
      const states = people.map((own) =>
        stateOf(own.filter((one) => (one.purpose === null || one.purpose === purpose) && (one.channel === null || one.channel === channel))),
      );
      const refusal = states.flatMap(({ no }) => no).toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
      const yes = states.flatMap((state) => state.yes ?? []).toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
      const saying = refusal ?? yes;
      return saying ? [{ purpose, channel, stands: refusal ? 'refused' : 'given', since: saying.at, consentId: saying.id }] : [];
    }),
  );
}

const OUT = /^(opt(ed)?[ -]?out|unsubscribed|withdrawn|widerrufen|keine?)$/i;
const CONTRACT = /contract|customer|vertrag|kunde|contrat|client|contrato|overeenkomst|klant/i;
const INTEREST = /legitimate|berechtigtes interesse|intérêt légitime|interés legítimo|gerechtvaardigd|legítimo/i;

/** What a column of a list or a bare field means: yes or no, and on what ground. Arrivals from before may hold a bare true. */
export function readConsentWord(word: string | boolean): { said: 'given' | 'withdrawn'; ground: Ground } {
  const text = String(word).trim();
  return { said: OUT.test(text) || readYesNo(text) === false ? 'withdrawn' : 'given', ground: INTEREST.test(text) ? 'legitimate interest' : CONTRACT.test(text) ? 'contract' : 'consent' };
}
