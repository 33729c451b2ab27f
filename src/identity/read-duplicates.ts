/** The duplicates workbench, put together from the queries. */
import type { Tx } from '../platform/db/index.ts';
import { countOpenDuplicates, listDecidedDuplicates, listJoins, listOpenDuplicates, type DuplicateRow, type OpenPair, type StakeKind } from './duplicates.queries.ts';
import type { PairStatus } from './duplicates.store.ts';
import type { Kind } from './merge.store.ts';
import { loadOrganizationCards } from './organizations.queries.ts';
import { loadPeopleRows } from './people.queries.ts';
import { shown } from './read-people.ts';

export interface DuplicatesAsked {
  status: PairStatus;
  stake?: StakeKind | 'none' | undefined;
  after: { value: number; weight: number; id: string } | undefined;
  limit: number;
}

export async function readDuplicates(tx: Tx, asked: DuplicatesAsked) {
  const pairs = await listPairs(tx, 'person', asked);
  const people = byId(await loadPeopleRows(tx, idsOf(pairs)));
  const items = pairs.map((pair) => ({
    ...told(pair),
    people: theTwo(pair, people).map((row) => ({ ...shown(row), mobile: row.mobileE164, street: row.street, postalCode: row.postalCode })),
  }));
  return { items, open: await countOpenDuplicates(tx, 'person') };
}

export async function readOrganizationDuplicates(tx: Tx, asked: DuplicatesAsked) {
  const pairs = await listPairs(tx, 'organization', asked);
  const organizations = byId(await loadOrganizationCards(tx, idsOf(pairs)));
  const items = pairs.map((pair) => ({ ...told(pair), organizations: theTwo(pair, organizations) }));
  return { items, open: await countOpenDuplicates(tx, 'organization') };
}

export async function readJoins(tx: Tx, kind: Kind, asked: Parameters<typeof listJoins>[2]) {
  const joins = await listJoins(tx, kind, asked);
  const ids = [...new Set(joins.flatMap(({ survivorId, mergedId }) => [survivorId, mergedId]))];
  const names = new Map(kind === 'person' ? (await loadPeopleRows(tx, ids)).map((row) => [row.id, shown(row).name] as const) : (await loadOrganizationCards(tx, ids)).map((row) => [row.id, row.name] as const));
  const named = (id: string) => ({ id, name: names.get(id) ?? '' });
  return joins.map(({ survivorId, mergedId, byCheck, ...join }) => ({ ...join, survivor: named(survivorId), merged: named(mergedId), by: byCheck ? ('check' as const) : ('people' as const) }));
}

async function listPairs(tx: Tx, kind: Kind, asked: DuplicatesAsked): Promise<OpenPair[]> {
  const { status } = asked;
  if (status === 'open') return listOpenDuplicates(tx, kind, asked);
  const decided = await listDecidedDuplicates(tx, kind, { ...asked, status });
  return decided.map((pair) => ({ ...pair, stakeMinor: 0, chance: 0, valueMinor: 0, stakes: [] }));
}

const told = ({ id, weight, evidence, foundAt, status, decidedAt, stakeMinor, chance, valueMinor, stakes }: OpenPair) => ({
  id,
  weight,
  evidence,
  foundAt,
  status,
  decidedAt,
  stake: { minor: stakeMinor, chance, valueMinor, reasons: stakes.toSorted((a, b) => b.minor - a.minor).slice(0, 6) },
});

const idsOf = (pairs: readonly DuplicateRow[]): string[] => [...new Set(pairs.flatMap((pair) => [pair.oneId, pair.otherId]))];
const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> => new Map(rows.map((row) => [row.id, row]));
/** the longer known first */
const theTwo = <T extends { firstSeenAt: Date }>(pair: DuplicateRow, rows: ReadonlyMap<string, T>): T[] =>
  [rows.get(pair.oneId), rows.get(pair.otherId)].filter((row) => row !== undefined).toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime());
