/**
 * A past dealt again by other rules: every lead at the moment it came, to holders with the capacities and absences they have, and what nobody
 * could take asked again when room returned. Nobody accepts or declines here: it is what the rules give, not what people make of it.
 */
import { deal } from '../route.rules.ts';
import type { Grade, Placement, RoutableLead } from '../route.rules.ts';
import type { Seat, Table } from '../seats.rules.ts';

/** What came of one lead. */
export interface Simulated {
  leadId: string;
  /** null: it waits at the desk at the end */
  holderId: string | null;
  ruleId: string | null;
  /** of the desk: a rule left it to a person, nobody could take it, or nothing held of it; open: offered to all */
  end: 'placed' | 'person' | 'waits' | 'nowhere' | 'open';
  because: string;
  grade: Grade;
  atMs: number;
  /** when somebody had it */
  placedMs: number | null;
}

/** A lead of the past, and when it came to its end in truth. */
type PastRoutable = RoutableLead & { closedMs?: number | null };

const hourMs = 3_600_000;

/** What waits is asked again at the earliest after so long, and the less often the longer it waits. */
const pauseMs = 15 * 60_000;
const slower = 0.1;

/** Deals leads, which come in order of time, and those that waited; what is settled is told as it is settled, the rest at the end. */
export class Past {
  readonly table: Table;
  /** who lets go of a lead, by the hour in which it was closed in truth */
  private readonly closing = new Map<number, Seat[]>();
  private hour = -Infinity;
  private waiting: { lead: PastRoutable; came: number; nextMs: number; placement: Placement }[] = [];

  constructor(table: Table) {
    this.table = table;
  }

  /** @param leads in order of time, none before those of an earlier call */
  take(leads: readonly PastRoutable[]): Simulated[] {
    const settled: Simulated[] = [];
    for (const lead of leads) {
      settled.push(...this.askAgain(lead.atMs));
      this.dealOne(lead, lead.atMs, settled);
    }
    return settled;
  }

  /** What waited until the end: asked as long as it was due until then. */
  end(atMs: number): Simulated[] {
    const settled = this.askAgain(atMs);
    return [...settled, ...this.waiting.map(({ lead, came, placement }) => outcome(lead, came, placement, null))];
  }

  private askAgain(untilMs: number): Simulated[] {
    const settled: Simulated[] = [];
    while (this.waiting.length > 0 && this.waiting[0]!.nextMs <= untilMs) {
      const { lead, came, nextMs } = this.waiting.shift()!;
      this.dealOne({ ...lead, atMs: nextMs, waitingMs: came }, came, settled);
    }
    return settled;
  }

  /** Leads closed in the hours before this moment are open work no longer. */
  private letGo(atMs: number): void {
    const hour = Math.floor(atMs / hourMs);
    if (this.hour === -Infinity) this.hour = hour;
    for (; this.hour < hour; this.hour++) {
      for (const seat of this.closing.get(this.hour) ?? []) seat.load--;
      this.closing.delete(this.hour);
    }
  }

  private holdUntilClosed(lead: PastRoutable, holderId: string): void {
    if (lead.closedMs === null || lead.closedMs === undefined) return;
    const seat = this.table.seats.get(holderId)!;
    const hour = Math.floor(lead.closedMs / hourMs);
    if (hour < this.hour) {
      seat.load--;
      return;
    }
    const holding = this.closing.get(hour);
    if (holding) holding.push(seat);
    else this.closing.set(hour, [seat]);
  }

  private dealOne(lead: PastRoutable, came: number, settled: Simulated[]): void {
    this.letGo(lead.atMs);
    const placement = deal([lead], this.table)[0]!;
    if (placement.rule !== 'desk') this.holdUntilClosed(lead, placement.holderId);
    if (placement.rule !== 'desk' || placement.offer || placement.retryAtMs === null) {
      settled.push(outcome(lead, came, placement, placement.rule === 'desk' ? null : lead.atMs));
      return;
    }
    const nextMs = Math.max(placement.retryAtMs, lead.atMs + pauseMs, lead.atMs + slower * (lead.atMs - came));
    let [low, high] = [0, this.waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.waiting[middle]!.nextMs <= nextMs) low = middle + 1;
      else high = middle;
    }
    this.waiting.splice(low, 0, { lead, came, nextMs, placement });
  }
}

function outcome(lead: RoutableLead, came: number, placement: Placement, placedMs: number | null): Simulated {
  const last = placement.decided.by?.path.at(-1)?.came;
  const end =
    placement.rule !== 'desk'
      ? 'placed'
      : placement.offer
        ? 'open'
        : last === 'desk'
          ? 'person'
          : last === 'aside' || placement.retryAtMs !== null || placement.passedOver.length > 0
            ? 'waits'
            : 'nowhere';
  return {
    leadId: lead.leadId,
    holderId: placement.rule === 'desk' ? null : placement.holderId,
    ruleId: placement.byRule?.id ?? null,
    end,
    because: placement.because.at(-1)?.detail ?? '',
    grade: lead.grade,
    atMs: came,
    placedMs,
  };
}

export interface Load {
  holderId: string;
  /** by these rules, and what they had in truth */
  leads: number;
  was: number;
  hot: number;
  warm: number;
  cold: number;
  /** the most in any week, Monday to Sunday */
  weekMost: number;
}
export interface Week {
  /** its Monday */
  week: string;
  leads: number;
  placed: number;
  was: number;
}
export interface SimulationResult {
  leads: number;
  ends: Record<Simulated['end'], number>;
  /** with another holder than in truth, of those that had one both times */
  elsewhere: number;
  compared: number;
  /** hours until somebody had it, of those that waited */
  waited: { leads: number; medianHours: number; mostHours: number };
  loads: Load[];
  weeks: Week[];
  rules: { ruleId: string; leads: number }[];
  /** how evenly leads fall: 0 all alike, 1 one has all (Gini), by these rules and in truth */
  uneven: { now: number; was: number };
}

const weekOf = (atMs: number): string => {
  const date = new Date(atMs);
  return new Date(atMs - ((date.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
};

/** Adds up what came of the leads, beside who had them in truth (`was`, by lead). */
export class Tally {
  private readonly loads = new Map<string, Load & { weeks: Map<string, number> }>();
  private readonly weeks = new Map<string, Week>();
  private readonly rules = new Map<string, number>();
  private readonly ends = { placed: 0, person: 0, waits: 0, nowhere: 0, open: 0 };
  private readonly waits: number[] = [];
  private leads = 0;
  private elsewhere = 0;
  private compared = 0;

  constructor(holderIds: readonly string[]) {
    for (const id of holderIds) this.load(id);
  }

  add(one: Simulated, was: string | null): void {
    this.leads++;
    this.ends[one.end]++;
    if (one.ruleId !== null) this.rules.set(one.ruleId, (this.rules.get(one.ruleId) ?? 0) + 1);
    const week = this.week(weekOf(one.atMs));
    week.leads++;
    if (was !== null) {
      this.load(was).was++;
      week.was++;
    }
    if (one.holderId === null) return;
    const load = this.load(one.holderId);
    load.leads++;
    load[one.grade]++;
    const given = weekOf(one.placedMs ?? one.atMs);
    this.week(given).placed++;
    const inWeek = (load.weeks.get(given) ?? 0) + 1;
    load.weeks.set(given, inWeek);
    load.weekMost = Math.max(load.weekMost, inWeek);
    if (one.placedMs !== null && one.placedMs > one.atMs) this.waits.push((one.placedMs - one.atMs) / 3_600_000);
    if (was === null) return;
    this.compared++;
    if (was !== one.holderId) this.elsewhere++;
  }

  result(): SimulationResult {
    const waits = this.waits.toSorted((a, b) => a - b);
    const loads = [...this.loads.values()].map(({ weeks: _weeks, ...load }) => load).toSorted((a, b) => b.leads - a.leads || b.was - a.was);
    return {
      leads: this.leads,
      ends: this.ends,
      elsewhere: this.elsewhere,
      compared: this.compared,
      waited: { leads: waits.length, medianHours: waits[Math.floor(waits.length / 2)] ?? 0, mostHours: waits.at(-1) ?? 0 },
      loads,
      weeks: [...this.weeks.values()].toSorted((a, b) => (a.week < b.week ? -1 : 1)),
      rules: [...this.rules].map(([ruleId, leads]) => ({ ruleId, leads })).toSorted((a, b) => b.leads - a.leads),
      uneven: { now: gini(loads.map((load) => load.leads)), was: gini(loads.map((load) => load.was)) },
    };
  }

  private load(holderId: string): Load & { weeks: Map<string, number> } {
    let load = this.loads.get(holderId);
    if (!load) this.loads.set(holderId, (load = { holderId, leads: 0, was: 0, hot: 0, warm: 0, cold: 0, weekMost: 0, weeks: new Map() }));
    return load;
  }

  private week(week: string): Week {
    let found = this.weeks.get(week);
    if (!found) this.weeks.set(week, (found = { week, leads: 0, placed: 0, was: 0 }));
    return found;
  }
}

/** Of values none of which is below zero; 0 where there is nothing. */
export function gini(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const sum = sorted.reduce((total, one) => total + one, 0);
  if (sum === 0) return 0;
  const ranked = sorted.reduce((total, one, i) => total + (i + 1) * one, 0);
  return (2 * ranked) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}
