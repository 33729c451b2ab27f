import { hash } from 'node:crypto';
import { append } from '../journal/index.ts';
import { findSurvivors } from '../identity/index.ts';
import { leadsInHand, loadLeadFacts } from '../qualify/index.ts';
import type { LeadFacts } from '../qualify/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { startOfDay } from '../platform/values/period.rules.ts';
import { loadBalances, loadHolders, loadLeads, loadRelationships, loadTerritories, saveBalances, takeDeck } from './books.store.ts';
import type { HolderOnTheBooks, LeadOnTheBooks } from './books.store.ts';
import { businessClock, dayAfter } from './business-hours.rules.ts';
import type { BusinessClock } from './business-hours.rules.ts';
import { assignedFact, whenOf } from './custody-facts.rules.ts';
import type { When } from './custody-facts.rules.ts';
import { passCustody, savePools, setClocks } from './custody.store.ts';
import type { Ending, NewAssignment, Why } from './custody.store.ts';
import { saveOffers } from './offer.store.ts';
import type { NewOffer } from './offer.store.ts';
import { withWhere } from './places/where-is.ts';
import { promisesOf } from './agreed-promise.rules.ts';
import { acceptDeadline } from './response.rules.ts';
import type { Deadline, ResponsePromise } from './response.rules.ts';
import { route } from './route.rules.ts';
import { loadRouted, uses } from './rules/books-of-rules.ts';
import type { RoutingRule } from './rules/routing-rule.rules.ts';
import type { Placement, Reason, RoutableHolder, RoutableLead, TurnPool } from './route.rules.ts';

export interface Placed {
  leadId: string;
  holderId: string;
  /** null: it was at the desk and stays there */
  assignmentId: string | null;
  atDesk: boolean;
}

/** With nothing to wait for by the clock, the desk asks again after this long at the earliest. */
const deskPauseMs = 15 * 60_000;

/**
 * Gives each of these leads to who should have it: one load, one decision in memory, one save. An open custody ends in the same
 * transaction; what nobody can take goes to the desk, and what waits there stays. A note says first why a lead is dealt again.
 */
export async function place(
  tx: Tx,
  cx: Context,
  leadIds: readonly string[],
  why: Why,
  when: When = cx.clock.now(),
  notes: ReadonlyMap<string, Reason> = new Map(),
): Promise<Placed[]> {
  if (leadIds.length === 0) return [];
  const deck = await takeDeck(tx);
  const leads = await leadsToPlace(tx, [...new Set(leadIds)], why);
  if (leads.length === 0) return [];
  const times = leads.map((lead) => whenOf(when, lead.leadId).getTime());
  // Asked in one go: behind a rush of writing, every round trip waits for all of it.
  const [holders, territories, balances, relationships, { routing, facts }] = await Promise.all([
    loadHolders(tx, new Date(Math.min(...times)), new Date(Math.max(...times))),
    loadTerritories(tx),
    loadBalances(tx),
    loadRelationships(tx, known(leads.map((l) => l.organizationId)), known(leads.map((l) => l.personId))),
    loadRules(tx, deck.rulesVersion, leads),
  ]);

  // Accounts are named as who stands for them now; a lead that has just come in may name one that was merged.
  const stands = territories.some(({ rules }) => rules.accounts?.length) ? await findSurvivors(tx, 'organization', known(leads.map((l) => l.organizationId))) : new Map<string, string>();
  const standing = <T extends string | null>(id: T): T | string => stands.get(id ?? '') ?? id;
  const nearest = routing !== undefined && uses(routing.rules.rules, 'nearest');
  const dealt = route(
    (await withWhere(tx, territories, leads, nearest)).map((lead, i) => asRoutable({ ...lead, organizationId: standing(lead.organizationId) }, why, times[i]!, facts.get(lead.leadId))),
    {
      holders: (await withWhere(tx, [], holders, nearest)).map(atWork),
      territories: territories.map((t) => ({ ...t, holders: t.holders ?? [] })),
      balances,
      relationships: new Map([...relationships].map(([id, holderId]) => [standing(id), holderId])),
      deskId: deck.deskId,
      clock: businessClock(deck.calendar, deck.timeZone),
      routing,
    },
  );
  const kinds = new Map(holders.map((holder) => [holder.id, holder.kind]));
  const saved = movesOf(leads, dealt.placements, {
    why,
    when,
    cx,
    deadline: deadlines(holders, promisesOf(deck)),
    kindOf: (id) => kinds.get(id)!,
    notes,
    rulesVersion: routing?.rules.version ?? null,
  });
  const passed = passCustody(tx, saved.ended, saved.started);
  // What ends must have ended before anything is sent after it; new leads end nothing.
  if (saved.ended.length > 0) await passed;
  else tx.later(passed);
  tx.later(savePools(tx, saved.pools));
  tx.later(saveBalances(tx, dealt.balances));
  await append(tx, cx, saved.facts);
  if (saved.waiting.length > 0) await setClocks(tx, saved.waiting);
  await saveOffers(tx, saved.offers);
  return saved.placed;
}

/** The company's rules, and what their conditions ask of these leads: nothing is read where there are none. */
async function loadRules(tx: Tx, version: number | null, leads: readonly LeadOnTheBooks[]) {
  const routing = await loadRouted(tx, version);
  return { routing, facts: routing ? await loadLeadFacts(tx, leads, routing.rules.fields) : new Map<string, LeadFacts>() };
}

/** New leads of this transaction are in hand and were never held; all others are read. */
async function leadsToPlace(tx: Tx, ids: readonly string[], why: Why): Promise<LeadOnTheBooks[]> {
  const inHand = leadsInHand(tx);
  if (why !== 'new' || !ids.every((id) => inHand.has(id))) return loadLeads(tx, ids);
  return ids
    .map((id): LeadOnTheBooks => {
      const { lead, of } = inHand.get(id)!;
      const { ownerName, custom } = of.fields as { ownerName?: unknown; custom?: { ownerExternalId?: unknown } };
      return {
        leadId: id,
        inquiryId: lead.inquiryId,
        grade: lead.grade,
        score: lead.score,
        personId: lead.personId,
        organizationId: lead.organizationId,
        country: lead.country,
        state: lead.state,
        postalCode: lead.postalCode,
        vertical: lead.vertical,
        product: lead.product,
        employees: of.employees,
        annualRevenueMinor: of.annualRevenueMinor,
        language: of.language,
        ownerName: textOrNull(ownerName),
        ownerExternalId: textOrNull(custom?.ownerExternalId),
        openId: null,
        openHolderId: null,
        openHolderKind: null,
        openRedirects: null,
        waitingSince: null,
        sequence: 0,
        declined: null,
        silent: null,
        offered: null,
      };
    })
    .sort((a, b) => (a.leadId < b.leadId ? -1 : 1));
}
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

const known = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

function asRoutable(lead: LeadOnTheBooks, why: Why, atMs: number, about: LeadFacts | undefined): RoutableLead {
  const excluded: RoutableLead['excluded'] = new Map();
  // Silence counts only while a lead is being passed on; a lead that comes back from nurture starts afresh. A no stays a no.
  if (why === 'redirect' || why === 'declined') for (const id of lead.silent ?? []) excluded.set(id, 'silent');
  if ((why === 'redirect' || why === 'handover') && lead.openHolderId) excluded.set(lead.openHolderId, 'silent');
  for (const id of lead.declined ?? []) excluded.set(id, 'declined');
  return {
    ...lead,
    atMs,
    waitingMs: lead.waitingSince?.getTime(),
    owners: [lead.ownerName, lead.ownerExternalId].filter((o) => o !== null),
    excluded,
    offered: new Map(Object.entries(lead.offered ?? {}).map(([ruleId, until]) => [ruleId, Date.parse(until)])),
    passedOn: why === 'redirect' || why === 'declined' || why === 'handover',
    ...about,
  };
}

/** A holder with its absences and the ends of its certificates as instants. */
export function atWork(holder: HolderOnTheBooks): RoutableHolder {
  const away = (holder.absences ?? []).map((absence) => ({
    fromMs: startOfDay(absence.startsOn, holder.timeZone).getTime(),
    untilMs: dayAfter(holder.timeZone, absence.endsOn).getTime(),
    catchUp: absence.catchUp,
  }));
  const certificates = holder.certificates.map(({ name, until }) => ({ name, untilMs: until === null ? null : dayAfter(holder.timeZone, until).getTime() }));
  return { ...holder, away, certificates, startsMs: holder.startsMs ?? [] };
}

/** The deadline of a holder, grade and moment is worked out once a batch. */
function deadlines(
  holders: readonly HolderOnTheBooks[],
  promise: (at: Date) => ResponsePromise,
): (holderId: string, grade: LeadOnTheBooks['grade'], at: Date, own?: RoutingRule['promise']) => Deadline {
  const byId = new Map(holders.map((holder) => [holder.id, holder]));
  const clocks = new Map<string, BusinessClock>();
  const made = new Map<string, Deadline>();
  return (holderId, grade, at, own) => {
    const key = `${holderId}/${grade}/${own?.[grade] ?? ''}/${at.getTime()}`;
    let deadline = made.get(key);
    if (!deadline) {
      const holder = byId.get(holderId)!;
      const clock = clocks.get(holderId) ?? businessClock(holder.calendar, holder.timeZone);
      clocks.set(holderId, clock);
      made.set(key, (deadline = acceptDeadline({ ...promise(at), ...own }, grade, clock, at)));
    }
    return deadline;
  };
}

/** Everybody it is offered to has their own business hours for it; an offer that stands keeps its end. */
const offerEnds = (offer: { holders: readonly string[]; untilMs: number | null }, dueAt: (holderId: string) => Date): Date =>
  new Date(offer.untilMs ?? Math.max(...offer.holders.map((holderId) => dueAt(holderId).getTime())));

/** A uuid made from what it names. */
const idOf = (what: string): string => hash('md5', what).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

interface Moves {
  ended: Ending[];
  started: NewAssignment[];
  facts: NewFact[];
  waiting: { id: string; clockAt: Date | null }[];
  placed: Placed[];
  pools: (TurnPool & { id: string })[];
  offers: NewOffer[];
}

const endReason: Record<Why, string> = {
  new: 'placed',
  redirect: 'redirected',
  declined: 'declined',
  returned: 'returned',
  manual: 'handed over',
  handover: 'handed over',
  nurtured: 'nurtured',
  restored: 'restored',
};

function movesOf(
  leads: readonly LeadOnTheBooks[],
  placements: readonly Placement[],
  given: {
    why: Why;
    when: When;
    cx: Context;
    deadline: ReturnType<typeof deadlines>;
    kindOf: (holderId: string) => string;
    notes: ReadonlyMap<string, Reason>;
    rulesVersion: number | null;
  },
): Moves {
  const { why, cx } = given;
  const moves: Moves = { ended: [], started: [], facts: [], waiting: [], placed: [], pools: [], offers: [] };
  const pools = new Map<TurnPool, string>();
  const poolId = (pool: TurnPool): string => {
    let id = pools.get(pool);
    if (id === undefined) {
      pools.set(pool, (id = idOf(JSON.stringify(pool))));
      moves.pools.push({ id, ...pool });
    }
    return id;
  };
  leads.forEach((lead, i) => {
    const placement = placements[i]!;
    const at = whenOf(given.when, lead.leadId);
    const atDesk = placement.rule === 'desk';
    const note = given.notes.get(lead.leadId);
    const rule = placement.byRule;
    const offer = rule && placement.offer;
    const until = offer ? offerEnds(offer, (holderId) => given.deadline(holderId, lead.grade, at, rule.promise).dueAt) : null;
    const clockAt = until ?? (placement.retryAtMs === null ? null : new Date(Math.max(placement.retryAtMs, at.getTime() + deskPauseMs)));
    const offerUnder = (assignmentId: string): void => {
      if (!offer || !until) return;
      moves.offers.push(...offer.holders.map((holderId) => ({ assignmentId, leadId: lead.leadId, holderId, ruleId: rule.id, offeredAt: at, until })));
      // Who was offered it before knows; a fact is what is new.
      if (offer.untilMs !== null) return;
      const data = { leadId: lead.leadId, assignmentId, ruleId: rule.id, holderIds: offer.holders, until: until.toISOString() };
      moves.facts.push({ type: 'lead.offered', chainId: lead.inquiryId, subjectId: lead.leadId, at, data });
    };
    const setAside = rule && placement.decided.by?.path.at(-1)?.came === 'aside';
    const aside = (): void => {
      if (setAside) moves.facts.push({ type: 'lead.setAside', chainId: lead.inquiryId, subjectId: lead.leadId, at, data: { leadId: lead.leadId, ruleId: rule.id } });
    };
    // A new offer is a custody of its own, so that it says by which rule; otherwise what waits goes on waiting.
    if (lead.openId && atDesk && lead.openHolderKind === 'desk' && offer?.untilMs !== null) {
      moves.waiting.push({ id: lead.openId, clockAt });
      offerUnder(lead.openId);
      aside();
      moves.placed.push({ leadId: lead.leadId, holderId: placement.holderId, assignmentId: null, atDesk });
      return;
    }
    if (lead.openId) moves.ended.push({ id: lead.openId, at, reason: lead.openHolderKind === 'desk' ? 'placed' : endReason[why] });
    const deadline = atDesk ? null : given.deadline(placement.holderId, lead.grade, at, rule?.promise);
    const id = cx.ids.next();
    const redirects = why === 'redirect' ? (lead.openRedirects ?? 0) + 1 : why === 'declined' ? (lead.openRedirects ?? 0) : 0;
    moves.started.push({
      id,
      leadId: lead.leadId,
      holderId: placement.holderId,
      territoryId: placement.territoryId,
      why,
      startedAt: at,
      respondBy: deadline?.dueAt ?? null,
      remindAt: deadline?.remindAt ?? null,
      clockAt: deadline ? deadline.remindAt : clockAt,
      reasons: { because: note ? [note, ...placement.because] : placement.because, passedOver: placement.passedOver },
      decided: placement.pool ? { ...placement.decided, pool: poolId(placement.pool), credits: placement.credits } : placement.decided,
      redirectedFrom: why === 'redirect' || why === 'declined' ? lead.openId : null,
      fromHolderId: why === 'redirect' || why === 'declined' ? lead.openHolderId : null,
      sequence: lead.sequence + 1,
      // the desk waits for a person or for room; passing on starts counting afresh from there
      redirects: atDesk ? 0 : redirects,
      counted: !atDesk,
      grade: lead.grade,
      ruleId: rule?.id ?? null,
      ruleVersion: rule ? given.rulesVersion : null,
    });
    moves.placed.push({ leadId: lead.leadId, holderId: placement.holderId, assignmentId: id, atDesk });
    const about = { chainId: lead.inquiryId, subjectId: lead.leadId, at };
    if (why === 'redirect' && lead.openHolderId)
      moves.facts.push({
        ...about,
        type: 'lead.redirected',
        data: { leadId: lead.leadId, fromHolderId: lead.openHolderId, toHolderId: placement.holderId, why: 'no answer in time' },
      });
    if (atDesk)
      moves.facts.push({
        ...about,
        type: 'lead.unplaced',
        data: { leadId: lead.leadId, why: placement.because[0]?.detail ?? 'Waiting for a holder' },
      });
    else moves.facts.push(assignedFact(lead.inquiryId, moves.started.at(-1)!, given.kindOf(placement.holderId)));
    offerUnder(id);
    aside();
  });
  return moves;
}
