import type { Tx } from '../platform/db/index.ts';
import { dropRefs, findWaitingRefs, insertRefs, joinToOrganizations, partFromOrganizations } from './account-ref.store.ts';
import { refreshComponents } from './merge-people.ts';

/** People whose list names their organization by a number nobody knows yet: kept until a list of organizations brings it. */
export const keepAccounts = (tx: Tx, importId: string, refs: readonly { personId: string; externalId: string }[]): Promise<void> => insertRefs(tx, importId, refs);

/** Joins people who waited for these organizations. Returns who. */
export async function linkAccounts(tx: Tx, importId: string, externalIds: readonly string[]): Promise<string[]> {
  const waiting = externalIds.length > 0 ? await findWaitingRefs(tx, externalIds) : [];
  if (waiting.length === 0) return [];
  return refreshed(tx, await joinToOrganizations(tx, importId, waiting));
}

/** A list of organizations is taken back: whom it joined belongs where they did before, and waits again. */
export const unlinkAccounts = async (tx: Tx, importId: string): Promise<string[]> => refreshed(tx, await partFromOrganizations(tx, { linkedBy: importId }));

/** A list of people is taken back, with what its numbers joined. */
export async function forgetAccounts(tx: Tx, importId: string): Promise<void> {
  await refreshed(tx, await partFromOrganizations(tx, { importId }));
  await dropRefs(tx, importId);
}

async function refreshed(tx: Tx, people: { id: string; merged: boolean }[]): Promise<string[]> {
  const merged = people.filter((one) => one.merged).map((one) => one.id);
  if (merged.length > 0) await refreshComponents(tx, 'person', merged);
  return people.map(({ id }) => id);
}
