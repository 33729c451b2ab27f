import { Badge } from '../../ui/index.tsx';
import type { Item } from '../../api/contract.ts';
import { href } from '../../shell/address.ts';

export type ListItem = Item<'GET /v1/lists'>;

const looks = {
  early: { label: 'Too early to say', tone: 'quiet' },
  buy: { label: 'Buy again', tone: 'sale' },
  care: { label: 'Use with care', tone: 'warm' },
  drop: { label: 'Throw away', tone: 'hot' },
} as const;

export const ListVerdict = ({ verdict }: { verdict: ListItem['verdict'] }) => <Badge tone={looks[verdict].tone}>{looks[verdict].label}</Badge>;
export const verdictLabel = (verdict: ListItem['verdict']): string => looks[verdict].label;

/** The people of a list behind a figure: all of them, whom it brought, or whom it only repeated. */
export const listPeople = (id: string, which: 'all' | 'new' | 'known', where?: object): string =>
  href('/people', { group: `list-${which}.${id}`, where: where && JSON.stringify(where) });
export const listLeads = (id: string, more: Record<string, string> = {}): string => href('/leads', { listId: id, ...more });

export const parts = [
  { key: 'good', label: 'Good', tone: 'sale', says: 'new, and can be used' },
  { key: 'repeated', label: 'Repeated', tone: 'cold', says: 'known before, or twice in the list' },
  { key: 'outOfReach', label: 'Out of reach', tone: 'warm', says: 'new, but no way to them, or they want to be left alone' },
  { key: 'junk', label: 'Junk', tone: 'hot', says: 'made up, wrong throughout, or not to be read' },
] as const;
