import { enqueueJob } from '../../platform/jobs/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { loadLeadFacts } from '../../qualify/index.ts';
import { companyClock, loadHolders, loadTerritories } from '../books.store.ts';
import { atWork } from '../place-leads.ts';
import { withWhere } from '../places/where-is.ts';
import { layTable } from '../seats.rules.ts';
import { routedBy, uses } from './books-of-rules.ts';
import { compileRules, type RoutingRule } from './routing-rule.rules.ts';
import { Past, Tally, type Simulated } from './simulate.rules.ts';
import {
  clearSimulated,
  countPast,
  getSimulation,
  insertSimulation,
  listFormer,
  listPast,
  saveResult,
  saveSimulated,
} from './simulation.store.ts';

export const simulateJob = 'distribute.simulate';
const pageSize = 5000;

/** Puts a dry run of these rules over the last months on the list of jobs. */
export async function startSimulation(tx: Tx, cx: Context, rules: RoutingRule[], months: number): Promise<string> {
  const id = cx.ids.next();
  const untilAt = cx.clock.now();
  const fromAt = new Date(untilAt);
  fromAt.setUTCMonth(fromAt.getUTCMonth() - months);
  const jobId = await enqueueJob(tx, cx, simulateJob, { simulationId: id });
  await insertSimulation(tx, { id, jobId, rules, fromAt, untilAt, madeAt: untilAt });
  return id;
}

/** Deals the past again, a page of leads at a time; begun again it begins anew, stopped it leaves no result. */
export const simulate: Job = async (cx, scope, job) => {
  const { simulationId } = job.payload as { simulationId: string };
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => cx.db.read(scope, work);
  const one =
    (await read((tx) => getSimulation(tx, simulationId))) ??
    refuse('not-found', 'distribute/no-such-simulation', 'There is no such dry run.');
  const { fromAt, untilAt } = one;
  const rules = compileRules(0, one.rules);
  const nearest = uses(rules.rules, 'nearest');
  const { books, total } = await read(async (tx) => {
    const holders = await withWhere(tx, [], await loadHolders(tx, fromAt, untilAt), nearest);
    const books = {
      holders: holders.map((holder) => ({ ...atWork(holder), startsMs: [], startsByGrade: null, openLeads: 0 })),
      territories: (await loadTerritories(tx)).map((territory) => ({ ...territory, holders: territory.holders ?? [] })),
      balances: [],
      relationships: new Map((await listFormer(tx, fromAt)).map(({ organizationId, holderId }) => [organizationId, holderId])),
      deskId: '',
      clock: await companyClock(tx),
      routing: one.rules.length === 0 ? undefined : { ...(await routedBy(tx, rules)), loads: new Map<string, number>() },
    };
    return { books, total: await countPast(tx, fromAt, untilAt) };
  });
  const past = new Past(layTable(books));
  const tally = new Tally(books.holders.filter((holder) => holder.active).map(({ id }) => id));
  const truth = new Map<string, string | null>();
  await cx.db.write(scope, (tx) => clearSimulated(tx, simulationId));
  const keep = async (settled: readonly Simulated[]): Promise<void> => {
    const rows = settled.map((each) => ({ ...each, was: truth.get(each.leadId) ?? null }));
    for (const row of rows) {
      tally.add(row, row.was);
      truth.delete(row.leadId);
    }
    if (rows.length > 0) await cx.db.write(scope, (tx) => saveSimulated(tx, simulationId, rows));
  };
  const readPage = (after?: { at: string; id: string }) => {
    const page = read(async (tx) => {
      const leads = await withWhere(tx, books.territories, await listPast(tx, fromAt, untilAt, after, pageSize), nearest);
      return { leads, facts: rules.fields.length === 0 ? undefined : await loadLeadFacts(tx, leads, rules.fields) };
    });
    // It may fail while nobody waits for it yet; who waits is told.
    page.catch(() => {});
    return page;
  };
  // The next page is read while this one is dealt and kept.
  let next = readPage();
  for (let done = 0; ;) {
    if (await job.cancelled()) return;
    const { leads, facts } = await next;
    const last = leads.at(-1);
    if (!last) break;
    next = readPage({ at: last.exactAt, id: last.leadId });
    for (const { leadId, was } of leads) truth.set(leadId, was);
    await keep(
      past.take(
        leads.map((lead) => ({
          ...lead,
          ...facts?.get(lead.leadId),
          atMs: lead.at.getTime(),
          closedMs: lead.closedAt?.getTime() ?? null,
          owners: [lead.ownerName, lead.ownerExternalId].filter((owner) => owner !== null),
          excluded: new Map(),
        })),
      ),
    );
    done += leads.length;
    await job.progress(done, total);
  }
  await keep(past.end(untilAt.getTime()));
  await cx.db.write(scope, (tx) => saveResult(tx, simulationId, tally.result()));
};
