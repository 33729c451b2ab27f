/** The table leads are dealt at: who sits there, with what room and credit, and what keeps somebody from taking a lead. */
import { whatIsFull } from './capacity.rules.ts';
import type { BookedTurn } from './placement.rules.ts';
import { choose, nearestInWords, pointsInWords, pointsOf, sumOf, tensOfKm, type Points } from './rules/choose.rules.ts';
import type { Method } from './rules/routing-rule.rules.ts';
import { compileTerritory, covering, isAbout, namesAccount, upFrom, whatIsMissing } from './territory.rules.ts';
import type { CompiledTerritory } from './territory.rules.ts';
import type {
  Balance,
  Books,
  Grade,
  PassedOver,
  Placement,
  Reason,
  RoutableHolder,
  RoutableLead,
  RoutableTerritory,
  TurnPool,
} from './route.rules.ts';

export interface Seat {
  holder: RoutableHolder;
  starts: number[];
  byGrade: Record<Grade, number[]>;
  /** open leads */
  load: number;
}
/** A seat with the weight and place it has in a bank. */
interface Participant {
  seat: Seat;
  weight: number;
  place: number;
}
/** Those who share leads among them, and keep credits with each other: a territory's holders, a team, the partners of a rule. */
export interface Bank {
  id: string;
  name: string;
  holders: readonly { holderId: string; weight: number }[];
}
export interface Table {
  books: Books;
  seats: Map<string, Seat>;
  byName: Map<string, Seat | 'several'>;
  territories: CompiledTerritory<RoutableTerritory>[];
  /** those whose accounts count: they, and what they lie under */
  naming: CompiledTerritory<unknown>[];
  covering: Map<string, CompiledTerritory<RoutableTerritory>[]>;
  /** whether any territory does */
  asksSize: boolean;
  asksProduct: boolean;
  asksWhere: boolean;
  relationships: Map<string, string>;
  balances: Map<string, Balance>;
  changed: Set<string>;
  /** by bank and grade: the balances touched, by the holder's place in the bank */
  ledgers: Map<string, (Balance | undefined)[]>;
  pools: Map<string, TurnPool>;
  partners: Map<string, Bank>;
}

export function layTable(books: Books): Table {
  const seats = new Map<string, Seat>();
  const byName = new Map<string, Seat | 'several'>();
  for (const holder of books.holders) {
    const { hot = [], warm = [], cold = [] } = holder.startsByGrade ?? {};
    const seat = {
      holder,
      starts: [...holder.startsMs],
      byGrade: { hot: [...hot], warm: [...warm], cold: [...cold] },
      load: holder.openLeads ?? books.routing?.loads.get(holder.id) ?? 0,
    };
    seats.set(holder.id, seat);
    for (const name of new Set([holder.externalId, holder.name, holder.email].filter((n) => n !== null).map(nameKey)))
      if (name) byName.set(name, byName.has(name) ? 'several' : seat);
  }
  const territories = books.territories.map(compileTerritory);
  const asking = territories.flatMap(upFrom);
  return {
    books,
    seats,
    byName,
    territories,
    naming: asking.filter(({ accounts }) => accounts !== null),
    covering: new Map(),
    asksSize: asking.some(({ employees, annualSales }) => employees ?? annualSales),
    asksWhere: asking.some(({ counties, near }) => counties ?? near),
    asksProduct: asking.some(({ products }) => products),
    relationships: new Map(books.relationships),
    balances: new Map(books.balances.map((b) => [balanceKey(b.territoryId, b.grade, b.holderId), { ...b }])),
    changed: new Set(),
    ledgers: new Map(),
    pools: new Map(),
    partners: new Map(),
  };
}

/** Somebody as they are when neither away nor full. */
export const unhindered = (holder: RoutableHolder): RoutableHolder => ({
  ...holder,
  away: [],
  capacityPerWeek: null,
  capacityByGrade: {},
  openMost: null,
  startsMs: [],
});

/** Those in which the lead lies and that have leads at that moment, in order. */
export function coveringTerritories(lead: RoutableLead, table: Table): CompiledTerritory<RoutableTerritory>[] {
  const found = everCovering(lead, table);
  return found.some(({ territory }) => isDated(territory)) ? found.filter(({ territory }) => hasLeads(territory, lead.atMs)) : found;
}

/** When the next of the territories in which the lead lies begins to have leads; null where none will. */
export function nextBeginning(lead: RoutableLead, table: Table): number | null {
  let next: number | null = null;
  for (const { territory } of everCovering(lead, table))
    if (isDated(territory) && (territory.fromMs ?? 0) > lead.atMs) next = Math.min(next ?? Infinity, territory.fromMs!);
  return next;
}

/** Why the lead went past territories before the one it fell in, where that was for want of knowing what it is about, where it lies, or how large its organization is. */
export function notKnown(lead: RoutableLead, before: RoutableTerritory | undefined, table: Table): Reason[] {
  if (!table.asksSize && !table.asksProduct && !table.asksWhere) return [];
  const at = before === undefined ? Infinity : table.territories.findIndex(({ territory }) => territory === before);
  const missing = table.territories.slice(0, at).flatMap((one) => {
    const what = isDated(one.territory) && !hasLeads(one.territory, lead.atMs) ? null : whatIsMissing(one, lead);
    return what === null ? [] : [`${one.territory.name} ${what}`];
  });
  return missing.length === 0 ? [] : [{ label: 'Not known', detail: missing.slice(0, 3).join('; ') }];
}

function everCovering(lead: RoutableLead, table: Table): CompiledTerritory<RoutableTerritory>[] {
  const named = table.naming.some((t) => namesAccount(t, lead)) ? lead.organizationId : '';
  const size = table.asksSize ? `${lead.employees}|${lead.annualRevenueMinor}` : '';
  const about = table.asksProduct ? lead.product : '';
  const where = table.asksWhere && lead.where ? `${lead.where.county}|${lead.where.lat}|${lead.where.lon}` : '';
  const key = `${lead.country}|${lead.state}|${lead.postalCode}|${lead.vertical}|${named}|${size}|${about}|${where}`;
  let found = table.covering.get(key);
  if (!found) table.covering.set(key, (found = covering(table.territories, lead)));
  return found;
}
const isDated = ({ fromMs, untilMs }: RoutableTerritory): boolean => (fromMs ?? untilMs ?? null) !== null;
const hasLeads = ({ fromMs, untilMs }: RoutableTerritory, atMs: number): boolean => (fromMs ?? -Infinity) <= atMs && atMs < (untilMs ?? Infinity);

export interface Asked {
  candidates: Participant[];
  /** who is away and is to catch up: earns a part of what is dealt by turns */
  absent: Participant[];
  passedOver: Placement['passedOver'];
  /** when asking again can change the answer */
  retryAtMs: number | null;
}

/** What a pool asks of its holders beside the vertical and the language of the lead. */
export interface Skills {
  product?: boolean | undefined;
  certificates?: readonly string[] | undefined;
}

/** Who of a bank can take this lead, and what keeps the others. Somebody who does not speak the language is better than nobody. */
export function askBank(lead: RoutableLead, bank: Bank, table: Table, ask: Skills = {}): Asked {
  const passedOver: Placement['passedOver'] = [];
  const pool: Participant[] = [];
  const foreign: Participant[] = [];
  const absent: Participant[] = [];
  let retryAtMs: number | null = null;
  for (const [place, { holderId, weight }] of bank.holders.entries()) {
    const seat = table.seats.get(holderId);
    if (!seat || weight <= 0) continue;
    const found = obstacle(lead, seat, { skills: true, ...ask });
    if (!found) pool.push({ seat, weight, place });
    else if (found.because === 'language') foreign.push({ seat, weight, place });
    else {
      passedOver.push({ holderId, name: seat.holder.name, because: found.because, detail: found.detail });
      if (found.catchesUp) absent.push({ seat, weight, place });
      if (found.againAtMs !== null) retryAtMs = Math.min(retryAtMs ?? Infinity, found.againAtMs);
    }
  }
  if (pool.length > 0)
    for (const { seat } of foreign)
      passedOver.push({ holderId: seat.holder.id, name: seat.holder.name, because: 'language', detail: `does not speak ${lead.language}` });
  const candidates = pool.length > 0 ? pool : foreign;
  return { candidates, absent: absent.filter(({ seat }) => candidates === foreign || speaksFor(lead, seat.holder)), passedOver, retryAtMs };
}

export interface Taken {
  seat: Seat;
  how: string;
  booked: BookedTurn;
}

/**
 * Chooses one of the candidates and books the turn. The choice is made from the very numbers that are stored, so that it can be made again.
 * `account`: whose credits count; a method that seldom comes to turns keeps its own, so that it never bends those of a territory or team.
 */
export function takeTurn(lead: RoutableLead, bank: Bank, account: string, method: Method, asked: Asked, table: Table): Taken {
  const { candidates } = asked;
  const absent = method === 'turns' ? asked.absent : [];
  const earning = absent.length === 0 ? candidates : [...candidates, ...absent];
  const ledgerKey = `${account}|${lead.grade}`;
  let ledger = table.ledgers.get(ledgerKey);
  if (!ledger) table.ledgers.set(ledgerKey, (ledger = []));
  const balances = earning.map(({ seat, place }) => {
    const touched = ledger[place];
    if (touched) return touched;
    const key = balanceKey(account, lead.grade, seat.holder.id);
    const balance = table.balances.get(key) ?? {
      territoryId: account,
      grade: lead.grade,
      holderId: seat.holder.id,
      entitled: 0,
      received: 0,
    };
    table.balances.set(key, balance);
    return (ledger[place] = balance);
  });
  const stakes = earning.map(({ seat, weight }, i) => ({
    holderId: seat.holder.id,
    weight,
    credit: rounded(balances[i]!.entitled - balances[i]!.received),
    mark: markOf(lead, method, seat, weight, table),
  }));
  const { index, tied, shares } = choose(method, stakes, absent.length);
  const chosen = candidates[index]!.seat;
  tied.forEach((place, i) => {
    balances[place]!.entitled += shares[i]!;
    table.changed.add(balanceKey(account, lead.grade, stakes[place]!.holderId));
  });
  balances[index]!.received += 1;
  const share = shares[tied.indexOf(index)]!;
  const couldTake = tied.length - absent.length;
  const turn = `${chosen.holder.name}'s turn among ${couldTake}: share ${Math.round(share * 100)}%, ${owed(stakes[index]!.credit + share)}`;
  const won: Partial<Record<Method, string>> = {
    leastLoaded: `${chosen.holder.name} has the fewest open leads for their share: ${chosen.load}`,
    nearest: nearestInWords(chosen.holder.name, stakes[index]!.mark),
    ...(method === 'bestMatch' && { bestMatch: `${chosen.holder.name} fits best with ${pointsInWords(pointsFor(lead, chosen.holder, table))}` }),
  };
  const how =
    candidates.length === 1
      ? `${chosen.holder.name} is the only one here who can take it now`
      : won[method] === undefined
        ? turn
        : couldTake === 1
          ? won[method]
          : `${won[method]}, as ${couldTake - 1} more; ${turn}`;
  return {
    seat: chosen,
    how,
    booked: {
      account,
      pool: poolOf(bank, earning, table),
      credits: stakes.map(({ credit }) => credit),
      ...(won[method] === undefined ? {} : { marks: stakes.map((stake) => stake.mark) }),
      absent: absent.length,
    },
  };
}

function markOf(lead: RoutableLead, method: Method, { holder, load }: Seat, weight: number, table: Table): number {
  if (method === 'leastLoaded') return rounded(load / weight);
  if (method === 'nearest') return tensOfKm(lead.where, holder.where);
  return method === 'bestMatch' ? sumOf(pointsFor(lead, holder, table)) : 0;
}

const pointsFor = (lead: RoutableLead, holder: RoutableHolder, { books: { routing } }: Table): Points =>
  pointsOf(
    {
      speaks: lead.language !== null && holder.languages.some((one) => nameKey(one) === nameKey(lead.language!)),
      hasProduct: hasProduct(lead, holder),
      record: routing?.records.get(holder.id),
      productKey: lead.product ? nameKey(lead.product) : null,
    },
    routing?.usual ?? { sold: 0, inTime: 0, told: 0 },
  );

const hasProduct = ({ product }: RoutableLead, { productLines }: RoutableHolder): boolean => isAbout(product, productLines ?? []);

function poolOf(bank: Bank, pool: readonly Participant[], table: Table): TurnPool {
  let key = bank.id;
  for (const { place } of pool) key += ` ${place}`;
  let found = table.pools.get(key);
  if (!found) {
    const sum = pool.reduce((total, { weight }) => total + weight, 0);
    table.pools.set(key, (found = { holders: pool.map(({ seat }) => seat.holder.id), shares: pool.map(({ weight }) => weight / sum) }));
  }
  return found;
}

const isCertified = ({ certificates = [] }: RoutableHolder, name: string, atMs: number): boolean =>
  certificates.some((one) => nameKey(one.name) === nameKey(name) && (one.untilMs === null || atMs < one.untilMs));

/** What keeps this holder from taking this lead, if anything. */
export function obstacle(
  lead: RoutableLead,
  seat: Seat,
  ask: Skills & { skills: boolean },
): { because: PassedOver; detail: string; againAtMs: number | null; catchesUp?: boolean | undefined } | undefined {
  const { holder } = seat;
  const never = (because: PassedOver, detail: string) => ({ because, detail, againAtMs: null });
  if (!holder.active) return never('inactive', 'no longer works leads');
  const excluded = lead.excluded.get(holder.id);
  if (excluded === 'declined') return never('declined', 'declined this lead');
  if (excluded === 'silent') return never('silent', 'did not answer in time');
  if (ask.skills && lead.vertical && holder.verticals.length > 0 && !holder.verticals.some((v) => nameKey(v) === nameKey(lead.vertical!)))
    return never('vertical', `does not work in ${lead.vertical}`);
  if (ask.product && !hasProduct(lead, holder))
    return never('product', lead.product ? `does not carry ${lead.product}` : 'no product is known');
  const missing = ask.certificates?.find((name) => !isCertified(holder, name, lead.atMs));
  if (missing !== undefined) return never('certificate', `holds no “${missing}”, or no longer`);
  const away = holder.away.find((a) => a.fromMs <= lead.atMs && lead.atMs < a.untilMs);
  if (away) return { because: 'away', detail: 'away', againAtMs: away.untilMs, catchesUp: away.catchUp };
  const full = whatIsFull(holder, seat, lead.grade, lead.atMs);
  if (full) return { because: 'full', ...full };
  if (ask.skills && !speaksFor(lead, holder)) return never('language', `does not speak ${lead.language}`);
  return undefined;
}

/** Where no language is known, of the lead or of who would work it, everybody does. */
const speaksFor = (lead: RoutableLead, holder: RoutableHolder): boolean =>
  !lead.language || holder.languages.length === 0 || holder.languages.some((one) => nameKey(one) === nameKey(lead.language!));

const owed = (credit: number): string => (credit >= 0 ? `${credit.toFixed(2)} of a lead owed` : `${(-credit).toFixed(2)} of a lead ahead`);
const balanceKey = (account: string, grade: Grade, holderId: string): string => `${account}/${grade}/${holderId}`;
export const nameKey = (name: string): string => name.trim().toLowerCase();
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
