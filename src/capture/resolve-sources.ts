import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { insertSources } from './source.store.ts';
import { findSources } from './source.queries.ts';

/** Sources are never deleted but may be renamed: what was committed is remembered for a while, and forgotten here at once. */
const remembered = new Map<string, { until: number; ids: Map<string, string> }>();
const rememberedMax = 5000;
const rememberMilliseconds = 60_000;
export const forgetSources = (workspaceId: string): void => void remembered.delete(workspaceId);

/** Finds sources by name and makes those that are unknown. Keys of the result are lower-cased names. */
export async function resolveSources(tx: Tx, cx: Context, names: Iterable<string>, importId: string | null = null): Promise<Map<string, string>> {
  const wanted = new Map<string, string>();
  for (const name of names) if (!wanted.has(name.toLowerCase())) wanted.set(name.toLowerCase(), name);
  if (wanted.size === 0) return new Map();
  const kept = remembered.get(tx.scope.workspaceId);
  const known = kept && kept.until > Date.now() ? kept.ids : undefined;
  if (known && [...wanted.keys()].every((key) => known.has(key))) return new Map([...wanted.keys()].map((key) => [key, known.get(key)!]));
  const found = await findSources(tx, [...wanted.keys()]);
  // In order, so that two writers of the same new names never wait for each other in a circle.
  const missing = [...wanted].filter(([key]) => !found.has(key)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (missing.length === 0) {
    tx.afterCommit(() => remember(tx.scope.workspaceId, found));
    return found;
  }
  await insertSources(tx, missing.map(([, name]) => ({ id: cx.ids.next(), name, channel: null })), importId, cx.clock.now());
  return findSources(tx, [...wanted.keys()]);
}

function remember(workspaceId: string, found: ReadonlyMap<string, string>): void {
  let known = remembered.get(workspaceId);
  if (!known || known.until < Date.now() || known.ids.size > rememberedMax)
    remembered.set(workspaceId, (known = { until: Date.now() + rememberMilliseconds, ids: new Map() }));
  for (const [key, id] of found) known.ids.set(key, id);
}
