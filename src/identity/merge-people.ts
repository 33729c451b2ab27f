import { append, type NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { restand } from './consent/note-consent.ts';
import { refuseErased } from './privacy/refuse-erased.ts';
import { lockIdentity } from './candidates.store.ts';
import { giversOf, organizationShape, ownOf, personShape, regroup, survivorsOf, type Row, type Shape } from './merge.rules.ts';
import { findJoinedSurvivors, findMerge, findSurvivors, insertMerges, loadComponents, markUndone, saveRegrouped, type Kind, type MergeReason } from './merge.store.ts';
import { loadRules } from './survive/survivorship.ts';

const shapes: Record<Kind, Shape> = { person: personShape, organization: organizationShape };

/**
 * Says that two are one. The survivor's id stays in use; the other's resolves to it for ever. Nothing is deleted, no other room's row is
 * touched, and {@link undoMerge} restores both exactly.
 */
export async function merge(
  tx: Tx,
  cx: Context,
  kind: Kind,
  given: { survivorId: string; mergedId: string; reason?: MergeReason },
): Promise<{ mergeId: string; survivorId: string; mergedId: string }> {
  if (kind === 'person') await refuseErased(tx, [given.survivorId, given.mergedId]);
  const [made] = await mergeAll(tx, cx, kind, [given]);
  if (made) return made;
  const known = await findSurvivors(tx, kind, [given.survivorId, given.mergedId]);
  if (!known.has(given.survivorId) || !known.has(given.mergedId))
    refuse('not-found', `identity/no-such-${kind}`, `One of the two is not known here. Reload the page and try again.`);
  return refuse('conflict', 'identity/merged-already', 'These two are one already.');
}

/**
 * Joins many at once; what the pairs before have joined counts for those after. Pairs that are one already, or not known, are left out.
 */
export async function mergeAll(
  tx: Tx,
  cx: Context,
  kind: Kind,
  pairs: readonly { survivorId: string; mergedId: string; reason?: MergeReason }[],
): Promise<{ mergeId: string; survivorId: string; mergedId: string }[]> {
  await lockIdentity(tx);
  const survivors = await findSurvivors(tx, kind, pairs.flatMap((pair) => [pair.survivorId, pair.mergedId]));
  const into = new Map<string, string>();
  const head = (id: string): string => {
    let at = id;
    for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next;
    return at;
  };
  const made = pairs.flatMap((pair) => {
    const [one, other] = [survivors.get(pair.survivorId), survivors.get(pair.mergedId)];
    if (one === undefined || other === undefined) return [];
    const [survivorId, mergedId] = [head(one), head(other)];
    if (survivorId === mergedId) return [];
    into.set(mergedId, survivorId);
    return [{ mergeId: cx.ids.next(), survivorId, mergedId, reason: pair.reason ?? null }];
  });
  if (made.length === 0) return [];
  const { rows, edges } = await loadComponents(tx, kind, [...new Set(made.flatMap((one) => [one.survivorId, one.mergedId]))]);
  const by = tx.scope.userId ?? 'baton';
  await insertMerges(tx, kind, made, cx.clock.now(), by);
  await saveRegrouped(tx, kind, shapes[kind], regroup(rows, [...edges, ...made], shapes[kind], await loadRules(tx, kind)));
  if (kind === 'person') await restand(tx, rows.map((row) => row.id));
  await record(tx, cx, kind, 'merged', made);
  return made.map(({ mergeId, survivorId, mergedId }) => ({ mergeId, survivorId, mergedId }));
}

export async function undoMerge(tx: Tx, cx: Context, mergeId: string): Promise<{ survivorId: string; restoredId: string }> {
  await lockIdentity(tx);
  const found = await findMerge(tx, mergeId);
  if (!found) refuse('not-found', 'identity/no-such-merge', 'There is no such merge.');
  if (found.undoneAt !== null) refuse('conflict', 'identity/merge-undone', 'This merge was undone already.');
  if (found.kind === 'person') await refuseErased(tx, [found.survivorId, found.mergedId]);
  await markUndone(tx, mergeId, cx.clock.now(), tx.scope.userId ?? 'baton');
  const root = (await findSurvivors(tx, found.kind, [found.mergedId])).get(found.mergedId) ?? found.mergedId;
  const { rows, edges } = await loadComponents(tx, found.kind, [root]);
  await saveRegrouped(tx, found.kind, shapes[found.kind], regroup(rows, edges, shapes[found.kind], await loadRules(tx, found.kind)));
  if (found.kind === 'person') await restand(tx, rows.map((row) => row.id));
  const after = survivorsOf([found.survivorId, found.mergedId], edges);
  await record(tx, cx, found.kind, 'unmerged', [{ survivorId: after.get(found.survivorId) ?? found.survivorId, mergedId: found.mergedId }]);
  return { survivorId: after.get(found.survivorId) ?? found.survivorId, restoredId: found.mergedId };
}

/** Whose word each group of a survivor's fields is: the row that somebody corrects when they correct the field. The row itself where nothing is known. */
export async function loadGivers(tx: Tx, kind: Kind, survivorId: string): Promise<{ of(group: string): Row }> {
  const { rows } = await loadComponents(tx, kind, [survivorId]);
  const owns = rows.map((row) => ownOf(row, shapes[kind]));
  const own = owns.find(({ id }) => id === survivorId)!;
  const givers = giversOf(own, owns.filter(({ id }) => id !== survivorId), shapes[kind], await loadRules(tx, kind));
  return { of: (group) => givers.get(group) ?? own };
}

/** Rows whose own word changed, survivors or not, are shown anew with all they belong to. */
export async function refreshComponents(tx: Tx, kind: Kind, ids: readonly string[]): Promise<void> {
  const survivors = await findJoinedSurvivors(tx, kind, ids);
  if (survivors.length === 0) return;
  const { rows, edges } = await loadComponents(tx, kind, survivors);
  await saveRegrouped(tx, kind, shapes[kind], regroup(rows, edges, shapes[kind], await loadRules(tx, kind)));
}

async function record(
  tx: Tx,
  cx: Context,
  kind: Kind,
  what: 'merged' | 'unmerged',
  pairs: readonly { survivorId: string; mergedId: string }[],
): Promise<void> {
  await append(
    tx,
    cx,
    pairs.map(({ survivorId, mergedId }): NewFact => {
      const of = { chainId: survivorId, subjectId: survivorId };
      return kind === 'person'
        ? { ...of, type: `person.${what}`, data: { survivorId, mergedId } }
        : { ...of, type: 'organization.changed', data: { organizationId: survivorId, fields: [what, mergedId] } };
    }),
  );
}
