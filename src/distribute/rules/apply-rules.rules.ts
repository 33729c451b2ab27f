/** The company's rules, asked of one lead in their order until one gives it somewhere. */
import { nobodyIn, placed, waiting, withTurn } from '../placement.rules.ts';
import type { Came, Claims, Placement, Reason, RoutableLead, RoutableTerritory } from '../route.rules.ts';
import { sooner, waitsUntil } from '../surplus.rules.ts';
import { askBank, coveringTerritories, takeTurn, type Asked, type Bank, type Skills, type Table } from '../seats.rules.ts';
import type { RoutingRule } from './routing-rule.rules.ts';

export interface Tried {
  path: { ruleId: string; came: Came }[];
  /** whom rules without anybody went past */
  passedOver: Placement['passedOver'];
  /** when one of them has room again */
  retryAtMs: number | null;
}
type ByClaim = (asked: Claims) => Placement | undefined;

export function applyRules(lead: RoutableLead, table: Table, first: boolean, tried: Tried, byClaim: ByClaim): Placement | undefined {
  const rules = table.books.routing?.rules;
  if (!rules) return undefined;
  for (const rule of rules.holding(lead.facts ?? {}, new Date(lead.atMs), first)) {
    const { placement, came } = apply(lead, rule, table, byClaim);
    tried.path.push({ ruleId: rule.id, came });
    if (came !== 'passed') return { ...placement, byRule: rule };
    tried.passedOver.push(...placement.passedOver);
    tried.retryAtMs = sooner(tried.retryAtMs, placement.retryAtMs);
  }
  return undefined;
}

interface Result {
  placement: Placement;
  came: Came;
}
const rulesReason = (rule: RoutingRule): Reason => ({ label: 'Rule', detail: rule.name });

function apply(lead: RoutableLead, rule: RoutingRule, table: Table, byClaim: ByClaim): Result {
  const desk = { id: table.books.deskId };
  if (rule.pool.kind === 'desk')
    return { placement: placed(lead, desk, null, 'desk', [rulesReason(rule), ...waiting('A person decides')]), came: 'desk' };
  if (rule.pool.kind === 'nurture')
    return { placement: placed(lead, desk, null, 'desk', [rulesReason(rule), { label: 'Kept warm', detail: 'Kept in touch with until somebody has room' }]), came: 'aside' };
  if (rule.pool.kind === 'owner') {
    const asked: Claims = { passedOver: [], retryAtMs: null };
    const claim = byClaim(asked);
    if (claim) return { placement: { ...claim, because: [rulesReason(rule), ...claim.because], passedOver: asked.passedOver }, came: 'took' };
    return nobody(
      lead,
      rule,
      null,
      'Nobody is named, and nobody works with them yet',
      { candidates: [], absent: [], ...asked },
      table,
    );
  }
  const territory = rule.pool.kind === 'territory' ? territoryOf(lead, table) : undefined;
  const bank = territory ?? bankOf(rule, table);
  if (!bank) return nobody(lead, rule, null, 'No territory covers it', { candidates: [], absent: [], passedOver: [], retryAtMs: null }, table);
  const asked = askBank(lead, bank, table, skillsOf(rule));
  const territoryId = territory?.id ?? null;
  if (asked.candidates.length === 0) {
    if (territory) asked.retryAtMs = sooner(asked.retryAtMs, overflowsAt(lead, territory, table));
    const detail = asked.passedOver.length === 0 ? `${bank.name} has nobody yet` : nobodyIn(bank.name, asked.passedOver);
    return nobody(lead, rule, territoryId, detail, asked, table);
  }
  const until = lead.offered?.get(rule.id);
  if (rule.method === 'firstToClaim' && !lead.passedOn && !(until !== undefined && until <= lead.atMs)) {
    const holders = asked.candidates.map(({ seat }) => seat.holder.id);
    const reason = waiting(
      `Offered to ${holders.length === 1 ? 'the one' : `all ${holders.length}`} in ${bank.name} who can take it; the first who does has it`,
    );
    const placement = placed(lead, desk, territoryId, 'desk', [rulesReason(rule), ...reason]);
    return {
      placement: { ...placement, passedOver: asked.passedOver, offer: { holders, untilMs: until ?? null }, retryAtMs: until ?? null },
      came: 'offered',
    };
  }
  // Taken by nobody while it was offered to all: then it is somebody's turn.
  const method = rule.method === 'firstToClaim' ? 'turns' : rule.method;
  const account = method === 'turns' ? bank.id : rule.id;
  const { seat, how, booked } = takeTurn(lead, bank, account, method, asked, table);
  const because = [
    rulesReason(rule),
    { label: labels[rule.pool.kind], detail: bank.name },
    { label: method === 'turns' ? 'Turn' : 'Choice', detail: how },
  ];
  const placement = { ...placed(lead, seat.holder, territoryId, 'rule', because), passedOver: asked.passedOver };
  return { placement: withTurn(placement, booked), came: 'took' };
}

const labels = { territory: 'Territory', team: 'Team', partners: 'Partners', owner: 'Owner', desk: 'Desk', nurture: 'Nurture' };

function nobody(lead: RoutableLead, rule: RoutingRule, territoryId: string | null, detail: string, asked: Asked, table: Table): Result {
  const placement = placed(lead, { id: table.books.deskId }, territoryId, 'desk', [rulesReason(rule), ...waiting(detail)]);
  const untilMs = rule.otherwise === 'wait' ? waitsUntil(lead, rule.waitMost, table.books.clock) : null;
  const waits = rule.otherwise === 'wait' && (untilMs === null || lead.atMs < untilMs);
  return {
    placement: { ...placement, passedOver: asked.passedOver, retryAtMs: waits ? sooner(asked.retryAtMs, untilMs) : asked.retryAtMs },
    came: waits ? 'waits' : 'passed',
  };
}

export function bankOf(rule: RoutingRule, table: Table): Bank | undefined {
  const { pool } = rule;
  if (pool.kind === 'team') {
    const team = table.books.routing!.teams.get(pool.teamId);
    return { id: pool.teamId, name: team?.name ?? 'a team that was taken away', holders: team?.members ?? [] };
  }
  if (pool.kind !== 'partners') return undefined;
  let bank = table.partners.get(rule.id);
  if (!bank) table.partners.set(rule.id, (bank = { id: rule.id, name: partnersIn(pool.tiers), holders: partnersOf(pool.tiers, table) }));
  return bank;
}

/** The first territory that covers it, or, where that lets leads overflow and has waited its time, the first that has somebody. */
function territoryOf(lead: RoutableLead, table: Table): RoutableTerritory | undefined {
  const covering = coveringTerritories(lead, table).map((one) => one.territory);
  for (const territory of covering)
    if (!territory.overflow || overflowsAt(lead, territory, table) !== null || askBank(lead, territory, table).candidates.length > 0) return territory;
  return covering[0];
}

/** When a territory that is full lets go of this lead; null where it never does, or already has. */
function overflowsAt(lead: RoutableLead, territory: RoutableTerritory, table: Table): number | null {
  const untilMs = territory.overflow ? waitsUntil(lead, territory.waitMost, table.books.clock) : null;
  return untilMs !== null && lead.atMs < untilMs ? untilMs : null;
}

/** What a rule asks of who may have its leads. */
export const skillsOf = ({ pool }: RoutingRule): Skills => (pool.kind === 'partners' ? { product: pool.byProduct, certificates: pool.certificates } : {});

const partnersIn = (tiers: readonly string[]): string => (tiers.length === 0 ? 'all partners' : `partners of tier ${tiers.join(' or ')}`);

function partnersOf(tiers: readonly string[], table: Table): { holderId: string; weight: number }[] {
  const wanted = new Set(tiers.map((tier) => tier.trim().toLowerCase()));
  return table.books.holders
    .filter((holder) => holder.kind === 'partner' && (wanted.size === 0 || wanted.has((holder.tier ?? '').trim().toLowerCase())))
    .map(({ id, weight }) => ({ holderId: id, weight: weight ?? 1 }))
    .toSorted((a, b) => (a.holderId < b.holderId ? -1 : 1));
}
