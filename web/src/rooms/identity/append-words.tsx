import type { Item } from '../../api/contract.ts';
import { Badge } from '../../ui/index.tsx';
import { useSession } from '../../api/session.ts';

export type Receipt = Item<'GET /v1/append/runs/:id/values'>;

/** Why a value that was offered was not used. */
export const whyUnused: Record<NonNullable<Receipt['why']>, string> = {
  unreadable: 'cannot be read',
  verified: 'a person said what stands',
  same: 'the same is known already',
  unsure: 'not sure enough',
  old: 'too old',
  known: 'something else is known',
};
const words: Record<Receipt['state'], { label: string; tone: 'sale' | 'warm' | 'cold' | 'quiet' }> = {
  stands: { label: 'Stands', tone: 'sale' },
  corrected: { label: 'Corrected since', tone: 'warm' },
  expired: { label: 'Licence ended', tone: 'cold' },
  undone: { label: 'Taken back', tone: 'cold' },
  unused: { label: 'Not used', tone: 'quiet' },
};

/** What one value costs is often less than a unit: told to the cent, below one to a tenth of it. */
export function EachCosts({ minor, currency }: { minor: number | null; currency: string }) {
  const { locale } = useSession().workspace;
  if (minor === null) return <span className="dim">–</span>;
  const scale = 10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);
  const amount = minor / scale;
  return <span className="num">{new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', maximumFractionDigits: amount < 1 ? 3 : 2 }).format(amount)}</span>;
}

export const ReceiptState = ({ state }: { state: Receipt['state'] }) => <Badge tone={words[state].tone}>{words[state].label}</Badge>;
