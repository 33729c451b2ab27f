/**
 * Who gets each lead. Everything is decided here, in memory, from one load; nothing is looked up and nothing is left to chance, so a
 * stored decision can be replayed to the same answer (rules/replay.rules.ts).
 *
 * In order: the company's rules that come first; the owner named on the inquiry; the holder who already works with this organization or person;
 * the company's other rules, in order (rules/routing-rule.rules.ts); then the first territory that covers the lead, whose holders take turns by
 * credit (fair-share.rules.ts) as long as they are active, not away, have room, have not declined this lead and work in its vertical and
 * language. When nobody can take it, it goes to the desk and waits for a holder; the decision says when it is worth asking again. Hot leads
 * are dealt before warm and cold ones, so scarce room goes to the best.
 *
 * Nobody is given more than their capacities (capacity.rules.ts), whichever way the lead comes to them: the surplus of a named owner or of an existing relationship
 * is dealt like any other lead, and says why it went past them. What goes to an owner or a relationship takes no turn and costs no credit.
 */
import type { Facts } from '../platform/values/criteria.rules.ts';
import type { BusinessClock } from './business-hours.rules.ts';
import { applyRules, type Tried } from './rules/apply-rules.rules.ts';
import type { HolderRecord, Usual } from './rules/choose.rules.ts';
import { factsAsked, type CompiledRules, type Method, type RoutingRule } from './rules/routing-rule.rules.ts';
import { nobodyIn, placed, waiting, withTurn } from './placement.rules.ts';
import { sooner, waitsUntil } from './surplus.rules.ts';
import { askBank, coveringTerritories, layTable, nameKey, nextBeginning, obstacle, takeTurn, notKnown, type Asked, type Seat, type Table } from './seats.rules.ts';
import { describePlace } from './territory.rules.ts';
import type { Place, TerritoryRules, Where } from './territory.rules.ts';

export type Grade = 'hot' | 'warm' | 'cold';
export interface RoutableLead extends Place {
  leadId: string;
  /** when it is dealt: now, or the moment of the past that is being told */
  atMs: number;
  grade: Grade;
  score: number;
  personId: string | null;
  organizationId: string | null;
  language: string | null;
  /** names, ids or mail addresses of the owner named on the inquiry */
  owners: string[];
  /** holders this lead must not be offered to again, and why */
  excluded: Map<string, 'declined' | 'silent'>;
  /** what the conditions of rules may ask; only needed where there are rules */
  facts?: Facts;
  /** until when it is offered to all of a pool, by rule */
  offered?: ReadonlyMap<string, number>;
  /** somebody had it already: it is given to one, and not offered to all again */
  passedOn?: boolean;
  /** who holds it until it is dealt, and then no longer, unless it comes back to them */
  openHolderId?: string | null;
  /** since when it waits for a holder, where it does */
  waitingMs?: number | null | undefined;
}
export interface RoutableHolder {
  id: string;
  kind: 'rep' | 'partner';
  name: string;
  email: string | null;
  externalId: string | null;
  active: boolean;
  /** absences, from the first instant to the first instant after; those to be caught up go on earning turns */
  away: { fromMs: number; untilMs: number; catchUp?: boolean }[];
  capacityPerWeek: number | null;
  /** when the holder's recent leads were given, ascending; only needed when there is a capacity */
  startsMs: number[];
  /** leads a week of each grade, beside the total; a grade that is not there has no limit of its own */
  capacityByGrade?: Partial<Record<Grade, number>>;
  /** as startsMs, by the grade each lead had; only needed for grades with a capacity */
  startsByGrade?: Partial<Record<Grade, number[]>> | null;
  /** open leads held at most, and now */
  openMost?: number | null;
  openLeads?: number | null;
  verticals: string[];
  languages: string[];
  /** of a partner */
  weight?: number;
  tier?: string | null;
  productLines?: string[];
  /** and until when, exclusively; null: it does not end */
  certificates?: { name: string; untilMs: number | null }[];
  /** where they work from; needed only where somebody is to be the nearest */
  where?: Where | null;
}
export interface RoutableTerritory {
  id: string;
  name: string;
  rules: TerritoryRules;
  /** when nobody here can take it: wait for somebody here, or try the next territory that covers the lead */
  overflow: boolean;
  /** before it overflows: business minutes of the company it waits for somebody here; null: not at all */
  waitMost?: number | null;
  /** from when, and until when, it has leads; null: always */
  fromMs?: number | null;
  untilMs?: number | null;
  holders: { holderId: string; weight: number }[];
  /** those it lies under, the nearest first */
  under?: readonly { name: string; rules: TerritoryRules }[];
}
export interface Balance {
  /** of which territory, team or rule the account is */
  territoryId: string;
  grade: Grade;
  holderId: string;
  entitled: number;
  received: number;
}
export interface Books {
  holders: RoutableHolder[];
  /** active ones, in order */
  territories: RoutableTerritory[];
  balances: Balance[];
  /** the latest holder of each organization's and each person's leads, by id */
  relationships: Map<string, string>;
  deskId: string;
  /** the company's hours, in which waiting is counted; without them every hour counts */
  clock?: BusinessClock;
  /** the company's rules, and what they need to know; without them territories decide alone */
  routing?: Routed | undefined;
}
export interface Routed {
  rules: CompiledRules;
  teams: ReadonlyMap<string, { name: string; members: { holderId: string; weight: number }[] }>;
  /** open leads by holder */
  loads: ReadonlyMap<string, number>;
  /** what became of the leads each holder had */
  records: ReadonlyMap<string, HolderRecord>;
  usual: Usual;
}
export type PassedOver = 'inactive' | 'away' | 'full' | 'declined' | 'silent' | 'vertical' | 'language' | 'product' | 'certificate' | 'turn';
export interface Reason {
  label: string;
  detail: string;
}
export interface TurnPool {
  /** those who could have had it, then who earned while away */
  holders: string[];
  /** of one lead, in the order of the holders; they add up to one */
  shares: number[];
}
export interface Placement {
  leadId: string;
  holderId: string;
  territoryId: string | null;
  rule: 'owner' | 'relationship' | 'turn' | 'rule' | 'desk';
  because: Reason[];
  passedOver: { holderId: string; name: string; because: PassedOver; detail: string }[];
  /** what the choice among equals was made from */
  decided: Decided;
  /** the rule that gave it, where one did */
  byRule?: RoutingRule;
  /** offered to all of these; the desk holds it until the first of them takes it, or until this moment, where that stands already */
  offer?: { holders: string[]; untilMs: number | null };
  /** who took part in the turn; one and the same object for all whose turn was dealt among the same */
  pool?: TurnPool;
  /** what each of them was owed, in their order */
  credits?: number[];
  /** for a lead left at the desk: when asking again can change the answer; null = when somebody changes something */
  retryAtMs: number | null;
}
/** Everything needed to come to the same holder again, beside the pool, its shares and its credits. */
export interface Decided {
  rule: string;
  grade: Grade;
  /** made from the very numbers that are stored; what was decided before that was so cannot be made again */
  exact?: true;
  /** who had a claim and could not take it are passed over; this one could */
  claim?: string;
  by?: {
    version: number;
    atMs: number;
    /** what the conditions looked at */
    facts: Facts;
    /** the rules that held, in order, and what came of each */
    path: { ruleId: string; came: Came }[];
    method?: Method;
  };
  marks?: number[];
  /** whose account the turn was booked on: of a territory, a team or a rule */
  account?: string;
  /** so many of the pool, the last ones, were away and earned their part, to be caught up */
  absent?: number;
}
/** took: somebody got it. passed: nobody could, on to the next. waits: nobody could, and it waits for them. offered: to all. desk: a person decides. */
export type Came = 'took' | 'passed' | 'waits' | 'offered' | 'desk' | 'aside';
export interface Routing {
  placements: Placement[];
  /** the balances that changed */
  balances: Balance[];
}

const gradeOrder: Record<Grade, number> = { hot: 0, warm: 1, cold: 2 };

export function route(leads: readonly RoutableLead[], books: Books): Routing {
  const table = layTable(books);
  const placements = deal(leads, table);
  return { placements, balances: [...table.changed].map((key) => table.balances.get(key)!) };
}

/** Deals leads at a table that may have dealt others before; the answers stand in the order of `leads`. */
export function deal(leads: readonly RoutableLead[], table: Table): Placement[] {
  const order = leads
    .map((lead, index) => ({ lead, index }))
    .sort(
      (a, b) =>
        a.lead.atMs - b.lead.atMs ||
        gradeOrder[a.lead.grade] - gradeOrder[b.lead.grade] ||
        b.lead.score - a.lead.score ||
        a.index - b.index,
    );
  const placements: Placement[] = Array.from({ length: leads.length });
  for (const { lead, index } of order) {
    const former = lead.openHolderId ? table.seats.get(lead.openHolderId) : undefined;
    if (former) former.load--;
    const placement = placeOne(lead, table);
    placements[index] = placement;
    if (placement.rule === 'desk') continue;
    const seat = table.seats.get(placement.holderId)!;
    seat.starts.push(lead.atMs);
    seat.byGrade[lead.grade].push(lead.atMs);
    seat.load++;
    if (lead.organizationId) table.relationships.set(lead.organizationId, placement.holderId);
    if (lead.personId) table.relationships.set(lead.personId, placement.holderId);
  }
  return placements;
}

function placeOne(lead: RoutableLead, table: Table): Placement {
  const claims: Claims = { passedOver: [], retryAtMs: null };
  const tried: Tried = { path: [], passedOver: [], retryAtMs: null };
  const placement =
    applyRules(lead, table, true, tried, (asked) => placeByClaim(lead, table, asked)) ??
    placeByClaim(lead, table, claims) ??
    applyRules(lead, table, false, tried, (asked) => placeByClaim(lead, table, asked)) ??
    placeByTurn(lead, table);
  // Room may return at who has a claim, and in a pool that was gone past.
  if (placement.rule === 'desk' && !placement.byRule)
    placement.retryAtMs = sooner(placement.retryAtMs, sooner(tried.retryAtMs, claims.retryAtMs));
  // A territory that is still to begin may have it.
  if (placement.rule === 'desk' && !placement.offer) placement.retryAtMs = sooner(placement.retryAtMs, nextBeginning(lead, table));
  const before = [...claims.passedOver, ...tried.passedOver];
  if (before.length > 0) {
    const told = new Set<string>();
    placement.passedOver = [...before, ...placement.passedOver].filter(({ holderId }) => !told.has(holderId) && told.add(holderId));
  }
  const rules = table.books.routing?.rules;
  if (rules)
    placement.decided.by = {
      version: rules.version,
      atMs: lead.atMs,
      facts: factsAsked(rules, lead.facts ?? {}),
      path: tried.path,
      ...(placement.byRule ? { method: placement.byRule.method } : {}),
    };
  return placement;
}

/** Who has a claim and cannot take it, and when the first of them can again. */
export type Claims = Pick<Asked, 'passedOver' | 'retryAtMs'>;

/** Who has a claim on the lead: the owner named on the inquiry, else who works with the organization or the person. */
function placeByClaim(lead: RoutableLead, table: Table, asked: Claims): Placement | undefined {
  return placeByOwner(lead, table, asked) ?? placeByRelationship(lead, table, asked);
}

function placeByOwner(lead: RoutableLead, table: Table, asked: Claims): Placement | undefined {
  for (const owner of lead.owners) {
    const seat = table.byName.get(nameKey(owner));
    if (!seat || seat === 'several' || hindered(lead, seat, 'the named owner', asked)) continue;
    return claimed(lead, seat, 'owner', { label: 'Named owner', detail: `${seat.holder.name} is named on the inquiry` });
  }
  return undefined;
}

function placeByRelationship(lead: RoutableLead, table: Table, asked: Claims): Placement | undefined {
  for (const [key, whom] of [
    [lead.organizationId, 'organization'],
    [lead.personId, 'person'],
  ] as const) {
    const seat = key ? table.seats.get(table.relationships.get(key) ?? '') : undefined;
    if (!seat || hindered(lead, seat, `works with this ${whom}`, asked)) continue;
    return claimed(lead, seat, 'relationship', {
      label: 'Existing relationship',
      detail: `${seat.holder.name} already works with this ${whom}`,
    });
  }
  return undefined;
}

function claimed(lead: RoutableLead, { holder }: Seat, rule: Placement['rule'], reason: Reason): Placement {
  const placement = placed(lead, holder, null, rule, [reason]);
  placement.decided.claim = holder.id;
  return placement;
}

/** Whether something keeps who has a claim on this lead from taking it; noted once, with the claim. */
function hindered(lead: RoutableLead, seat: Seat, claim: string, asked: Claims): boolean {
  const found = obstacle(lead, seat, { skills: false });
  if (!found) return false;
  asked.retryAtMs = sooner(asked.retryAtMs, found.againAtMs);
  if (!asked.passedOver.some((one) => one.holderId === seat.holder.id))
    asked.passedOver.push({ holderId: seat.holder.id, name: seat.holder.name, because: found.because, detail: `${claim}, but ${found.detail}` });
  return true;
}

function placeByTurn(lead: RoutableLead, table: Table): Placement {
  const passedOver: Placement['passedOver'] = [];
  const territories = coveringTerritories(lead, table);
  let retryAtMs: number | null = null;
  for (const { territory } of territories) {
    const asked = askBank(lead, territory, table);
    passedOver.push(...asked.passedOver);
    retryAtMs = sooner(retryAtMs, asked.retryAtMs);
    if (asked.candidates.length > 0) {
      const { seat, how, booked } = takeTurn(lead, territory, territory.id, 'turns', asked, table);
      const because = [
        { label: 'Territory', detail: [territory, ...(territory.under ?? [])].map(({ name }) => name).reverse().join(' › ') },
        ...notKnown(lead, territory, table),
        { label: 'Turn', detail: how },
      ];
      return withTurn({ ...placed(lead, seat.holder, territory.id, 'turn', because), passedOver }, booked);
    }
    if (!territory.overflow) break;
    const untilMs = waitsUntil(lead, territory.waitMost, table.books.clock);
    if (untilMs !== null && lead.atMs < untilMs) {
      retryAtMs = sooner(retryAtMs, untilMs);
      break;
    }
  }
  const because = deskReason(lead, territories[0]?.territory, passedOver, table);
  return { ...placed(lead, { id: table.books.deskId }, territories[0]?.territory.id ?? null, 'desk', because), passedOver, retryAtMs };
}

function deskReason(lead: RoutableLead, first: RoutableTerritory | undefined, passedOver: Placement['passedOver'], table: Table): Reason[] {
  if (!first) return waiting([`No territory covers ${describePlace(lead, table.territories)}`, ...notKnown(lead, undefined, table).map(({ detail }) => detail)].join('; '));
  if (passedOver.length === 0) return waiting(`${first.name} has nobody yet`);
  return waiting(nobodyIn(first.name, passedOver));
}
