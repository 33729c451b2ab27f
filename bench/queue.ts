import { addBusinessMinutes, businessClock, businessMinutesBetween, isOpen, officeHours } from '../src/distribute/business-hours.rules.ts';
import { fitDecays, likelihoodOf } from '../src/followup/day/decay-fit.rules.ts';
import type { Decays, Waited } from '../src/followup/day/decay-fit.rules.ts';
import { decayOf } from '../src/followup/day/decay.rules.ts';
import { termsOf } from '../src/followup/day/terms.rules.ts';
import { rankQueue } from '../src/followup/queue.rules.ts';
import type { QueueLead } from '../src/followup/queue.rules.ts';
import { seeded } from '../tests/support/lead-history.ts';
import type { Row } from './support/results.ts';

/**
 * What order is worth: made reps work made leads, first in first out, by score alone, and as our queue has them (going by the published curve,
 * and by curves learnt from two months of history before). What a call brings is known, since the world is made: the lead's own chance, what
 * waiting truly took of it, its value and margin. The truth is our model's shape in one world only; in the others it is something else, or
 * nothing falls at all. No time is measured.
 */
export async function queueing(small: boolean): Promise<Row[]> {
  const seeds = small ? 2 : 20;
  const rows: Row[] = [];
  for (const [name, truth] of Object.entries(truths))
    for (const load of [0.85, 1.1]) {
      const runs = Array.from({ length: seeds }, (_, seed) => compare(truth, load, seed + 1));
      const over = (one: Policy, other: Policy): number[] => runs.map((run) => run[one].value / run[other].value);
      const kept = (one: Policy): string => `${Math.round(mean(runs.map((run) => run[one].kept)) * 100)}%`;
      const learnt = over('learnt', 'fifo');
      const [beside, bare] = [over('learnt', 'score'), over('worth', 'score')];
      const target = name === 'nothing falls' ? 0.97 : 1;
      rows.push({
        what: `value captured by the queue, ${name}, work for ${Math.round(load * 100)}% of the time there is`,
        n: `${seeds} seeds, ${Math.round(mean(runs.map((run) => run.learnt.leads)))} leads each`,
        measured: `${interval(learnt)} × first in first out; ${interval(beside)} × score only (${interval(bare)} if it let clocks run out); promises kept ${kept('learnt')} (${kept('fifo')}, ${kept('score')}, ${kept('worth')})`,
        yardstick: `by the published curve ${interval(over('published', 'fifo'))} × first in first out`,
        ratio: `${mean(learnt).toFixed(2)} ×`,
        target: `≥ ${target} × first in first out`,
        met: mean(learnt) >= target,
        note,
      });
    }
  return rows;
}

/** `worth`: as learnt, but with clocks left to run out. */
type Policy = 'fifo' | 'score' | 'published' | 'learnt' | 'worth';
/** The share of its chance that is left to a lead of the nth source after so many minutes. */
const note =
  'Where there is more work than time, keeping promises costs value: score alone never calls the least promising, and breaks their promise. That is the price of “everything reaches the top before its clock ends”.';

type Truth = (source: number, minutes: number) => number;
interface Made extends QueueLead {
  source: number;
  chance: number;
  sale: number;
  promiseEnds: Date;
}
interface Worked {
  lead: Made;
  minutes: number;
  inTime: boolean;
}

const halfLives = [15, 120, 1440, 7200];
const truths: Record<string, Truth> = {
  'sources fall by powers': (source, minutes) => decayOf(0.2, minutes, { exponent: [2, 1.2, 0.6, 0.2][source]!, floor: [0.05, 0.1, 0.2, 0.3][source]! }),
  'sources fall by half-lives': (source, minutes) => 0.5 ** (minutes / halfLives[source]!),
  'half is gone at an hour, the rest within three days': (source, minutes) => (source === 3 || minutes < 60 ? 1 : 0.5) * Math.max(0.02, 1 - minutes / 4320),
  'nothing falls': () => 1,
};
const products = [
  { product: 'Pump', percent: 35 },
  { product: 'Spare part', percent: 60 },
  { product: 'Service', percent: 15 },
];
const margins = { percent: 35, products };
const calendar = businessClock(officeHours, 'UTC');
const start = new Date('2026-03-02T00:00:00Z');
const handlingMinutes = 12;
const promiseMinutes = { hot: 60, warm: 240, cold: 1080 };
const minute = 60_000;

function compare(truth: Truth, load: number, seed: number): Record<Policy, { value: number; kept: number; leads: number }> {
  const decays = learn(truth, seed);
  const leads = arrivals(20, load, seed);
  const run = (order: (waiting: Made[], now: Date) => Made) => {
    const worked = work(leads, 20, seed, order);
    return {
      value: worked.reduce((sum, { lead, minutes }) => sum + lead.chance * truth(lead.source, minutes) * lead.sale, 0),
      kept: worked.filter(({ inTime }) => inTime).length / leads.length,
      leads: leads.length,
    };
  };
  const ours = (known: Decays | null, clocks = true) => (waiting: Made[], now: Date): Made => {
    const terms = termsOf({ decays: known, margins }, 1_000_000, (_holder, at) => (clocks ? businessMinutesBetween(calendar, now, at) : Infinity));
    const [first] = rankQueue(waiting, now, terms);
    return waiting.find(({ leadId }) => leadId === first!.leadId)!;
  };
  return { fifo: run(first), score: run(best), published: run(ours(null)), learnt: run(ours(decays)), worth: run(ours(decays, false)) };
}

const first = (waiting: Made[]): Made => waiting[0]!;
const best = (waiting: Made[]): Made => waiting.reduce((one, other) => (other.score > one.score ? other : one));

/** Two months worked first in first out, with outcomes that happened: what a company would know before it turned the queue on. */
function learn(truth: Truth, seed: number): Decays {
  const random = seeded(seed * 7919);
  const bands = new Map<string, { waited: Waited; logs: number }>();
  for (const { lead, minutes } of work(arrivals(40, 0.9, seed + 500), 40, seed, first)) {
    const asked = Math.max(5, minutes);
    const key = `${lead.sourceId} ${lead.grade} ${Math.min(13, Math.floor(Math.log2(asked / 5)))}`;
    const band = bands.get(key) ?? { waited: { sourceId: lead.sourceId, grade: lead.grade, minutes: 0, leads: 0, good: 0 }, logs: 0 };
    band.logs += Math.log(asked);
    band.waited.leads++;
    band.waited.good += Number(random() < lead.chance * truth(lead.source, minutes));
    band.waited.minutes = Math.exp(band.logs / band.waited.leads);
    bands.set(key, band);
  }
  const waits = [...bands.values()].map(({ waited }) => waited);
  return fitDecays(waits, new Map([...Map.groupBy(waits, ({ sourceId }) => sourceId)].map(([id, own]) => [id, likelihoodOf(own)])));
}

/** One rep's leads of so many working days: three quarters in office hours, the rest at any time; grades and scores tell something, not all. */
function arrivals(days: number, load: number, seed: number): Made[] {
  const random = seeded(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const at: Date[] = [];
  for (let day = 0, worked = 0; worked < days; day++) {
    const midnight = start.getTime() + day * 1440 * minute;
    const isWorkday = isOpen(calendar, new Date(midnight + 600 * minute));
    worked += Number(isWorkday);
    const expected = (540 / handlingMinutes) * load;
    const count = Math.max(0, Math.round(expected * (isWorkday ? 0.95 : 0.125) + Math.sqrt(expected / 2) * normal()));
    for (let i = 0; i < count; i++) at.push(new Date(midnight + (isWorkday && random() < 0.75 ? 480 + random() * 540 : random() * 1440) * minute));
  }
  return at
    .sort((a, b) => a.getTime() - b.getTime())
    .map((assignedAt, i): Made => {
      const score = Math.min(100, Math.max(0, Math.round(45 + 22 * normal())));
      const grade = score >= 60 ? 'hot' : score >= 30 ? 'warm' : 'cold';
      const source = Math.floor(random() * 4);
      const { product, percent } = products[Math.floor(random() * 3)]!;
      const promiseEnds = addBusinessMinutes(calendar, assignedAt, promiseMinutes[grade]);
      return {
        leadId: String(i).padStart(5, '0'),
        grade,
        score,
        source,
        sourceId: `source ${source}`,
        chance: Math.min(0.9, 0.02 * Math.exp(score / 28 + 0.6 * normal())),
        sale: (10_000 * Math.exp(0.8 * normal()) * percent) / 100,
        product,
        promiseEnds,
        valueMinor: null,
        valueWhy: null,
        assignedAt,
        askedAt: assignedAt,
        acceptedAt: null,
        firstFollowupAt: null,
        respondBy: promiseEnds,
        followBy: null,
        judgeBy: null,
        pausedUntil: null,
        pauseReason: null,
        nextActionWhat: null,
        nextActionAt: null,
        verdict: null,
        verdictExpiresAt: null,
        lastActivityAt: null,
        returnedWhy: null,
        holderId: 'rep',
      };
    });
}

/** The rep takes one after the other, in office hours, each for as long as it takes; what is left when the days are over brought nothing. */
function work(leads: readonly Made[], days: number, seed: number, order: (waiting: Made[], now: Date) => Made): Worked[] {
  const random = seeded(seed + 31);
  const end = addBusinessMinutes(calendar, start, days * 540);
  const worked: Worked[] = [];
  let waiting: Made[] = [];
  let next = 0;
  for (let now = addBusinessMinutes(calendar, start, 1); now < end; ) {
    while (next < leads.length && leads[next]!.assignedAt <= now) waiting.push(leads[next++]!);
    if (waiting.length === 0) {
      if (next >= leads.length) break;
      const arrived = leads[next]!.assignedAt;
      now = isOpen(calendar, arrived) ? arrived : addBusinessMinutes(calendar, arrived, 0.1);
      continue;
    }
    const lead = order(waiting, now);
    waiting = waiting.filter((one) => one !== lead);
    worked.push({ lead, minutes: (now.getTime() - lead.assignedAt.getTime()) / minute, inTime: now <= lead.promiseEnds });
    now = addBusinessMinutes(calendar, now, handlingMinutes * (0.4 + 1.2 * random()));
  }
  return worked;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
/** The mean, and 95% of what it might be. */
function interval(values: readonly number[]): string {
  const middle = mean(values);
  const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / Math.max(1, values.length - 1) / values.length);
  return `${middle.toFixed(2)} ± ${(1.96 * spread).toFixed(2)}`;
}
