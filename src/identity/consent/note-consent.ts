import { append } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { findSurvivors } from '../merge.store.ts';
import { refuseErased } from '../privacy/refuse-erased.ts';
import { setConsent, type ConsentFlags } from '../person.store.ts';
import type { ConsentChannel } from '../../platform/values/consent-channel.rules.ts';
import { standingOf, type ConsentEvidence, type ConsentSource, type Ground, type Said } from './consent.rules.ts';
import { insertSayings, loadSayings, keepWishes, replaceStanding, takeSayingsBack, type NewSaying } from './consent.store.ts';
import { sayingsOf, saysOfConsent, type SayingArrival } from './said-in-inquiry.rules.ts';

/** What stands for these people and whoever is merged with them, worked out anew from all they said. */
export async function restand(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const { survivors, members } = await loadSayings(tx, personIds);
  await replaceStanding(
    tx,
    members,
    [...survivors].flatMap(([personId, said]) => standingOf(said).map((one) => ({ ...one, personId }))),
  );
}

async function note(tx: Tx, cx: Context, said: readonly Omit<NewSaying, 'id'>[]): Promise<void> {
  await insertSayings(tx, said.map((one) => ({ ...one, id: cx.ids.next() })), tx.scope.userId ?? 'baton', cx.clock.now());
  await restand(tx, [...new Set(said.map((one) => one.personId))]);
}

/** What a batch of arrivals said; costs nothing where none says anything. A list tells of itself when it is finished. */
export async function noteArrivals(tx: Tx, cx: Context, arrivals: readonly SayingArrival[]): Promise<void> {
  const said = arrivals.filter(({ fields }) => saysOfConsent(fields)).flatMap(sayingsOf);
  if (said.length === 0) return;
  await note(tx, cx, said);
  await keepWishes(tx, said.filter(isWish).map((one) => one.personId));
  const told = Map.groupBy(said.filter((one) => one.importId === null), (one) => one.personId);
  await append(
    tx,
    cx,
    [...told].map(([personId, own]) => ({
      type: 'person.consentChanged' as const,
      chainId: personId,
      subjectId: personId,
      data: { personId, change: own.map(inWords).join(', '), via: own[0]!.source },
    })),
  );
}

const inWords = ({ purpose, channel, said }: Pick<NewSaying, 'purpose' | 'channel' | 'said'>): string =>
  `${purpose ?? 'everything'} by ${channel ?? 'every channel'}: ${said}`;

export interface NewConsent {
  purpose: string | null;
  channels: readonly ConsentChannel[] | null;
  said: Said;
  ground: Ground | null;
  at: Date | null;
  source: ConsentSource;
  evidence: ConsentEvidence;
}

/** The columns other rooms read, as far as they can say it: a word on every purpose at once. */
function flagsOf({ purpose, channels, said, evidence }: NewConsent): ConsentFlags {
  if (purpose !== null) return {};
  const no = said === 'withdrawn' || said === 'objected';
  const lifts = (kind: 'withdrawn' | 'objected'): boolean => !no && (evidence.lifts ?? kind) === kind;
  if (channels === null) return { doNotContact: no, ...(no ? {} : { doNotMail: false, doNotCall: false, unsubscribed: false }) };
  const out: ConsentFlags = {};
  if (channels.includes('mail')) {
    if (said === 'withdrawn' || lifts('withdrawn')) out.unsubscribed = no;
    if (said === 'objected' || lifts('objected')) out.doNotMail = no;
  }
  if (channels.includes('phone')) out.doNotCall = no;
  return out;
}

/**
 * Notes what a person said, for everybody merged with them, and keeps the wishes other rooms read in step: the one writer of both.
 * Refuses a moment that is yet to come, and a yes after a no that says nothing of how we know.
 */
export async function noteConsent(tx: Tx, cx: Context, personId: string, said: NewConsent): Promise<void> {
  const survivorId = await getSurvivor(tx, personId);
  await refuseErased(tx, [survivorId]);
  const now = cx.clock.now();
  const at = said.at ?? now;
  if (at > now) refuse('invalid', 'identity/consent-ahead', 'That moment is yet to come. Say when it was said.');
  const { text, note: words } = said.evidence;
  if (said.said === 'given' && !text && !words)
    refuse('invalid', 'identity/no-evidence', 'Say how we know: the words that were agreed to, or a note on who said it to whom.');
  await note(
    tx,
    cx,
    (said.channels ?? [null]).map((channel) => ({ ...said, personId: survivorId, channel, at, inquiryId: null, importId: null })),
  );
  const flags = flagsOf(said);
  if (Object.keys(flags).length > 0) await setConsent(tx, survivorId, flags, at);
  await tell(tx, cx, survivorId, (said.channels ?? [null]).map((channel) => inWords({ ...said, channel })).join(', '), said.source);
}

/** A wish not to be contacted holds for the person under every id it ever had. */
export async function changeConsent(tx: Tx, cx: Context, personId: string, change: ConsentFlags, source: ConsentSource): Promise<void> {
  const survivorId = await getSurvivor(tx, personId);
  const now = cx.clock.now();
  if (!(await setConsent(tx, survivorId, change, now))) return;
  const common = { personId: survivorId, purpose: null, ground: null, at: now, source, inquiryId: null, importId: null };
  const said = (Object.entries(change) as [keyof ConsentFlags, boolean | undefined][]).flatMap(([flag, on]) => {
    if (on === undefined) return [];
    const { channel, kind } = wishes[flag];
    return [{ ...common, channel, said: on ? kind : ('lifted' as const), evidence: on ? {} : { lifts: kind } }];
  });
  await note(tx, cx, said);
  const words = Object.entries(change).flatMap(([flag, on]) => (on === undefined ? [] : [`${flag}: ${on ? 'yes' : 'no'}`]));
  await tell(tx, cx, survivorId, words.join(', '), source);
}

const wishes = {
  doNotContact: { channel: null, kind: 'objected' },
  doNotMail: { channel: 'mail', kind: 'objected' },
  doNotCall: { channel: 'phone', kind: 'objected' },
  unsubscribed: { channel: 'mail', kind: 'withdrawn' },
} as const;

/** What withdrawn inquiries and an undone list said does not stand any more. */
export async function takeConsentBack(tx: Tx, by: { inquiryIds: readonly string[] } | { importId: string }, at: Date): Promise<void> {
  const taken = await takeSayingsBack(tx, by, at);
  await restand(tx, [...new Set(taken.map((one) => one.personId))]);
  await keepWishes(tx, taken.filter(isWish).map((one) => one.personId));
}

/** What the columns for mail and calls stand for: the wish not to be contacted by one of them, whatever it is about. */
const isWish = ({ purpose, channel, said }: Pick<NewSaying, 'purpose' | 'channel' | 'said'>): boolean =>
  purpose === null && said === 'objected' && (channel === 'mail' || channel === 'phone');

async function getSurvivor(tx: Tx, personId: string): Promise<string> {
  const survivorId = (await findSurvivors(tx, 'person', [personId])).get(personId);
  return survivorId ?? refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
}

const tell = (tx: Tx, cx: Context, personId: string, change: string, via: string): Promise<void> =>
  append(tx, cx, [{ type: 'person.consentChanged', chainId: personId, subjectId: personId, data: { personId, change, via } }]);
