import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { addDays } from '../platform/values/period.rules.ts';
import { loadLeadFacts } from '../qualify/index.ts';
import { loadHolders } from './books.store.ts';
import { withWhere } from './places/where-is.ts';
import { presenceByWeek } from './presence.rules.ts';
import { listUsual } from './room.queries.ts';
import type { Grade, RoutableLead } from './route.rules.ts';
import { routedBy } from './rules/books-of-rules.ts';
import { idealBooks } from './rules/change-rules.ts';
import { poolsAsked, type PoolAsked } from './rules/pools-asked.rules.ts';
import { compileRules } from './rules/routing-rule.rules.ts';
import { listRulesets } from './rules/ruleset.store.ts';
import { layTable, unhindered } from './seats.rules.ts';

export type { PoolAsked } from './rules/pools-asked.rules.ts';

/** A lead that is still to come, like one that came, or of no more than a place. */
export interface ForeseenLead {
  leadId: string | null;
  personId: string | null;
  organizationId: string | null;
  inquiryId: string | null;
  grade: Grade;
  country: string | null;
  state: string | null;
  postalCode: string | null;
  vertical: string | null;
  product: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
  language: string | null;
}

/** Of each lead the pools it would be asked of, in their order, by the rules in force now and the territories that have leads then. */
export async function foreseePools(tx: Tx, cx: Context, leads: readonly ForeseenLead[], at: Date): Promise<PoolAsked[][]> {
  const now = cx.clock.now();
  const inForce = (await listRulesets(tx)).find((row) => row.publishedAt !== null);
  const rules = inForce && inForce.rules.length > 0 ? compileRules(inForce.version, inForce.rules) : undefined;
  const books = await idealBooks(tx, now, rules && (await routedBy(tx, rules)));
  const table = layTable({ ...books, holders: books.holders.map(unhindered) });
  const known = leads.flatMap(({ leadId, inquiryId, ...lead }) => (leadId === null || inquiryId === null ? [] : [{ ...lead, leadId, inquiryId }]));
  const facts = rules && (await loadLeadFacts(tx, known, rules.fields));
  return (await withWhere(tx, books.territories, leads)).map((lead) => {
    const { country, state, postalCode, vertical, grade } = lead;
    const about = (lead.leadId === null ? undefined : facts?.get(lead.leadId)) ?? { facts: { country, state, postalCode, vertical, grade } };
    const routable: RoutableLead = {
      ...lead,
      ...about,
      leadId: lead.leadId ?? '',
      atMs: at.getTime(),
      score: 0,
      personId: null,
      owners: [],
      excluded: new Map(),
    };
    return poolsAsked(routable, table);
  });
}

export interface RoomAhead {
  holderId: string;
  name: string;
  /** leads a week in all, and of each grade; null or not there: no limit */
  perWeek: number | null;
  byGrade: Partial<Record<Grade, number>>;
  openMost: number | null;
  /** leads a week of each grade they were given of late */
  usual: Record<Grade, number>;
  /** the part of each week they are there */
  presence: number[];
}

const usualWeeks = 8;

/** What everybody who works leads can take in the weeks from `fromOn` on, and what they are given anyway: the average of the last eight weeks but for one program's leads. */
export async function foreseeRoom(tx: Tx, cx: Context, fromOn: string, weeks: number, exceptProgramId: string): Promise<RoomAhead[]> {
  const from = new Date(`${fromOn}T00:00:00Z`);
  const until = new Date(`${addDays(fromOn, 7 * weeks)}T00:00:00Z`);
  const given = new Map<string, Partial<Record<Grade, number>>>();
  for (const { holderId, grade, perWeek } of await listUsual(tx, cx.clock.now(), usualWeeks, exceptProgramId))
    given.set(holderId, { ...given.get(holderId), [grade]: perWeek });
  return (await loadHolders(tx, from, until))
    .filter(({ active }) => active)
    .map(({ id, name, capacityPerWeek, capacityByGrade, openMost, calendar, absences }) => ({
      holderId: id,
      name,
      perWeek: capacityPerWeek,
      byGrade: capacityByGrade,
      openMost,
      usual: { hot: 0, warm: 0, cold: 0, ...given.get(id) },
      presence: presenceByWeek(fromOn, weeks, calendar, absences ?? []),
    }));
}
