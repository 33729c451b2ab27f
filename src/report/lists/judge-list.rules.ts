import { wilson, type Interval } from '../wilson.rules.ts';

/** What is known of a list when it is judged. Counts; money in minor units of the workspace's currency. */
export interface ListFigures {
  /** Rows of the file. */
  delivered: number;
  /** Rows of somebody known before, or named before in the same list. */
  repeated: number;
  /** Rows nobody could read, made-up names, and people everything known of is wrong. */
  junk: number;
  /** New, not junk, to be reached, and not asking to be left alone. */
  good: number;
  /** People nobody knew before, whatever they are good for. */
  brought: number;
  unjudged: number;
  /** How many of those became leads. */
  leads: number;
  sales: number;
  wonMinor: number;
  /** null: nobody said. */
  costMinor: number | null;
  /** Since the list came in. */
  days: number;
}

/** What the other lists yielded that are old enough, and what a sale is worth here. */
export interface Typical {
  brought: number;
  leads: number;
  /** The mean of all sales of the company; null where there are none. */
  saleMinor: number | null;
}

export const verdicts = ['early', 'buy', 'care', 'drop'] as const;
export type ListVerdict = (typeof verdicts)[number];

export interface ListReason {
  about: 'names' | 'age' | 'junk' | 'good' | 'repeated' | 'leads' | 'return' | 'cost' | 'judging';
  /** what it says for the list; open: it could be either, or nobody can say yet */
  says: 'good' | 'bad' | 'open';
  sentence: string;
}

/** docs/how-it-decides/lists.md says the same in words. */
export const listRule = {
  namesMin: 50,
  /** before that no lead can have come of a list */
  leadDays: 90,
  /** before that no sale can */
  saleDays: 180,
  junk: { much: 0.2, little: 0.1 },
  good: { few: 0.25, many: 0.5 },
  repeated: { much: 0.5, little: 0.25 },
  /** other lists say what is usual only with so many people they brought */
  usualMin: 150,
  /** one sale may be luck, however large; a list that paid for itself by many is good whatever the interval says */
  sales: { few: 2, many: 5 },
} as const;

const percent = (share: number): string => `${share < 0.1 ? Math.round(share * 1000) / 10 : Math.round(share * 100)} %`;
const span = ({ low, high }: Interval): string => `${percent(low)} to ${percent(high)}`;

/** Good or bad only where the whole interval lies on one side. */
function quality(about: 'junk' | 'good' | 'repeated', n: number, list: ListFigures, what: string, better: { above: number } | { below: number }, worse: { above: number } | { below: number }): ListReason {
  const share = wilson(n, list.delivered)!;
  const is = (side: { above: number } | { below: number }): boolean => ('above' in side ? share.low > side.above : share.high < side.below);
  return { about, says: is(worse) ? 'bad' : is(better) ? 'good' : 'open', sentence: `${percent(share.share)} of its names ${what}.` };
}

function ofLeads({ leads, brought }: ListFigures, typical: Typical): ListReason {
  const share = wilson(leads, brought);
  if (!share) return { about: 'leads', says: 'bad', sentence: 'It brought nobody new who could become a lead.' };
  const become = `${percent(share.share)} of those it brought became leads (${leads} of ${brought}: by their number ${span(share)})`;
  if (typical.brought < listRule.usualMin) return { about: 'leads', says: 'open', sentence: `${become}; there are not enough other lists to say whether that is much.` };
  const usual = typical.leads / typical.brought;
  const says = share.high < usual ? 'bad' : share.low > usual ? 'good' : 'open';
  return { about: 'leads', says, sentence: `${become}; of other lists ${percent(usual)}.` };
}

/**
 * What the list earned for what it cost. Sales are few, so what is compared is what as many people would earn if the share that buys were
 * at either end of its interval, each sale at the list's own mean or, before its first, at the company's.
 */
function ofReturn(list: ListFigures, typical: Typical): ListReason {
  const { costMinor, wonMinor, sales, brought, days } = list;
  if (costMinor === null) return { about: 'cost', says: 'open', sentence: 'Nobody entered what it cost, so its return is not known.' };
  if (costMinor === 0) return { about: 'return', says: wonMinor > 0 ? 'good' : 'open', sentence: 'It cost nothing.' };
  const times = (ratio: number): string => `${ratio < 10 ? Math.round(ratio * 10) / 10 : Math.round(ratio)} ×`;
  const earned = sales === 0 ? 'Nothing was sold to anybody it brought' : `It earned ${times(wonMinor / costMinor)} what it cost, by ${sales} ${sales === 1 ? 'sale' : 'sales'}`;
  const saleMinor = sales > 0 ? wonMinor / sales : typical.saleMinor;
  const share = wilson(Math.min(sales, brought), brought);
  if (saleMinor === null || !share) return { about: 'return', says: 'open', sentence: `${earned}.` };
  const low = (share.low * brought * saleMinor) / costMinor;
  const high = (share.high * brought * saleMinor) / costMinor;
  if (wonMinor >= costMinor && ((low >= 1 && sales >= listRule.sales.few) || sales >= listRule.sales.many)) return { about: 'return', says: 'good', sentence: `${earned}.` };
  if (days < listRule.saleDays) return { about: 'return', says: 'open', sentence: `${earned}; it is younger than ${listRule.saleDays} days, so that may change.` };
  if (high < 1) return { about: 'return', says: 'bad', sentence: `${earned}; even with luck another one like it would earn ${times(high)} its cost.` };
  return { about: 'return', says: 'open', sentence: `${earned}; another one like it might earn ${times(low)} to ${times(high)} its cost.` };
}

/**
 * Whether to buy such a list again. Nothing is said of fewer than 50 names; what it yielded is judged after 90 days, its return after 180; a
 * share counts for or against a list only where its whole 95 % interval (Wilson) does. Names that are no good condemn it at once, unless it has earned its cost.
 */
export function judgeList(list: ListFigures, typical: Typical): { verdict: ListVerdict; reasons: ListReason[] } {
  if (list.delivered < listRule.namesMin)
    return { verdict: 'early', reasons: [{ about: 'names', says: 'open', sentence: `Fewer than ${listRule.namesMin} names say nothing of a list.` }] };
  if (list.unjudged > list.delivered / 20)
    return { verdict: 'early', reasons: [{ about: 'judging', says: 'open', sentence: 'Its names are still being looked at; this takes minutes.' }] };
  const { junk, good, repeated } = listRule;
  const names = [
    quality('junk', list.junk, list, 'are junk', { below: junk.little }, { above: junk.much }),
    quality('good', list.good, list, 'are new and can be used', { above: good.many }, { below: good.few }),
    quality('repeated', list.repeated, list, 'only repeat what was known', { below: repeated.little }, { above: repeated.much }),
  ];
  const isOld = list.days >= listRule.leadDays;
  const earned = ofReturn(list, typical);
  const yielded = isOld
    ? ofLeads(list, typical)
    : ({ about: 'age', says: 'open', sentence: `It came ${list.days} ${list.days === 1 ? 'day' : 'days'} ago; what it yields is judged after ${listRule.leadDays}.` } satisfies ListReason);
  const reasons = [...names, yielded, earned];
  const is = (about: ListReason['about'], says: ListReason['says']): boolean => reasons.some((one) => one.about === about && one.says === says);
  const pays = is('return', 'good');
  // Money that was made is not thrown away, though it may have been luck.
  const paid = pays || (list.sales > 0 && list.costMinor !== null && list.wonMinor >= list.costMinor && earned.says !== 'bad');
  if (is('junk', 'bad') || is('good', 'bad')) return { verdict: paid ? 'care' : 'drop', reasons };
  if (is('return', 'bad')) return { verdict: 'drop', reasons };
  if (!isOld && !pays) return { verdict: 'early', reasons };
  if (reasons.some((one) => one.says === 'bad')) return { verdict: 'care', reasons };
  return { verdict: pays || is('leads', 'good') ? 'buy' : 'care', reasons };
}
