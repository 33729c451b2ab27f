import type { Report, ReportFilters } from './report.contract.ts';
import { waitBands } from './decay.rules.ts';
import { differs, wilson } from './wilson.rules.ts';

// From figures to the table a person reads. A row carries the filter that finds its leads, a column the filter that narrows them to its figure: together
// they open the list behind any cell.

type Column = Report['columns'][number];
type Row = Report['rows'][number];
export type Shaped = Pick<Report, 'title' | 'periodMeans' | 'columns' | 'rows' | 'total' | 'notes'>;

type Values = Row['values'];
type Drill = Record<string, string>;

const column = (key: string, label: string, kind: Column['kind'], list: Column['list'] = null, drill: Drill = {}): Column => ({
  key,
  label,
  kind,
  list,
  drill,
});
const percent = (part: number, whole: number): number | null => (whole > 0 ? Math.round((part / whole) * 1000) / 10 : null);
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The filters of the cut as a drill, with what its period means. */
export function drillOf(filters: ReportFilters, dateBy: 'occurred' | 'qualified' | 'assigned'): Drill {
  const drill: Drill = {};
  for (const key of ['sourceId', 'programId', 'channel', 'holderId', 'territoryId', 'from', 'to', 'where'] as const)
    if (filters[key] !== undefined) drill[key] = filters[key];
  if (drill['from'] || drill['to']) drill['dateBy'] = dateBy;
  return drill;
}

export interface SourceFigure {
  key: string;
  label: string;
  group: string | null;
  drill: Drill;
  inquiries: number;
  leads: number;
  hot: number;
  sales: number;
  valueMinor: number;
}

export function shapeSource(figures: readonly SourceFigure[], base: Drill, by: string): Shaped {
  const valuesOf = (one: Pick<SourceFigure, 'inquiries' | 'leads' | 'hot' | 'sales' | 'valueMinor'>): Values => {
    const interval = wilson(one.sales, one.inquiries);
    return {
      inquiries: one.inquiries,
      leads: one.leads,
      leadPercent: percent(one.leads, one.inquiries),
      hot: one.hot,
      sales: one.sales,
      value: one.valueMinor,
      conversion: percent(one.sales, one.inquiries),
      conversionLow: interval && tenth(interval.low * 100),
      conversionHigh: interval && tenth(interval.high * 100),
    };
  };
  const sum = { inquiries: 0, leads: 0, hot: 0, sales: 0, valueMinor: 0 };
  for (const one of figures) for (const key of ['inquiries', 'leads', 'hot', 'sales', 'valueMinor'] as const) sum[key] += one[key];
  const rows = figures
    .map((one) => ({ key: one.key, label: one.label, group: one.group, drill: { ...base, ...one.drill }, values: valuesOf(one) }))
    .sort((a, b) => Number(b.values['inquiries']) - Number(a.values['inquiries']) || (a.label < b.label ? -1 : 1));
  return {
    title: 'Source',
    periodMeans: 'Inquiries that came in these days, and what became of them since.',
    columns: [
      column('inquiries', 'Inquiries', 'count', 'inquiries'),
      column('leads', 'Leads', 'count', 'leads'),
      column('leadPercent', 'Leads of inquiries', 'percent'),
      column('hot', 'Hot', 'count', 'leads', { grade: 'hot' }),
      column('sales', 'Sales', 'count', 'leads', { status: 'sale' }),
      column('value', 'Value', 'money', 'leads', { status: 'sale' }),
      column('conversion', 'Sales of inquiries', 'percent'),
      column('conversionLow', 'at least', 'percent'),
      column('conversionHigh', 'at most', 'percent'),
    ],
    rows,
    total: { key: 'total', label: 'Total', group: null, drill: base, values: valuesOf(sum) },
    notes: [`Hot: graded hot when it was qualified. The range of the conversion is its 95 % interval: small ${by} have wide ones.`],
  };
}

export interface AssignedFigure {
  holderId: string;
  label: string;
  kind: string;
  assigned: number;
  accepted: number;
  declined: number;
  followedUp: number;
  redirected: number;
  open: number;
  waitSeconds: number;
  medianSeconds: number | null;
  redirectedTo: string;
}

export function shapeAssigned(figures: readonly AssignedFigure[], base: Drill, medianOfAll: number | null): Shaped {
  const valuesOf = (one: Omit<AssignedFigure, 'holderId' | 'label' | 'kind'>): Values => {
    const mean = one.followedUp > 0 ? one.waitSeconds / one.followedUp : null;
    return {
      assigned: one.assigned,
      accepted: one.accepted,
      followedUp: one.followedUp,
      followedUpPercent: percent(one.followedUp, one.assigned),
      medianMinutes: one.medianSeconds === null ? null : tenth(one.medianSeconds / 60),
      meanMinutes: mean === null ? null : tenth(mean / 60),
      medianDays: one.medianSeconds === null ? null : Math.round((one.medianSeconds / 86_400) * 100) / 100,
      meanDays: mean === null ? null : Math.round((mean / 86_400) * 100) / 100,
      declined: one.declined,
      redirected: one.redirected,
      redirectedTo: one.redirectedTo,
      open: one.open,
    };
  };
  const sum = {
    assigned: 0,
    accepted: 0,
    declined: 0,
    followedUp: 0,
    redirected: 0,
    open: 0,
    waitSeconds: 0,
    medianSeconds: medianOfAll,
    redirectedTo: '',
  };
  for (const one of figures)
    for (const key of ['assigned', 'accepted', 'declined', 'followedUp', 'redirected', 'open', 'waitSeconds'] as const)
      sum[key] += one[key];
  const place = (kind: string): number => ['rep', 'partner', 'nurture', 'desk'].indexOf(kind);
  const sorted = [...figures].sort(
    (a, b) => Math.max(0, place(a.kind) - 1) - Math.max(0, place(b.kind) - 1) || b.assigned - a.assigned || (a.label < b.label ? -1 : 1),
  );
  return {
    title: 'Where assigned',
    periodMeans: 'Assignments that began in these days. A lead passed on counts once with each holder.',
    columns: [
      column('assigned', 'Assigned', 'count', 'leads'),
      column('accepted', 'Accepted', 'count', 'leads', { accepted: 'true' }),
      column('followedUp', 'Followed up', 'count', 'leads', { followedUp: 'true' }),
      column('followedUpPercent', 'Followed up %', 'percent'),
      column('medianMinutes', 'Median minutes to follow-up', 'minutes'),
      column('meanMinutes', 'Mean minutes', 'minutes'),
      column('medianDays', 'Median days', 'days'),
      column('meanDays', 'Mean days', 'days'),
      column('declined', 'Declined', 'count', 'leads', { declined: 'true' }),
      column('redirected', 'Redirected away', 'count', 'leads', { redirected: 'true' }),
      column('redirectedTo', 'Redirected to', 'text'),
      column('open', 'Held now', 'count', 'leads', { open: 'true' }),
    ],
    rows: sorted.map((one) => ({
      key: one.holderId,
      label: one.label,
      group: one.kind,
      drill: { ...without(base, 'holderId'), assignedTo: one.holderId },
      values: valuesOf(one),
    })),
    total: { key: 'total', label: 'Total', group: null, drill: base, values: valuesOf(sum) },
    notes: ['Minutes and days run from the assignment to the first follow-up of that assignment; assignments without one are not in them.'],
  };
}

export interface StatusFigure {
  key: string;
  label: string;
  group: string | null;
  drill: Drill;
  leads: number;
  followedUp: number;
  nextActionSet: number;
  calls: number;
  mails: number;
  visits: number;
  meetings: number;
  quotes: number;
  literature: number;
  notes: number;
  hot: number;
  warm: number;
  bad: number;
  sale: number;
  dontKnow: number;
  open: number;
  silent: number;
  valueMinor: number;
}

const statusKeys = [
  'leads',
  'followedUp',
  'nextActionSet',
  'calls',
  'mails',
  'visits',
  'meetings',
  'quotes',
  'literature',
  'notes',
  'hot',
  'warm',
  'bad',
  'sale',
  'dontKnow',
  'open',
  'silent',
  'valueMinor',
] as const;
type StatusSums = Record<(typeof statusKeys)[number], number>;

function sumStatus(figures: readonly StatusFigure[]): StatusSums {
  const sum = Object.fromEntries(statusKeys.map((key) => [key, 0])) as StatusSums;
  for (const one of figures) for (const key of statusKeys) sum[key] += one[key];
  return sum;
}

const verdictColumns = [
  column('hot', 'Hot', 'count', 'leads', { status: 'hot' }),
  column('warm', 'Warm', 'count', 'leads', { status: 'warm' }),
  column('bad', 'Bad', 'count', 'leads', { status: 'bad' }),
  column('sale', 'Sale', 'count', 'leads', { status: 'sale' }),
  column('dontKnow', 'Don’t know', 'count', 'leads', { status: 'dont_know' }),
  column('open', 'Still open', 'count', 'leads', { status: 'open' }),
];

export function shapeUpdate(figures: readonly StatusFigure[], base: Drill): Shaped {
  const valuesOf = (one: StatusSums): Values => ({
    leads: one.leads,
    followedUp: one.followedUp,
    followedUpPercent: percent(one.followedUp, one.leads),
    calls: one.calls,
    mails: one.mails,
    visits: one.visits,
    meetings: one.meetings,
    quotes: one.quotes,
    literature: one.literature,
    notes: one.notes,
    nextActionSet: one.nextActionSet,
    hot: one.hot,
    warm: one.warm,
    bad: one.bad,
    sale: one.sale,
    dontKnow: one.dontKnow,
    open: one.open,
    silent: one.silent,
    value: one.valueMinor,
  });
  return {
    title: 'Status update',
    periodMeans: 'Leads qualified in these days, under the holder they are with now (or were with last).',
    columns: [
      column('leads', 'Leads', 'count', 'leads'),
      column('followedUp', 'Followed up', 'count', 'leads', { followedUp: 'true' }),
      column('followedUpPercent', 'Followed up %', 'percent'),
      column('calls', 'Calls', 'count', 'leads', { activity: 'call' }),
      column('mails', 'Mails', 'count', 'leads', { activity: 'mail' }),
      column('visits', 'Visits', 'count', 'leads', { activity: 'visit' }),
      column('meetings', 'Meetings', 'count', 'leads', { activity: 'meeting' }),
      column('quotes', 'Quotes', 'count', 'leads', { activity: 'quote' }),
      column('literature', 'Literature', 'count', 'leads', { activity: 'literature' }),
      column('notes', 'Notes', 'count', 'leads', { activity: 'note' }),
      column('nextActionSet', 'Next action set', 'count'),
      ...verdictColumns,
      column('silent', 'Nothing heard', 'count', 'leads', { silent: 'true' }),
      column('value', 'Value', 'money', 'leads', { status: 'sale' }),
    ],
    rows: [...figures]
      .sort((a, b) => b.leads - a.leads || (a.label < b.label ? -1 : 1))
      .map((one) => ({ key: one.key, label: one.label, group: one.group, drill: { ...base, ...one.drill }, values: valuesOf(one) })),
    total: { key: 'total', label: 'Total', group: null, drill: base, values: valuesOf(sumStatus(figures)) },
    notes: ['Calls, mails and so on count activities; the list behind them holds the leads that had at least one.'],
  };
}

export function shapeTracking(figures: readonly StatusFigure[], base: Drill): Shaped {
  const valuesOf = (one: StatusSums): Values => ({
    leads: one.leads,
    hot: one.hot,
    warm: one.warm,
    bad: one.bad,
    sale: one.sale,
    dontKnow: one.dontKnow,
    open: one.open,
    verdictPercent: percent(one.leads - one.open - one.dontKnow, one.leads),
    value: one.valueMinor,
  });
  return {
    title: 'Status tracking',
    periodMeans: 'Leads qualified in these days, by the week of qualification, and where each is today.',
    columns: [
      column('leads', 'Leads', 'count', 'leads'),
      ...verdictColumns,
      column('verdictPercent', 'Verdict given', 'percent'),
      column('value', 'Value', 'money', 'leads', { status: 'sale' }),
    ],
    rows: [...figures]
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map((one) => ({ key: one.key, label: one.label, group: null, drill: { ...base, ...one.drill }, values: valuesOf(one) })),
    total: { key: 'total', label: 'Total', group: null, drill: base, values: valuesOf(sumStatus(figures)) },
    notes: ['Each lead is in exactly one of the six columns, so they add up to the leads of the week. Lost leads count as bad.'],
  };
}

const dimensionLabels: Record<string, string> = {
  activity: 'Activity',
  first: 'First activity',
  wait: 'Time to first contact',
  next_action: 'Next action',
  source: 'Source',
  grade: 'Grade',
};
const dimensionOrder = Object.keys(dimensionLabels);
const activityLabels: Record<string, string> = {
  call: 'Call',
  mail: 'Mail',
  visit: 'Visit',
  meeting: 'Meeting',
  quote: 'Quote',
  literature: 'Literature',
  note: 'Note',
  none: '(nothing done)',
};
const waitLabels: Record<string, string> = { ...Object.fromEntries(waitBands.map((band) => [band.key, band.label])), none: '(not yet)' };
const rowsPerDimension = 15;

export function shapeWorks(
  counts: readonly { dimension: string; value: string; leads: number; sales: number }[],
  base: Drill,
  sourceNames: ReadonlyMap<string, string>,
): Shaped {
  const grades = counts.filter((one) => one.dimension === 'grade');
  const sum = { leads: grades.reduce((total, one) => total + one.leads, 0), sales: grades.reduce((total, one) => total + one.sales, 0) };
  const overall = wilson(sum.sales, sum.leads);
  const valuesOf = (leads: number, sales: number): Values => {
    const interval = wilson(sales, leads);
    const verdict = !interval || !overall || !differs(interval, overall) ? '' : interval.share > overall.share ? 'better' : 'worse';
    return {
      leads,
      sales,
      share: percent(sales, leads),
      low: interval && tenth(interval.low * 100),
      high: interval && tenth(interval.high * 100),
      verdict,
    };
  };
  const labelOf = (dimension: string, value: string): string => {
    if (dimension === 'activity' || dimension === 'first') return activityLabels[value] ?? value;
    if (dimension === 'wait') return waitLabels[value] ?? value;
    if (value === 'none') return dimension === 'next_action' ? '(none set)' : '(blank)';
    return dimension === 'source' ? (sourceNames.get(value) ?? '(blank)') : value;
  };
  const drillFor = (dimension: string, value: string): Drill => {
    if (dimension === 'activity') return { activity: value };
    if (dimension === 'first') return { firstActivity: value };
    if (dimension === 'wait') return { wait: value };
    if (dimension === 'source') return { sourceId: value };
    if (dimension === 'grade') return { grade: value };
    return { nextAction: value };
  };
  const rows = dimensionOrder.flatMap((dimension) => {
    const own = counts.filter((one) => one.dimension === dimension && one.leads > 0);
    const order = dimension === 'wait' ? [...waitBands.map((band) => band.key), 'none'] : undefined;
    own.sort((a, b) => (order ? order.indexOf(a.value) - order.indexOf(b.value) : b.leads - a.leads || (a.value < b.value ? -1 : 1)));
    return own.slice(0, rowsPerDimension).map((one): Row => ({
      key: `${dimension}:${one.value}`,
      label: labelOf(dimension, one.value),
      group: dimensionLabels[dimension]!,
      drill: { ...base, ...drillFor(dimension, one.value) },
      values: valuesOf(one.leads, one.sales),
    }));
  });
  return {
    title: 'What works',
    periodMeans: 'Leads qualified in these days: how many had this, and how many of those bought.',
    columns: [
      column('leads', 'Leads', 'count', 'leads'),
      column('sales', 'Sales', 'count', 'leads', { status: 'sale' }),
      column('share', 'Bought', 'percent'),
      column('low', 'at least', 'percent'),
      column('high', 'at most', 'percent'),
      column('verdict', 'Against all leads', 'text'),
    ],
    rows,
    total: { key: 'total', label: 'All leads', group: null, drill: base, values: valuesOf(sum.leads, sum.sales) },
    notes: [
      'The range is a 95 % Wilson interval. “Better” and “worse” are said only where the numbers are large enough to tell; that it goes together does not prove that it causes the sale.',
    ],
  };
}

function without(drill: Drill, key: string): Drill {
  const { [key]: _gone, ...rest } = drill;
  return rest;
}
