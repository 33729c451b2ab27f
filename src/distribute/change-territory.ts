import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { wakeDesk } from './custody.store.ts';
import { listTerritories } from './territories.queries.ts';
import type { TerritoryRow } from './territories.queries.ts';
import { lockTerritories, orderTerritories, removeTerritory, saveTerritory, saveTerritoryHolders } from './territories.store.ts';
import { liftedRules, wouldCircle } from './tree.rules.ts';

export type TerritoryChange = Partial<Omit<TerritoryRow, 'id' | 'holders' | 'accounts'>> & {
  holders?: { holderId: string; weight: number }[] | undefined;
};

/** Adds a territory, or changes one. Leads that wait at the desk are asked about again; what is held stays where it is. */
export async function changeTerritory(tx: Tx, cx: Context, id: string | null, change: TerritoryChange): Promise<TerritoryRow> {
  // Two who put one under the other and the other under the one must not both find it free.
  if (change.parentId) await lockTerritories(tx);
  const all = await listTerritories(tx);
  const before =
    id === null
      ? undefined
      : (all.find((t) => t.id === id) ?? refuse('not-found', 'distribute/no-such-territory', 'There is no such territory.'));
  // a new one goes in front of the territory for everything else
  const next = 1 + Math.max(0, ...all.map((t) => t.position).filter((p) => p < 100_000));
  const after = {
    id: before?.id ?? cx.ids.next(),
    parentId: change.parentId === undefined ? (before?.parentId ?? null) : change.parentId,
    name: change.name ?? before?.name ?? 'Territory',
    position: change.position ?? before?.position ?? next,
    rules: change.rules ?? before?.rules ?? {},
    overflow: change.overflow ?? before?.overflow ?? false,
    waitMost: change.waitMost === undefined ? (before?.waitMost ?? null) : change.waitMost,
    active: change.active ?? before?.active ?? true,
    startsOn: change.startsOn === undefined ? (before?.startsOn ?? null) : change.startsOn,
    endsOn: change.endsOn === undefined ? (before?.endsOn ?? null) : change.endsOn,
  };
  if (after.startsOn !== null && after.endsOn !== null && after.endsOn < after.startsOn)
    refuse('invalid', 'distribute/territory-dates', 'The last day of a territory lies before its first.');
  if (change.parentId && !all.some(({ id }) => id === change.parentId)) refuse('invalid', 'distribute/no-such-parent', 'The territory it is to lie under is not there. Choose another.');
  if (change.parentId && wouldCircle(all, after.id, change.parentId)) refuse('conflict', 'distribute/under-itself', `“${after.name}” would lie under itself. Choose one that does not lie under it.`);
  await saveTerritory(tx, after);
  if (change.holders) await saveTerritoryHolders(tx, after.id, change.holders);
  await noteChange(tx, cx, after.id);
  return (await listTerritories(tx)).find((t) => t.id === after.id)!;
}

/** Takes a territory away. What lies under it moves up, and goes on asking for what only the removed one asked for. */
export async function dropTerritory(tx: Tx, cx: Context, id: string): Promise<void> {
  await lockTerritories(tx);
  const all = await listTerritories(tx);
  const gone = all.find((one) => one.id === id) ?? refuse('not-found', 'distribute/no-such-territory', 'There is no such territory.');
  for (const one of all) if (one.parentId === id) await saveTerritory(tx, { ...one, parentId: gone.parentId, rules: liftedRules(one.rules, gone.rules) });
  await removeTerritory(tx, id);
  await noteChange(tx, cx, id);
}

export async function reorderTerritories(tx: Tx, cx: Context, ids: readonly string[]): Promise<TerritoryRow[]> {
  const all = await listTerritories(tx);
  if (ids.length !== all.length || !all.every((t) => ids.includes(t.id)))
    refuse(
      'conflict',
      'distribute/territories-changed',
      'The list of territories has changed in the meantime. Load it again and put it in order.',
    );
  await orderTerritories(tx, ids);
  if (ids[0]) await noteChange(tx, cx, ids[0]);
  return listTerritories(tx);
}

async function noteChange(tx: Tx, cx: Context, territoryId: string): Promise<void> {
  await append(tx, cx, [{ type: 'territory.changed', chainId: territoryId, subjectId: territoryId, data: { territoryId } }]);
  await wakeDesk(tx, cx.clock.now());
}
