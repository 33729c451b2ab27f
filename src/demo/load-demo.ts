import type { Context } from '../platform/context.ts';
import { getWorkspace, systemScope } from '../platform/access/index.ts';
import type { Scope } from '../platform/access/index.ts';
import { SetClock } from '../platform/clock.ts';
import { uuidv7 } from '../platform/ids.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { fitDecay } from '../followup/index.ts';
import { setPrompt } from '../journal/index.ts';
import { rebuildRows } from '../report/index.ts';
import { refuse } from '../platform/refusal.ts';
import { agendaOf, paces } from './agenda.rules.ts';
import { listDesk } from './bring-in-lists.ts';
import { isBeingTold, isEmpty, setPaused, sweep } from './demo.store.ts';
import { foundCompany, openProgram, payCost, planPrograms } from './found-company.ts';
import { furnish } from './furnish.ts';
import { holdTelling } from './hold-telling.ts';
import { bringInClaims } from './bring-in-claims.ts';
import { keepBooks } from './keep-books.ts';
import { pastRooms, pastScans, pastSubscribers } from './past-rooms.ts';
import { runSales } from './run-sales.ts';
import { livingCompany, type Errand, type Simulation } from './simulate.ts';
import { generateInquiries } from './world.rules.ts';

export interface DemoOptions {
  inquiries?: number;
  seed?: number;
  /** Today of the demo company; default: now. */
  now?: Date;
  /** Fewer, longer steps: coarser reminders and redirects, the same everything else. */
  inHurry?: boolean;
  onProgress?(done: number, total: number, note: string): Promise<void> | void;
  cancelled?(): Promise<boolean>;
}

export interface DemoReport {
  inquiries: number;
  leads: number;
  assigned: number;
  invoices: number;
  seconds: number;
  userIds: Map<string, string>;
}

const day = 86_400_000;
const pastDays = 547;
/** Mails are kept of the last days only: an outbox of a year and a half helps nobody. */
const mailDays = 7;
/** How many steps pass before search indexes and credits are brought up to date. */
const patience = 30;

/**
 * Tells a workspace eighteen months of a pump maker's past through the very actions that live by day: the generated inquiries come in,
 * the house identifies, qualifies and assigns them, and sixteen holders of differing diligence work them, all at simulated time.
 */
export async function loadDemo(cx: Context, workspaceId: string, options: DemoOptions = {}): Promise<DemoReport> {
  const began = performance.now();
  const scope = systemScope(workspaceId);
  const total = options.inquiries ?? 20_000;
  const seed = options.seed ?? 7;
  const now = options.now ?? cx.clock.now();
  const from = new Date(now.getTime() - pastDays * day);
  const held = await holdTelling(cx, workspaceId);
  try {
    await cx.db.write(scope, (tx) => begin(tx, cx));
    const clock = new SetClock(new Date(from.getTime() - day));
    const stirred = new Set<string>();
    const simulated: Context = {
      ...cx,
      db: unhurried(cx),
      clock,
      ids: uuidv7(clock),
      live: { ...cx.live, publish: (_tx, topic) => void stirred.add(topic) },
      replay: { mailFrom: new Date(now.getTime() - mailDays * day) },
    };
    setPrompt(simulated, pastSubscribers);
    const report = await live(simulated, scope, clock, stirred, { ...options, total, seed, from, now });
    await cx.db.write(scope, async (tx) => {
      await setPaused(tx, false);
      for (const topic of ['lead', 'inquiry', 'mail']) cx.live.publish(tx, topic);
    });
    await fitDecay(cx, scope);
    return { ...report, seconds: (performance.now() - began) / 1000 };
  } finally {
    await held.release();
  }
}

/** A telling that a crash cuts short is swept and told anew, so its commits need not wait for the disk. */
function unhurried(cx: Context): Context['db'] {
  return {
    ...cx.db,
    write: (scope, work) =>
      cx.db.write(scope, (tx) => {
        tx.later(tx.run(sql`set local synchronous_commit = off`));
        return work(tx);
      }),
  };
}

/** Opens the book. Half a past that somebody's death left is swept first: nobody remembers what was to come of it. */
async function begin(tx: Tx, cx: Context): Promise<void> {
  if (!(await getWorkspace(tx)).isDemo)
    refuse('conflict', 'demo/real-workspace', 'The demo company is only told into a demo workspace, whose mails are kept and never sent.');
  if (await isBeingTold(tx)) {
    await sweep(tx);
    for (const room of pastRooms) await room.newWorkspace?.(tx, cx);
  } else if (!(await isEmpty(tx)))
    refuse(
      'conflict',
      'demo/not-empty',
      'This workspace holds inquiries already. The demo company needs an empty one: run "./baton demo", which opens its own.',
    );
  await setPaused(tx, true);
}

interface Told extends DemoOptions {
  total: number;
  seed: number;
  from: Date;
  now: Date;
}

async function live(cx: Context, scope: Scope, clock: SetClock, stirred: Set<string>, told: Told): Promise<Omit<DemoReport, 'seconds'>> {
  const { total, seed, from, now } = told;
  const company = await cx.db.write(scope, (tx) => foundCompany(tx, cx, total));
  const agenda = agendaOf<Errand>();
  const programIds = new Map<string, string>();
  for (const plan of planPrograms(total, from, now)) {
    agenda.add(plan.createAt, { run: async (tx) => void programIds.set(plan.program.key, await openProgram(tx, cx, plan.program, now)) });
    for (const cost of plan.costs)
      if (cost.at <= now)
        agenda.add(cost.at > plan.createAt ? cost.at : plan.createAt, {
          run: (tx) => payCost(tx, cx, programIds.get(plan.program.key)!, company.currency, cost),
        });
  }
  const by = (name: string): Scope => ({ ...scope, userId: company.userIds.get(`${name}@hartwellpumps.example`)! });
  const books = keepBooks(cx, by('noelle.garnier'), { agenda, seed, inquiries: total, from, now });
  const lists = listDesk(cx, by('colin.ashby'), { company, programIds, inquiries: total, seed, now });
  const furniture = furnish(cx, scope, { agenda, company, programIds, inquiries: total, from, now });
  const sales = runSales(cx, scope, { agenda, company, from, now, seed });
  const sim: Simulation = {
    cx,
    scope,
    company,
    programIds,
    agenda,
    seed,
    stirred,
    subscribers: pastSubscribers,
    scans: pastScans,
    money: books,
  };
  const living = livingCompany(sim);
  const world = generateInquiries({ seed, count: total, from, to: now });
  let next = world.next();
  let done = 0;
  let steps = 0;
  clock.set(from);
  await furniture.begin();
  await lists.bringInCustomers();
  await living.work(from);
  for (const until of paces(from, now, told.inHurry)) {
    const came = [];
    while (!next.done && next.value.occurredAt <= until) {
      came.push(next.value);
      next = world.next();
    }
    clock.set(until);
    await living.work(until);
    await books.takeInvoices(until);
    const batch = lists.keepBack(came);
    // A trade show of a million inquiries is a big day; the house takes it in pieces.
    for (let at = 0; at < batch.length; at += 2000) {
      await living.receive(batch.slice(at, at + 2000));
      if (at + 2000 < batch.length) await living.settle(false);
    }
    done += batch.length + (await lists.bringIn(until, living.know));
    await living.settle(false);
    // What was offered within this step was answered within it, before its clock is looked at.
    await living.work(until);
    await living.settle(false);
    await sales.work(until);
    if (steps % 5 === 4) await living.tidyUp(until);
    const everybody = ++steps % patience === 0 || until >= now;
    await living.keepClocks(everybody);
    await living.settle(everybody);
    await told.onProgress?.(done, total, until.toISOString().slice(0, 10));
    if (await told.cancelled?.()) break;
  }
  await bringInClaims(cx, by('colin.ashby'), { seed, inquiries: total, now });
  await living.keepClocks(true);
  await living.settleAll();
  await living.keepClocks(true);
  await rebuildRows(cx, scope, () => {});
  await furniture.finish();
  await sales.finish();
  return { inquiries: done, ...living.counts(), invoices: books.written(), userIds: company.userIds };
}
