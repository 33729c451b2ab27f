import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { dateIn } from '../platform/values/period.rules.ts';
import { makeRoi, type Roi } from '../revenue/index.ts';
import { openCut } from './cuts.queries.ts';
import { countLoop, countNow } from './loop.queries.ts';
import { loopOf } from './loop.rules.ts';
import type { Loop, ReportFilters } from './report.contract.ts';
import { countSources, countStatus, waitQuantiles, type SourceCount } from './reports.queries.ts';
import { settleRollups } from './settle-rollups.ts';
import { drillOf } from './shape.rules.ts';
import { findWorkspace, loadNames } from './workspace.queries.ts';

/** Marketing's front page: where everything is now, what needs somebody, what the programs brought. */
export async function makeLoop(cx: Context, scope: Scope, filters: ReportFilters): Promise<Loop> {
  await settleRollups(cx, scope);
  const now = cx.clock.now();
  return cx.db.read(scope, async (tx) => {
    const { timeZone } = await findWorkspace(tx);
    const names = await loadNames(tx);
    const cut = await openCut(tx, cx, timeZone, filters);
    const base = drillOf(filters, 'occurred');
    const picture = loopOf(await countLoop(tx, cut), base);
    const needs = await countNow(tx, scope.workspaceId, { now, today: dateIn(now, timeZone) });
    const waits = (await waitQuantiles(tx, cut, [0.5, 0.9], false)).get('all');
    const [status] = await countStatus(tx, cut, 'all');
    const roi = await makeRoi(tx, { by: 'program', model: 'first', basis: 'won', from: filters.from, to: filters.to, where: filters.where }, cx);
    cut.currency = roi.currency;
    const programs = programRows(roi, await countSources(tx, cut, { source: false, program: true, channel: false }), filters);

    const minutes = (seconds: number | null | undefined): number | null =>
      seconds === null || seconds === undefined ? null : Math.round(seconds / 6) / 10;
    const given = status && status.leads > 0 ? Math.round(((status.leads - status.open - status.dontKnow) / status.leads) * 100) : null;
    const cost = roi.total.costMinor;
    const worst = needs.worstHolderId ? names.holders.get(needs.worstHolderId)?.name : undefined;
    const waitedMinutes = needs.longestSince ? Math.max(0, Math.round((now.getTime() - needs.longestSince.getTime()) / 60_000)) : 0;
    return {
      from: filters.from ?? null,
      to: filters.to ?? null,
      currency: roi.currency,
      received: picture.received,
      nodes: picture.nodes.map((node) => ({ ...node, list: 'inquiries' as const })),
      links: picture.links.map((link) => ({ ...link, list: 'inquiries' as const })),
      tiles: {
        unaccounted: {
          value: needs.undecided + needs.unheld,
          detail: `of ${picture.received} received`,
          drill: needs.unheld > 0 ? { holderId: 'none', open: 'true' } : null,
        },
        waiting: {
          value: needs.waiting,
          detail: needs.waiting > 0 ? `longest ${inWords(waitedMinutes)}` : 'nobody waits',
          drill: { unplaced: 'true' },
        },
        pastPromise: {
          value: needs.pastPromise,
          detail:
            needs.pastPromise > 0 && worst
              ? `${needs.worstCount} with ${worst}`
              : needs.passedOn > 0
                ? `${needs.passedOn} passed on this week`
                : 'nobody keeps anybody waiting',
          drill: { overdue: 'true', sort: 'awaited' },
        },
        firstContactMedian: {
          value: minutes(waits?.[0]),
          detail: waits?.[1] === null || waits?.[1] === undefined ? 'no follow-up yet' : `p90 ${inWords(Math.round(waits[1] / 60))}`,
          drill: { ...drillOf(filters, 'qualified'), followedUp: 'true' },
        },
        firstContactP90: {
          value: minutes(waits?.[1]),
          detail: 'nine of ten are faster',
          drill: { ...drillOf(filters, 'qualified'), followedUp: 'true' },
        },
        verdictGiven: {
          value: given,
          detail: status && status.leads > 0 ? `don’t know ${Math.round((status.dontKnow / status.leads) * 100)}%` : 'no leads yet',
          drill: { ...drillOf(filters, 'qualified'), status: 'open' },
        },
        returned: {
          value: cost && cost > 0 ? Math.round((roi.total.valueMinor / cost) * 10) / 10 : null,
          detail: cost === null ? 'no cost entered' : 'won on cost',
          drill: null,
          valueMinor: roi.total.valueMinor,
          costMinor: cost,
        },
      },
      programs,
    };
  });
}

/** The programs that did or cost something, the most earning first. */
export function programRows(roi: Roi, counts: readonly SourceCount[], filters: ReportFilters): Loop['programs'] {
  const byProgram = new Map(counts.map((one) => [one.programId, one]));
  return roi.rows.flatMap((row): Loop['programs'] => {
    if (row.key === null) return [];
    if (filters.programId !== undefined && filters.programId !== row.key) return [];
    if (filters.channel !== undefined && filters.channel !== (row.channel ?? '')) return [];
    const count = byProgram.get(row.key);
    const quiet = !count && !row.costMinor && row.wonMinor === 0 && row.invoicedMinor === 0;
    if (quiet) return [];
    return [
      {
        id: row.key,
        name: row.label,
        channel: row.channel,
        costMinor: row.costMinor,
        inquiries: count?.inquiries ?? 0,
        leads: count?.leads ?? 0,
        hot: count?.hot ?? 0,
        sales: Math.max(row.sales, count?.sales ?? 0),
        valueMinor: row.wonMinor,
        returnFactor: row.costMinor ? Math.round((row.wonMinor / row.costMinor) * 10) / 10 : null,
        drill: { ...drillOf(filters, 'occurred'), programId: row.key },
      },
    ];
  });
}

function inWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.round(minutes / 1440)} days`;
}
