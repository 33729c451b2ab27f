import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { listCustomFields } from '../platform/fields/index.ts';
import { refuse } from '../platform/refusal.ts';
import { customText } from '../platform/values/custom-field.rules.ts';
import { addDays } from '../platform/values/period.rules.ts';
import { majorOf } from '../platform/values/money.rules.ts';
import { ledgerCurrency } from '../revenue/index.ts';
import { leadsByArrival, leadsOf, openCut, type Cut } from './cuts.queries.ts';
import { sumForeign } from './foreign-values.queries.ts';
import { ownFieldOf } from './own-fields.queries.ts';
import type { Report, ReportFilters, ReportName } from './report.contract.ts';
import { countAssigned, countRedirects, countSources, countStatus, countWorks, timeSales, waitQuantiles } from './reports.queries.ts';
import { settleRollups } from './settle-rollups.ts';
import {
  drillOf,
  shapeAssigned,
  shapeSource,
  shapeTracking,
  shapeUpdate,
  shapeWorks,
  type Shaped,
  type StatusFigure,
} from './shape.rules.ts';
import { findWorkspace, loadNames, type NameMaps } from './workspace.queries.ts';

type GroupBy = 'source' | 'program' | 'channel' | 'source-program';
/** What the rows of a report are, where it leaves a choice. */
export interface ReportRows {
  groupBy?: GroupBy | undefined;
  own?: string | undefined;
}
type Extras = Partial<Pick<Report, 'timing' | 'redirects'>>;

/** One of the five reports for any cut. Sums are brought up to date first, so the figures agree with the leads behind them. */
export async function makeReport(
  cx: Context,
  scope: Scope,
  name: ReportName,
  filters: ReportFilters,
  by: ReportRows = {},
): Promise<Report> {
  await settleRollups(cx, scope);
  return cx.db.read(scope, async (tx) => {
    const { timeZone } = await findWorkspace(tx);
    const names = await loadNames(tx);
    const currency = await ledgerCurrency(tx);
    const cut: Cut = { ...(await openCut(tx, cx, timeZone, filters)), currency };
    const made = await makers[name](tx, cut, names, by);
    const beside = made.columns.some((column) => column.kind === 'money')
      ? await sumForeign(tx, cut, name === 'source' ? leadsByArrival(cut) : leadsOf(cut))
      : [];
    return {
      name,
      from: filters.from ?? null,
      to: filters.to ?? null,
      currency,
      timing: null,
      redirects: null,
      ...made,
      notes: [...made.notes, ...beside.map((one) => besideNote(one, currency))],
      madeAt: cx.clock.now().toISOString(),
    };
  });
}

function besideNote(one: { currency: string; sales: number; valueMinor: number }, currency: string): string {
  const value = majorOf({ minor: one.valueMinor, currency: one.currency }).toLocaleString('en-US');
  return `Values are in ${currency}. ${one.sales} ${one.sales === 1 ? 'sale' : 'sales'} over ${value} ${one.currency} ${one.sales === 1 ? 'is' : 'are'} counted, and not added up with them.`;
}

const makers: Record<ReportName, (tx: Tx, cut: Cut, names: NameMaps, by: ReportRows) => Promise<Shaped & Extras>> = {
  async source(tx, cut, names, { groupBy = 'source' }) {
    const by = { source: groupBy.includes('source'), program: groupBy.includes('program'), channel: groupBy === 'channel' };
    const counts = await countSources(tx, cut, by);
    const timing = await timeSales(tx, cut);
    const figures = counts.map((one) => {
      const source = one.sourceId ? (names.sources.get(one.sourceId) ?? '(unknown)') : '(blank)';
      const program = one.programId ? (names.programs.get(one.programId)?.name ?? '(unknown)') : '(no program)';
      const label = groupBy === 'program' ? program : groupBy === 'channel' ? (one.channel ?? '(blank)') : source;
      return {
        ...one,
        key: [by.source && (one.sourceId ?? 'none'), by.program && (one.programId ?? 'none'), by.channel && (one.channel ?? '')]
          .filter((part) => part !== false)
          .join(' '),
        label: groupBy === 'source-program' ? program : label,
        group: groupBy === 'source-program' ? source : null,
        drill: {
          ...(by.source ? { sourceId: one.sourceId ?? 'none' } : {}),
          ...(by.program ? { programId: one.programId ?? 'none' } : {}),
          ...(by.channel ? { channel: one.channel ?? '' } : {}),
        },
      };
    });
    return {
      ...shapeSource(figures, drillOf(cut.filters, 'occurred'), by.source ? 'sources' : groupBy === 'program' ? 'programs' : 'channels'),
      timing,
    };
  },

  async 'where-assigned'(tx, cut, names) {
    const counts = await countAssigned(tx, cut);
    const medians = await waitQuantiles(tx, cut, [0.5]);
    const passed = await countRedirects(tx, cut);
    const nameOf = (id: string): string => names.holders.get(id)?.name ?? '(unknown)';
    const redirects = passed.map((one) => ({
      fromId: one.fromId,
      from: nameOf(one.fromId),
      toId: one.toId,
      to: nameOf(one.toId),
      count: one.count,
      why: one.why,
    }));
    const figures = counts.map((one) => ({
      ...one,
      label: nameOf(one.holderId),
      kind: names.holders.get(one.holderId)?.kind ?? 'rep',
      medianSeconds: medians.get(one.holderId)?.[0] ?? null,
      redirectedTo: redirects
        .filter((redirect) => redirect.fromId === one.holderId)
        .slice(0, 3)
        .map((redirect) => `${redirect.to} (${redirect.count})`)
        .join(', '),
    }));
    return { ...shapeAssigned(figures, drillOf(cut.filters, 'assigned'), medians.get('all')?.[0] ?? null), redirects };
  },

  async 'status-update'(tx, cut, names, { own }) {
    if (own !== undefined) return updateByOwn(tx, cut, own);
    const counts = await countStatus(tx, cut, 'holder');
    const figures: StatusFigure[] = counts.map((one) => {
      const holder = one.key ? names.holders.get(one.key) : undefined;
      return {
        ...one,
        key: one.key ?? 'none',
        label: holder?.name ?? '(no holder)',
        group: holder?.kind ?? null,
        drill: { holderId: one.key ?? 'none' },
      };
    });
    return shapeUpdate(figures, drillOf(cut.filters, 'qualified'));
  },

  async 'status-tracking'(tx, cut) {
    const counts = await countStatus(tx, cut, 'week');
    const { from, to } = cut.filters;
    const figures: StatusFigure[] = counts.map((one) => {
      const monday = one.key ?? '';
      const sunday = addDays(monday, 6);
      const drill = { from: from && from > monday ? from : monday, to: to && to < sunday ? to : sunday, dateBy: 'qualified' };
      return { ...one, key: monday, label: `Week of ${monday}`, group: null, drill };
    });
    return shapeTracking(figures, drillOf(cut.filters, 'qualified'));
  },

  async 'what-works'(tx, cut, names) {
    return shapeWorks(await countWorks(tx, cut), drillOf(cut.filters, 'qualified'), names.sources);
  },
};

/** The status update with a row for each value of an own field. */
async function updateByOwn(tx: Tx, cut: Cut, own: string): Promise<Shaped> {
  const wanted = ownFieldOf(own);
  const field = (await listCustomFields(tx, { subject: wanted.subject })).find(({ key }) => key === wanted.key);
  if (!field) refuse('not-found', 'report/no-own-field', `There is no own field “${wanted.key}”.`);
  const counts = await countStatus(tx, cut, wanted);
  const said = (key: string): string => (field.type === 'boolean' ? (key === 'true' ? 'yes' : 'no') : field.type === 'money' ? customText(field, Number(key), cut.currency ?? '') : key);
  const figures = counts.map((one): StatusFigure => ({
    ...one,
    key: one.key ?? 'none',
    label: one.key === null ? '(not known)' : said(one.key),
    group: null,
    drill: { own: `${own}:${one.key ?? ''}` },
  }));
  return { ...shapeUpdate(figures, drillOf(cut.filters, 'qualified')), title: `Status update by ${field.label}` };
}
