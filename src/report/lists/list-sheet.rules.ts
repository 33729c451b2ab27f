import type { Sheet } from '../sheet.rules.ts';
import type { ListVerdict } from './judge-list.rules.ts';
import type { ListQuality } from './lists.contract.ts';

export const verdictWords: Record<ListVerdict, string> = { early: 'Too early to say', buy: 'Buy again', care: 'Use with care', drop: 'Throw away' };

/** Lists as a table that leaves the house; shares as parts of one. */
export function listSheet(lists: readonly ListQuality[], currency: string, major: (minor: number) => number): Sheet {
  const money = (minor: number | null): number | null => (minor === null ? null : major(minor));
  const columns: [string, Sheet['columns'][number]['kind'], (list: ListQuality) => string | number | null][] = [
    ['List', 'text', (one) => one.name],
    ['Whose list', 'text', (one) => one.owner],
    ['Came in', 'text', (one) => one.cameAt.slice(0, 10)],
    ['Names delivered', 'number', (one) => one.delivered],
    ['New', 'number', (one) => one.fresh],
    ['Known before', 'number', (one) => one.known + one.leftOut],
    ['Twice in it', 'number', (one) => one.again],
    ['Not read', 'number', (one) => one.unread],
    ['Reachable', 'percent', (one) => one.shares.reachable?.share ?? null],
    ['Junk', 'percent', (one) => one.shares.junk?.share ?? null],
    ['Good names', 'number', (one) => one.good],
    ['Leads', 'number', (one) => one.leads],
    ['Qualified', 'number', (one) => one.qualified],
    ['Sales', 'number', (one) => one.sales],
    [`Won, ${currency}`, 'money', (one) => money(one.wonMinor)],
    [`Cost, ${currency}`, 'money', (one) => money(one.costMinor)],
    [`Per good name, ${currency}`, 'money', (one) => money(one.perGoodMinor)],
    [`Per lead, ${currency}`, 'money', (one) => money(one.perLeadMinor)],
    ['Return', 'number', (one) => one.returned],
    ['Verdict', 'text', (one) => verdictWords[one.verdict]],
    ['Why', 'text', (one) => one.reasons.map(({ sentence }) => sentence).join(' ')],
  ];
  return { name: 'Lists', columns: columns.map(([label, kind]) => ({ label, kind })), rows: lists.map((one) => columns.map(([, , cell]) => cell(one))) };
}
