/**
 * Who gets each lead. Everything is decided here, in memory, from one load; nothing is looked up and nothing is left to chance, so a
 * stored decision can be replayed to the same answer.
 *
 * In order: the owner named on the inquiry; the holder who already works with this organization or person; then the first territory
 * that covers the lead, whose holders take turns by credit (fair-share.rules.ts) as long as they are active, not away, have room, have
 * not declined this lead and work in its vertical and language. When nobody can take it, it goes to the desk and waits for a holder;
 * the decision says when it is worth asking again. Hot leads are dealt before warm and cold ones, so scarce room goes to the best.
 *
 * Nobody is given more than their capacity, whichever way the lead comes to them: the surplus of a named owner or of an existing relationship
 * is dealt like any other lead, and says why it went past them. What goes to an owner or a relationship takes no turn and costs no credit.
 */
import { capacityWindows, roomLeft } from './capacity.rules.ts';
import { nextTurn } from './fair-share.rules.ts';
import { compileTerritory, covers, describePlace } from './territory.rules.ts';
import type { CompiledTerritory, Place, TerritoryRules } from './territory.rules.ts';

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
}
export interface RoutableHolder {
  id: string;
  kind: 'rep' | 'partner';
  name: string;
  email: string | null;
  externalId: string | null;
  active: boolean;
  /** absences, from the first instant to the first instant after */
  away: { fromMs: number; untilMs: number }[];
  capacityPerWeek: number | null;
  /** when the holder's recent leads were given, ascending; only needed when there is a capacity */
  startsMs: number[];
  verticals: string[];
  languages: string[];
}
export interface RoutableTerritory {
  id: string;
  name: string;
  rules: TerritoryRules;
  /** when nobody here can take it: wait for somebody here, or try the next territory that covers the lead */
  overflow: boolean;
  holders: { holderId: string; weight: number }[];
}
export interface Balance {
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
}
export type PassedOver = 'inactive' | 'away' | 'full' | 'declined' | 'silent' | 'vertical' | 'language' | 'turn';
export interface Reason {
  label: string;
  detail: string;
}
export interface TurnPool {
  holders: string[];
  /** of one lead, in the order of the holders; they add up to one */
  shares: number[];
}
export interface Placement {
  leadId: string;
  holderId: string;
  territoryId: string | null;
  rule: 'owner' | 'relationship' | 'turn' | 'desk';
  because: Reason[];
  passedOver: { holderId: string; name: string; because: PassedOver; detail: string }[];
  /** what the choice among equals was made from */
  decided: { rule: string; grade: Grade };
  /** who took part in the turn; one and the same object for all whose turn was dealt among the same */
  pool?: TurnPool;
  /** what each of them was owed, in their order */
  credits?: number[];
  /** for a lead left at the desk: when asking again can change the answer; null = when somebody changes something */
  retryAtMs: number | null;
}
export interface Routing {
  placements: Placement[];
  /** the balances that changed */
  balances: Balance[];
}

const gradeOrder: Record<Grade, number> = { hot: 0, warm: 1, cold: 2 };

export function route(leads: readonly RoutableLead[], books: Books): Routing {
  const table = layTable(books);
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
    const claims: Passed[] = [];
    const placement = placeByOwner(lead, table, claims) ?? placeByRelationship(lead, table, claims) ?? placeByTurn(lead, table);
    if (claims.length > 0)
      placement.passedOver = [...claims, ...placement.passedOver.filter((one) => !claims.some((claim) => claim.holderId === one.holderId))];
    placements[index] = placement;
    if (placement.rule === 'desk') continue;
    const seat = table.seats.get(placement.holderId)!;
    seat.starts.push(lead.atMs);
    if (lead.organizationId) table.relationships.set(lead.organizationId, placement.holderId);
    if (lead.personId) table.relationships.set(lead.personId, placement.holderId);
  }
  return { placements, balances: [...table.changed].map((key) => table.balances.get(key)!) };
}

/** A seat with the weight and place it has in a territory. */
interface Participant {
  seat: Seat;
  weight: number;
  place: number;
}
interface Seat {
  holder: RoutableHolder;
  starts: number[];
}
interface Table {
  books: Books;
  seats: Map<string, Seat>;
  byName: Map<string, Seat | 'several'>;
  territories: CompiledTerritory<RoutableTerritory>[];
  covering: Map<string, CompiledTerritory<RoutableTerritory>[]>;
  relationships: Map<string, string>;
  balances: Map<string, Balance>;
  changed: Set<string>;
  /** by territory and grade: the balances touched, by the holder's place in the territory */
  ledgers: Map<string, (Balance | undefined)[]>;
  pools: Map<string, TurnPool>;
}

function layTable(books: Books): Table {
  const seats = new Map<string, Seat>();
  const byName = new Map<string, Seat | 'several'>();
  for (const holder of books.holders) {
    const seat = { holder, starts: [...holder.startsMs] };
    seats.set(holder.id, seat);
    for (const name of new Set([holder.externalId, holder.name, holder.email].filter((n) => n !== null).map(nameKey)))
      if (name) byName.set(name, byName.has(name) ? 'several' : seat);
  }
  return {
    books,
    seats,
    byName,
    territories: books.territories.map(compileTerritory),
    covering: new Map(),
    relationships: new Map(books.relationships),
    balances: new Map(books.balances.map((b) => [balanceKey(b.territoryId, b.grade, b.holderId), { ...b }])),
    changed: new Set(),
    ledgers: new Map(),
    pools: new Map(),
  };
}

type Passed = Placement['passedOver'][number];

function placeByOwner(lead: RoutableLead, table: Table, passed: Passed[]): Placement | undefined {
  for (const owner of lead.owners) {
    const seat = table.byName.get(nameKey(owner));
    if (!seat || seat === 'several' || hindered(lead, seat, 'the named owner', passed)) continue;
    return placed(lead, seat.holder, null, 'owner', [{ label: 'Named owner', detail: `${seat.holder.name} is named on the inquiry` }]);
  }
  return undefined;
}

function placeByRelationship(lead: RoutableLead, table: Table, passed: Passed[]): Placement | undefined {
  for (const [key, whom] of [
    [lead.organizationId, 'organization'],
    [lead.personId, 'person'],
  ] as const) {
    const seat = key ? table.seats.get(table.relationships.get(key) ?? '') : undefined;
    if (!seat || hindered(lead, seat, `works with this ${whom}`, passed)) continue;
    return placed(lead, seat.holder, null, 'relationship', [
      { label: 'Existing relationship', detail: `${seat.holder.name} already works with this ${whom}` },
    ]);
  }
  return undefined;
}

/** Whether something keeps who has a claim on this lead from taking it; noted once, with the claim. */
function hindered(lead: RoutableLead, seat: Seat, claim: string, passed: Passed[]): boolean {
  const found = obstacle(lead, seat, { skills: false });
  if (found && !passed.some((one) => one.holderId === seat.holder.id))
    passed.push({ holderId: seat.holder.id, name: seat.holder.name, because: found.because, detail: `${claim}, but ${found.detail}` });
  return found !== undefined;
}

function placeByTurn(lead: RoutableLead, table: Table): Placement {
  const passedOver: Placement['passedOver'] = [];
  const territories = coveringTerritories(lead, table);
  let retryAtMs: number | null = null;
  for (const { territory } of territories) {
    const pool: Participant[] = [];
    const foreign: Participant[] = [];
    for (const [place, { holderId, weight }] of territory.holders.entries()) {
      const seat = table.seats.get(holderId);
      if (!seat || weight <= 0) continue;
      const hindered = obstacle(lead, seat, { skills: true });
      if (!hindered) pool.push({ seat, weight, place });
      else if (hindered.because === 'language') foreign.push({ seat, weight, place });
      if (!hindered || hindered.because === 'language') continue;
      passedOver.push({ holderId, name: seat.holder.name, because: hindered.because, detail: hindered.detail });
      if (hindered.againAtMs !== null) retryAtMs = Math.min(retryAtMs ?? Infinity, hindered.againAtMs);
    }
    // somebody who does not speak the language is better than nobody
    const chosenFrom = pool.length > 0 ? pool : foreign;
    if (pool.length > 0)
      for (const { seat } of foreign)
        passedOver.push({
          holderId: seat.holder.id,
          name: seat.holder.name,
          because: 'language',
          detail: `does not speak ${lead.language}`,
        });
    if (chosenFrom.length > 0) return takeTurn(lead, territory, chosenFrom, passedOver, table);
    if (!territory.overflow) break;
  }
  const because = deskReason(
    lead,
    territories.map((t) => t.territory),
    passedOver,
  );
  return { ...placed(lead, { id: table.books.deskId }, territories[0]?.territory.id ?? null, 'desk', because), passedOver, retryAtMs };
}

function takeTurn(
  lead: RoutableLead,
  territory: RoutableTerritory,
  pool: readonly Participant[],
  passedOver: Placement['passedOver'],
  table: Table,
): Placement {
  const ledgerKey = `${territory.id}|${lead.grade}`;
  let ledger = table.ledgers.get(ledgerKey);
  if (!ledger) table.ledgers.set(ledgerKey, (ledger = []));
  const balances = pool.map(({ seat, place }) => {
    const touched = ledger[place];
    if (touched) return touched;
    const key = balanceKey(territory.id, lead.grade, seat.holder.id);
    const balance = table.balances.get(key) ?? { territoryId: territory.id, grade: lead.grade, holderId: seat.holder.id, entitled: 0, received: 0 };
    table.balances.set(key, balance);
    table.changed.add(key);
    return (ledger[place] = balance);
  });
  const stakes = pool.map(({ seat, weight }, i) => ({
    holderId: seat.holder.id,
    weight,
    credit: balances[i]!.entitled - balances[i]!.received,
  }));
  const { index, shares } = nextTurn(stakes);
  const chosen = pool[index]!.seat.holder;
  balances.forEach((balance, i) => (balance.entitled += shares[i]!));
  balances[index]!.received += 1;
  const turn =
    pool.length === 1
      ? `${chosen.name} is the only one here who can take it now`
      : `${chosen.name}'s turn among ${pool.length}: share ${Math.round(shares[index]! * 100)}%, ${credits(stakes[index]!.credit + shares[index]!)}`;
  const because = [
    { label: 'Territory', detail: territory.name },
    { label: 'Turn', detail: turn },
  ];
  return { ...placed(lead, chosen, territory.id, 'turn', because), passedOver, pool: poolOf(territory, pool, shares, table), credits: stakes.map(({ credit }) => rounded(credit)) };
}

function poolOf(territory: RoutableTerritory, pool: readonly Participant[], shares: readonly number[], table: Table): TurnPool {
  let key = territory.id;
  for (const { place } of pool) key += ` ${place}`;
  let found = table.pools.get(key);
  if (!found) table.pools.set(key, (found = { holders: pool.map(({ seat }) => seat.holder.id), shares: shares.map((share) => rounded(share)) }));
  return found;
}

/** What keeps this holder from taking this lead, if anything. */
function obstacle(
  lead: RoutableLead,
  seat: Seat,
  ask: { skills: boolean },
): { because: PassedOver; detail: string; againAtMs: number | null } | undefined {
  const { holder } = seat;
  const never = (because: PassedOver, detail: string) => ({ because, detail, againAtMs: null });
  if (!holder.active) return never('inactive', 'no longer works leads');
  const excluded = lead.excluded.get(holder.id);
  if (excluded === 'declined') return never('declined', 'declined this lead');
  if (excluded === 'silent') return never('silent', 'did not answer in time');
  if (ask.skills && lead.vertical && holder.verticals.length > 0 && !holder.verticals.some((v) => nameKey(v) === nameKey(lead.vertical!)))
    return never('vertical', `does not work in ${lead.vertical}`);
  const away = holder.away.find((a) => a.fromMs <= lead.atMs && lead.atMs < a.untilMs);
  if (away) return { because: 'away', detail: 'away', againAtMs: away.untilMs };
  const room = holder.capacityPerWeek !== null ? roomLeft(holder.capacityPerWeek, seat.starts, lead.atMs) : null;
  if (room && room.free <= 0) {
    return { because: 'full', detail: fullDetail(holder.capacityPerWeek ?? 0), againAtMs: room.freeAt };
  }
  if (ask.skills && lead.language && holder.languages.length > 0 && !holder.languages.some((l) => nameKey(l) === nameKey(lead.language!)))
    return never('language', `does not speak ${lead.language}`);
  return undefined;
}

function coveringTerritories(lead: RoutableLead, table: Table): CompiledTerritory<RoutableTerritory>[] {
  const key = `${lead.country}|${lead.state}|${lead.postalCode}|${lead.vertical}`;
  let found = table.covering.get(key);
  if (!found) table.covering.set(key, (found = table.territories.filter((t) => covers(t, lead))));
  return found;
}

function deskReason(lead: RoutableLead, territories: RoutableTerritory[], passedOver: Placement['passedOver']): Reason[] {
  const waiting = (detail: string): Reason[] => [{ label: 'Waiting for a holder', detail }];
  const first = territories[0];
  if (!first) return waiting(`No territory covers ${describePlace(lead)}`);
  if (passedOver.length === 0) return waiting(`${first.name} has nobody yet`);
  const counts = new Map<PassedOver, number>();
  for (const { because } of passedOver) counts.set(because, (counts.get(because) ?? 0) + 1);
  const words: Record<PassedOver, string> = {
    inactive: 'inactive',
    away: 'away',
    full: 'full',
    declined: 'declined it',
    silent: 'did not answer',
    vertical: 'in other verticals',
    language: 'without the language',
    turn: 'waiting',
  };
  return waiting(`Nobody in ${first.name} can take it: ${[...counts].map(([because, n]) => `${n} ${words[because]}`).join(', ')}`);
}

function placed(
  lead: RoutableLead,
  holder: { id: string },
  territoryId: string | null,
  rule: Placement['rule'],
  because: Reason[],
): Placement {
  return {
    leadId: lead.leadId,
    holderId: holder.id,
    territoryId,
    rule,
    because,
    passedOver: [],
    decided: { rule, grade: lead.grade },
    retryAtMs: null,
  };
}
function fullDetail(perWeek: number): string {
  const { days, most } = capacityWindows(perWeek).at(-1)!;
  return most === 0 ? 'takes no leads' : `full: ${most} in ${Math.round(days)} days`;
}
function credits(credit: number): string {
  return credit >= 0 ? `${credit.toFixed(2)} of a lead owed` : `${(-credit).toFixed(2)} of a lead ahead`;
}
function balanceKey(territoryId: string, grade: Grade, holderId: string): string {
  return `${territoryId}/${grade}/${holderId}`;
}
function nameKey(name: string): string {
  return name.trim().toLowerCase();
}
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
