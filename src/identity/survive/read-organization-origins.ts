import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { listReceipts } from '../append/append.queries.ts';
import { loadSurroundings } from '../candidates.store.ts';
import { groupOfColumn } from '../merge.rules.ts';
import { sight } from '../sight.rules.ts';
import type { OrganizationGroup } from './groups.rules.ts';
import { countInquiries, findBroughtBy, findNamed, findUserNames, listArrivals, listNaming, listWritten, loadOwnWords, type NamingList } from './organization-origins.queries.ts';
import { cellsOf, organizationOrigins, type OrganizationOrigin, type Said } from './organization-origins.rules.ts';

const listsMax = 20;
const receiptsMax = 200;

/** Where each value of an organization came from, and the lists and how many inquiries named it. */
export async function readOrganizationOrigins(tx: Tx, id: string): Promise<{ items: OrganizationOrigin[]; inquiries: number; lists: number; namedBy: (Omit<NamingList, 'filled'> & { filled: OrganizationGroup[] })[] }> {
  const [own, ...others] = await loadOwnWords(tx, id);
  if (!own) refuse('not-found', 'identity/no-such-organization', 'There is no such organization here.');
  const ids = [own, ...others].map((row) => row.id);
  const { country } = await loadSurroundings(tx);
  // Sent together: one after the other each would wait for the way there and back.
  const [arrivals, written, receipts, broughtBy, named, { n: inquiries }, lists] = await Promise.all([
    listArrivals(tx, ids),
    listWritten(tx, ids),
    listReceipts(tx, 'organization', { survivorId: own.id }, { limit: receiptsMax }),
    findBroughtBy(tx, ids),
    findNamed(tx, own.id),
    countInquiries(tx, own.id),
    listNaming(tx, own.id, listsMax),
  ]);
  const said: Said[] = [
    ...arrivals.map(({ fields, ...of }): Said => ({ from: { ...of, importId: null, list: null }, appended: null, isWritten: false, cells: cellsOf(sight(fields, country)) })),
    ...written.flatMap(({ cells, beside, ...of }): Said[] => {
      const from = { ...of, inquiryId: null, receipt: null };
      return [{ from, appended: null, isWritten: false, cells: beside }, { from, appended: null, isWritten: true, cells }];
    }),
    ...receipts.toReversed().flatMap(({ state, value, runId, provider, at, confidence, priceMinor, currency, asOf }): Said[] =>
      state === 'stands' && value ? [{ from: null, appended: { runId, provider, at, confidence, priceMinor, currency, asOf }, isWritten: true, cells: value }] : [],
    ),
  ];
  const items = organizationOrigins({ own, others, broughtBy, named: named ?? null }, said);
  const names = await findUserNames(tx, items.flatMap(({ verified }) => verified?.by ?? []));
  return {
    items: items.map((one) => (one.verified ? { ...one, verified: { ...one.verified, by: names.get(one.verified.by) ?? 'Baton' } } : one)),
    inquiries,
    lists: lists[0]?.lists ?? 0,
    namedBy: lists.map((one) => ({ ...one, filled: groupsOf(one.filled) })),
  };
}

/** Columns as the groups people know; what has no group (what it is searched by) is left out. */
const groupsOf = (columns: readonly string[]): OrganizationGroup[] =>
  [...new Set(columns.flatMap((column) => (column === 'name' ? 'name' : (groupOfColumn.organization.get(column) ?? []))))] as OrganizationGroup[];
