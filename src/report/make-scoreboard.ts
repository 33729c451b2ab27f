import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { decayOf } from '../followup/index.ts';
import { previousPeriod } from '../platform/values/period.rules.ts';
import { makeRoi, returnPercent, salesOf } from '../revenue/index.ts';
import { openCut } from './cuts.queries.ts';
import { decay } from './decay.rules.ts';
import { countMonths, countPastPromise, countPromises, listGoals } from './loop.queries.ts';
import { programRows } from './make-loop.ts';
import type { ReportFilters, Scoreboard } from './report.contract.ts';
import { countAssigned, countSources, countStatus, countWorks, waitQuantiles } from './reports.queries.ts';
import { settleRollups } from './settle-rollups.ts';
import { drillOf } from './shape.rules.ts';
import { findWorkspace, loadNames } from './workspace.queries.ts';

/** Management's page: what we spend, what we earn, and whether both sides keep their word. */
export async function makeScoreboard(cx: Context, scope: Scope, filters: ReportFilters): Promise<Scoreboard> {
  await settleRollups(cx, scope);
  const now = cx.clock.now();
  return cx.db.read(scope, async (tx) => {
    const { timeZone } = await findWorkspace(tx);
    const names = await loadNames(tx);
    const cut = await openCut(tx, cx, timeZone, filters);
    const ask = { by: 'program' as const, model: 'first' as const, basis: 'won' as const, where: filters.where };
    const roi = await makeRoi(tx, { ...ask, from: filters.from, to: filters.to }, cx);
    const before = filters.from && filters.to ? previousPeriod({ fromOn: filters.from, toOn: filters.to }) : undefined;
    const previous = before ? await makeRoi(tx, { ...ask, from: before.fromOn, to: before.toOn }, cx) : undefined;
    cut.currency = roi.currency;
    const sources = await countSources(tx, cut, { source: false, program: true, channel: false });
    const goals = new Map((await listGoals(tx)).map((goal) => [goal.id, goal]));
    const promise = await countPromises(tx, cut, now);
    const waits = await waitQuantiles(tx, cut, [0.5, 0.9]);
    const works = await countWorks(tx, cut);
    const [all] = await countStatus(tx, cut, 'all');
    const byHolder = new Map((await countStatus(tx, cut, 'holder')).map((one) => [one.key, one]));
    const assigned = await countAssigned(tx, cut);
    const late = new Map((await countPastPromise(tx, scope.workspaceId, now)).map((one) => [one.holderId, one.count]));
    const months = await countMonths(tx, cut, roi.currency, await salesOf(tx, cx, filters.where));

    const percent = (part: number, whole: number): number | null => (whole > 0 ? Math.round((part / whole) * 1000) / 10 : null);
    const minutes = (seconds: number | null | undefined): number | null =>
      seconds === null || seconds === undefined ? null : Math.round(seconds / 6) / 10;
    const programs = programRows(roi, sources, filters);
    const curve = decay(
      works.filter((one) => one.dimension === 'wait').map((one) => ({ key: one.value, leads: one.leads, sales: one.sales })),
      decayOf,
    );
    const qualified = drillOf(filters, 'qualified');
    const lastDay = (month: string): string =>
      new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);
    return {
      from: filters.from ?? null,
      to: filters.to ?? null,
      currency: roi.currency,
      spentMinor: roi.total.costMinor,
      earnedMinor: roi.ledger.wonMinor,
      invoicedMinor: roi.ledger.invoicedMinor,
      returnPercent: returnPercent(roi.ledger.wonMinor, roi.total.costMinor),
      previous: previous
        ? {
            spentMinor: previous.total.costMinor,
            earnedMinor: previous.ledger.wonMinor,
            returnPercent: returnPercent(previous.ledger.wonMinor, previous.total.costMinor),
          }
        : null,
      programs: programs.map(({ hot: _hot, returnFactor: _factor, ...row }) => {
        const goal = goals.get(row.id);
        return {
          ...row,
          budgetMinor: goal?.budgetMinor ?? null,
          expectedMinor: goal?.expectedMinor ?? null,
          goalInquiries: goal?.goalInquiries ?? null,
          goalLeads: goal?.goalLeads ?? null,
          goalSales: goal?.goalSales ?? null,
          returnPercent: returnPercent(row.valueMinor, row.costMinor),
        };
      }),
      promise: {
        asked: promise.asked,
        kept: promise.kept,
        keptPercent: percent(promise.kept, promise.asked),
        verdictPercent: all ? percent(all.leads - all.open - all.dontKnow, all.leads) : null,
        medianMinutes: minutes(waits.get('all')?.[0]),
        p90Minutes: minutes(waits.get('all')?.[1]),
      },
      waiting: {
        points: curve.points.map(({ fromSeconds: _from, untilSeconds: _until, ...point }) => ({
          ...point,
          drill: { ...qualified, wait: point.key },
        })),
        halvesEvery: curve.halvesEvery,
        oddsFall: curve.oddsFall,
      },
      months: months.map((one) => ({
        ...one,
        drill: { ...without(qualified), dateBy: 'sold', from: one.month, to: lastDay(one.month), status: 'sale' },
      })),
      holders: assigned
        .flatMap((one): Scoreboard['holders'] => {
          const holder = names.holders.get(one.holderId);
          if (!holder || (holder.kind !== 'rep' && holder.kind !== 'partner')) return [];
          const status = byHolder.get(one.holderId);
          return [
            {
              id: one.holderId,
              name: holder.name,
              kind: holder.kind,
              assigned: one.assigned,
              acceptedPercent: percent(one.accepted, one.assigned),
              followedUpPercent: percent(one.followedUp, one.assigned),
              medianMinutes: minutes(waits.get(one.holderId)?.[0]),
              open: one.open,
              pastPromise: late.get(one.holderId) ?? 0,
              silent: status?.silent ?? 0,
              sales: status?.sale ?? 0,
              valueMinor: status?.valueMinor ?? 0,
              drill: { ...qualified, holderId: one.holderId },
            },
          ];
        })
        .sort((a, b) => b.valueMinor - a.valueMinor || b.assigned - a.assigned || (a.name < b.name ? -1 : 1)),
    };
  });
}

function without(drill: Record<string, string>): Record<string, string> {
  const { from: _from, to: _to, dateBy: _by, ...rest } = drill;
  return rest;
}
