/**
 * Whether every lead gets somewhere, and every rule something. The conditions can tell only so many kinds of lead apart: for each field the
 * values they name, one they do not, and none at all. Each combination that could be a lead is dealt at a table where nobody is away or full;
 * where there are too many combinations, a fixed sample of them, and the company's own leads of late in either case.
 */
import { predicateOf } from '../../platform/values/criteria-predicate.rules.ts';
import { evaluate, listOf, plainText, type Condition, type Criteria, type Facts } from '../../platform/values/criteria.rules.ts';
import { deal } from '../route.rules.ts';
import type { Books, Came, Grade, Placement, RoutableLead } from '../route.rules.ts';
import { layTable, unhindered } from '../seats.rules.ts';
import type { TerritoryRules } from '../territory.rules.ts';
import type { RoutingRule } from './routing-rule.rules.ts';

/** One of the company's own leads. */
export interface OwnLead {
  leadId: string;
  name: string;
  facts: Facts;
  lead: Pick<RoutableLead, 'country' | 'state' | 'postalCode' | 'vertical' | 'employees' | 'annualRevenueMinor' | 'product' | 'grade' | 'where'> & { organizationId?: string | null };
}
export interface Uncovered {
  example: string;
  /** one of the company's own leads it happened to, where there is one */
  leadId: string | null;
  why: string;
  /** of the company's own leads */
  leads: number;
}
export interface DeadRule {
  ruleId: string;
  name: string;
  why: string;
}
export interface Proof {
  /** kinds of lead dealt, and whether they were all there are */
  tried: number;
  complete: boolean;
  ownLeads: number;
  uncovered: Uncovered[];
  dead: DeadRule[];
  /** of the company's own leads, by rule; what no rule took is under '' */
  took: Record<string, number>;
}

/** More than any wait that can be agreed: here every hour counts, since it is asked without the company's hours. */
const longAgoMs = 3 * 366 * 86_400_000;

/** Named by a rule, though nobody has it yet. */
const isSomewhere = (came: Came | undefined): boolean => came === 'offered' || came === 'desk' || came === 'aside';

export const triedMax = 20_000;

export function prove(books: Books, definition: Criteria, own: readonly OwnLead[], now: Date, labels: Record<string, string>): Proof {
  const rules = books.routing?.rules.rules ?? [];
  const table = layTable({
    ...books,
    relationships: new Map(),
    holders: books.holders.map(unhindered),
  });
  const kinds = kindsOf(books, rules, now);
  const isLead = predicateOf(definition);
  const reached = new Map<string, Set<Came>>();
  const asked = rules.map((rule) => ({ rule, holds: predicateOf(rule.when), held: false, instead: new Set<string>() }));
  const uncovered = new Map<string, Uncovered>();
  const took: Record<string, number> = {};

  const look = (facts: Facts, lead: OwnLead['lead'], from: { leadId: string | null; example: string }): Placement => {
    const dealt: RoutableLead = {
      ...lead,
      leadId: from.leadId ?? '',
      atMs: now.getTime(),
      // Whatever deadline there is, it is over: what matters is where a lead gets at last.
      waitingMs: now.getTime() - longAgoMs,
      score: 0,
      personId: null,
      organizationId: lead.organizationId ?? null,
      language: null,
      owners: [],
      excluded: new Map(),
      facts,
    };
    const placement = deal([dealt], table)[0]!;
    // Each is dealt as the first of its organization.
    table.relationships.clear();
    const path = placement.decided.by?.path ?? [];
    for (const { ruleId, came } of path) reached.set(ruleId, (reached.get(ruleId) ?? new Set()).add(came));
    const last = path.at(-1);
    const taker = last && last.came !== 'passed' ? last.ruleId : undefined;
    for (const one of asked) {
      if (!one.holds(facts, now)) continue;
      one.held = true;
      if (taker !== undefined && taker !== one.rule.id) one.instead.add(taker);
    }
    if (placement.rule === 'desk' && !isSomewhere(last?.came)) {
      const why = placement.because.at(-1)!.detail;
      const key = `${placement.byRule?.id ?? ''} ${placement.territoryId ?? ''}`;
      const group = uncovered.get(key) ?? { example: from.example, leadId: from.leadId, why, leads: 0 };
      if (from.leadId !== null) group.leads++;
      uncovered.set(key, group);
    }
    return placement;
  };

  for (const { leadId, name, facts, lead } of own) {
    const placement = look(facts, lead, { leadId, example: name });
    const ruleId = placement.byRule?.id ?? '';
    took[ruleId] = (took[ruleId] ?? 0) + 1;
  }
  let tried = 0;
  const combinations = combinationsOf(kinds);
  const centres = new Map(territoryRules(books).flatMap(({ near }) => (near ?? []).map((one) => [nearName(one), { lat: one.lat, lon: one.lon }])));
  for (const given of combinations.items) {
    const facts: Facts = { ...somebody, ...given };
    if (!isLead(facts, now)) continue;
    tried++;
    const text = (field: string): string | null => (typeof facts[field] === 'string' ? facts[field] : null);
    const number = (field: string): number | null => (typeof facts[field] === 'number' ? facts[field] : null);
    const sales = number('annualRevenue');
    const lead = {
      country: text('country'),
      state: text('state'),
      postalCode: text('postalCode'),
      vertical: text('vertical'),
      employees: number('employees'),
      annualRevenueMinor: sales === null ? null : Math.round(sales * 100),
      where: text('county') === null && text('near') === null ? null : { county: text('county'), ...(centres.get(text('near') ?? '') ?? nowhere) },
      organizationId: text('account'),
      product: text('product'),
      grade: (text('grade') ?? 'warm') as Grade,
    };
    look(facts, lead, { leadId: null, example: inWords(given, labels) });
  }

  const nameOf = new Map(rules.map((rule) => [rule.id, rule.name]));
  const dead = asked.flatMap(({ rule, held, instead }): DeadRule[] => {
    const came = reached.get(rule.id);
    const found = { ruleId: rule.id, name: rule.name };
    if (!held) return combinations.complete ? [{ ...found, why: 'Its conditions can never hold together.' }] : [];
    if (came && [...came].some((one) => one === 'took' || isSomewhere(one))) return [];
    if (came) return [{ ...found, why: 'Nobody is in its pool who could take a lead.' }];
    const names = [...instead].slice(0, 3).map((id) => `“${nameOf.get(id)}”`);
    return [
      {
        ...found,
        why:
          names.length > 0
            ? `Nothing is left for it: ${names.join(', ')} ${names.length === 1 ? 'takes' : 'take'} everything before.`
            : 'No lead comes to it.',
      },
    ];
  });
  return {
    tried,
    complete: combinations.complete,
    ownLeads: own.length,
    uncovered: [...uncovered.values()].toSorted((a, b) => b.leads - a.leads),
    dead,
    took,
  };
}

/** Somebody of whom enough is known to be a lead, as far as nothing else is said. */
const somebody: Facts = {
  email: 'somebody@company.example',
  phone: '+41446681800',
  name: 'Somebody',
  organization: 'A company',
  externalId: '1',
  businessMail: true,
  disposableMail: false,
  junkName: false,
  doNotContact: false,
  unsubscribed: false,
  isCustomer: false,
  inquiries: 1,
  score: 50,
  grade: 'warm',
  message: 'A quote, please',
};
const otherWord = 'something else';

/** of a place that is known and near nothing */
const nowhere = { lat: NaN, lon: NaN };
const nearName = ({ name, km }: { name: string; km: number }): string => `${name}, ${km} km`;
const territoryRules = (books: Books): TerritoryRules[] => [...new Set(books.territories.flatMap((one) => [one, ...(one.under ?? [])]).map((one) => one.rules))];

type Values = { field: string; values: unknown[] };

/** For each field the conditions or territories look at: one value of every kind they can tell apart. */
function kindsOf(books: Books, rules: readonly RoutingRule[], now: Date): Values[] {
  const conditions = new Map<string, Condition[]>();
  const add = (condition: Condition): void => void conditions.set(condition.field, [...(conditions.get(condition.field) ?? []), condition]);
  const walk = (one: Criteria): void => {
    if ('all' in one) one.all.forEach(walk);
    else if ('any' in one) one.any.forEach(walk);
    else if ('not' in one) walk(one.not);
    else add(one);
  };
  rules.forEach((rule) => walk(rule.when));
  for (const covers of territoryRules(books)) {
    if (covers.countries?.length) add({ field: 'country', op: 'in', value: covers.countries });
    if (covers.states?.length) add({ field: 'state', op: 'in', value: covers.states });
    if (covers.verticals?.length) add({ field: 'vertical', op: 'in', value: covers.verticals });
    if (covers.products?.length) add({ field: 'product', op: 'contains', value: covers.products });
    if (covers.counties?.length) add({ field: 'county', op: 'in', value: covers.counties });
    if (covers.near?.length) add({ field: 'near', op: 'in', value: covers.near.map(nearName) });
    for (const bound of [covers.employees?.from, covers.employees?.to]) if (bound !== undefined) add({ field: 'employees', op: 'atLeast', value: bound });
    for (const bound of [covers.annualSales?.fromMinor, covers.annualSales?.belowMinor]) if (bound !== undefined) add({ field: 'annualRevenue', op: 'atLeast', value: bound / 100 });
    // One account stands for all that a territory names.
    if (covers.accounts?.[0]) add({ field: 'account', op: 'equals', value: covers.accounts[0] });
    for (const { from } of covers.postalRanges ?? []) add({ field: 'postalCode', op: 'equals', value: from });
  }
  for (const { verticals } of books.holders) if (verticals.length > 0) add({ field: 'vertical', op: 'in', value: verticals });
  if (rules.some(({ pool }) => pool.kind === 'partners' && pool.byProduct))
    for (const { productLines } of books.holders) if (productLines?.length) add({ field: 'product', op: 'in', value: productLines });
  if (books.territories.length > 0 && !conditions.has('country')) add({ field: 'country', op: 'isSet' });
  return [...conditions].map(([field, of]) => ({ field, values: distinct(field, of, now) }));
}

function distinct(field: string, of: readonly Condition[], now: Date): unknown[] {
  const values: unknown[] = [];
  for (const { op, value } of of) {
    const wanted = listOf(value).filter((one) => one !== null);
    if (op === 'isTrue' || op === 'isFalse') values.push(true, false);
    else if (op === 'withinDays' || op === 'olderThanDays')
      for (const days of wanted) for (const by of [-1, 1]) values.push(new Date(now.getTime() - (Number(days) + by) * 86_400_000));
    else if (op === 'atLeast' || op === 'atMost' || op === 'between')
      for (const one of wanted) values.push(...(Number.isNaN(Number(one)) ? [one] : [Number(one) - 1, Number(one), Number(one) + 1]));
    else values.push(...wanted);
  }
  if (field === 'grade') values.push('hot', 'warm', 'cold');
  else {
    const numbers = values.some((one) => typeof one === 'number');
    values.push(null, ...(numbers || values.some((one) => typeof one === 'boolean' || one instanceof Date) ? [] : [otherWord]));
  }
  // Of values that every condition answers alike, one is enough.
  const seen = new Set<string>();
  return values.filter((one) => {
    const key =
      of.map((condition) => (evaluate(condition, { [condition.field]: one }, now) ? '1' : '0')).join('') +
      (field === 'grade' ? plainText(one) : '');
    return !seen.has(key) && seen.add(key);
  });
}

function combinationsOf(kinds: readonly Values[]): { items: Iterable<Facts>; complete: boolean } {
  const total = kinds.reduce((product, { values }) => product * values.length, 1);
  const complete = total <= triedMax;
  function* items(): Generator<Facts> {
    let seed = 20_261_122;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 4_294_967_296) * below);
    };
    for (let n = 0; n < Math.min(total, triedMax); n++) {
      let rest = n;
      yield Object.fromEntries(
        kinds.map(({ field, values }) => {
          const at = complete ? rest % values.length : random(values.length);
          rest = Math.floor(rest / values.length);
          return [field, values[at]];
        }),
      );
    }
  }
  return { items: items(), complete };
}

function inWords(given: Facts, labels: Record<string, string>): string {
  const said = Object.entries(given).map(([field, value]) => {
    const label = labels[field] ?? field;
    if (value === null) return `${label} not known`;
    if (typeof value === 'boolean') return value ? label : `not ${label}`;
    return `${label} ${value instanceof Date ? value.toISOString().slice(0, 10) : value === otherWord ? 'that is not named anywhere' : `“${String(value)}”`}`;
  });
  return said.length === 0 ? 'any lead' : `a lead with ${said.join(', ')}`;
}
