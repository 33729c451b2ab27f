import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { lockIdentity } from './candidates.store.ts';
import { organizationShape, personShape, regroup, survivorsOf, type Shape } from './merge.rules.ts';
import { findMerge, findSurvivors, insertMerge, loadComponents, markUndone, saveRegrouped, type Kind } from './merge.store.ts';

const shapes: Record<Kind, Shape> = { person: personShape, organization: organizationShape };

/**
 * Says that two are one. The survivor's id stays in use; the other's resolves to it for ever. Nothing is deleted, no other room's row is
 * touched, and {@link undoMerge} restores both exactly.
 */
export async function merge(
  tx: Tx,
  cx: Context,
  kind: Kind,
  given: { survivorId: string; mergedId: string; reason?: { duplicateId?: string } },
): Promise<{ mergeId: string; survivorId: string; mergedId: string }> {
  await lockIdentity(tx);
  const survivors = await findSurvivors(tx, kind, [given.survivorId, given.mergedId]);
  const survivorId = survivors.get(given.survivorId);
  const mergedId = survivors.get(given.mergedId);
  if (survivorId === undefined || mergedId === undefined)
    refuse('not-found', `identity/no-such-${kind}`, `One of the two is not known here. Reload the page and try again.`);
  if (survivorId === mergedId) refuse('conflict', 'identity/merged-already', 'These two are one already.');
  const mergeId = cx.ids.next();
  const by = tx.scope.userId ?? 'baton';
  const { rows, edges } = await loadComponents(tx, kind, [survivorId, mergedId]);
  await insertMerge(tx, {
    id: mergeId,
    kind,
    survivorId,
    mergedId,
    mergedAt: cx.clock.now(),
    mergedBy: by,
    reason: given.reason ?? null,
    undoneAt: null,
  });
  await saveRegrouped(tx, kind, shapes[kind], regroup(rows, [...edges, { survivorId, mergedId }], shapes[kind]));
  await record(tx, cx, kind, 'merged', survivorId, mergedId);
  return { mergeId, survivorId, mergedId };
}

export async function undoMerge(tx: Tx, cx: Context, mergeId: string): Promise<{ survivorId: string; restoredId: string }> {
  await lockIdentity(tx);
  const found = await findMerge(tx, mergeId);
  if (!found) refuse('not-found', 'identity/no-such-merge', 'There is no such merge.');
  if (found.undoneAt !== null) refuse('conflict', 'identity/merge-undone', 'This merge was undone already.');
  await markUndone(tx, mergeId, cx.clock.now(), tx.scope.userId ?? 'baton');
  const root = (await findSurvivors(tx, found.kind, [found.mergedId])).get(found.mergedId) ?? found.mergedId;
  const { rows, edges } = await loadComponents(tx, found.kind, [root]);
  await saveRegrouped(tx, found.kind, shapes[found.kind], regroup(rows, edges, shapes[found.kind]));
  const after = survivorsOf([found.survivorId, found.mergedId], edges);
  await record(tx, cx, found.kind, 'unmerged', after.get(found.survivorId) ?? found.survivorId, found.mergedId);
  return { survivorId: after.get(found.survivorId) ?? found.survivorId, restoredId: found.mergedId };
}

/** rows whose own word changed inside a component are shown anew */
export async function refreshComponents(tx: Tx, kind: Kind, survivorIds: readonly string[]): Promise<void> {
  const { rows, edges } = await loadComponents(tx, kind, survivorIds);
  await saveRegrouped(tx, kind, shapes[kind], regroup(rows, edges, shapes[kind]));
}

async function record(tx: Tx, cx: Context, kind: Kind, what: 'merged' | 'unmerged', survivorId: string, mergedId: string): Promise<void> {
  if (kind === 'person') {
    await append(tx, cx, [{ type: `person.${what}`, chainId: survivorId, subjectId: survivorId, data: { survivorId, mergedId } }]);
  } else {
    await append(tx, cx, [
      {
        type: 'organization.changed',
        chainId: survivorId,
        subjectId: survivorId,
        data: { organizationId: survivorId, fields: [what, mergedId] },
      },
    ]);
  }
}
