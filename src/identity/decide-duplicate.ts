import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { lockIdentity } from './candidates.store.ts';
import { merge, undoMerge } from './merge-people.ts';
import { findDuplicate, loadFirstSeen, setDuplicateStatus, type PairStatus } from './duplicates.store.ts';
import { findMergeOfDuplicate, findSurvivors, type Kind } from './merge.store.ts';

/** Somebody says whether two possible duplicates, people or organizations, are one, or takes their word back. */
export async function decideDuplicate(
  tx: Tx,
  cx: Context,
  kind: Kind,
  id: string,
  { decision, survivorId }: { decision: 'join' | 'different' | 'undo'; survivorId?: string | undefined },
): Promise<{ id: string; status: PairStatus; mergeId: string | null }> {
  await lockIdentity(tx);
  const pair = await findDuplicate(tx, kind, id);
  if (!pair) refuse('not-found', 'identity/no-such-duplicate', 'There is no such pair.');
  let status: PairStatus = decision === 'join' ? 'joined' : decision === 'different' ? 'different' : 'open';
  let mergeId: string | null = null;
  if (decision !== 'undo' && pair.status !== 'open')
    refuse('conflict', 'identity/decided-already', 'This pair was decided already. Undo the decision first.');
  const survivors = await findSurvivors(tx, kind, [pair.oneId, pair.otherId]);
  // Other joins may have made them one meanwhile: then there is nothing left to do but to say so.
  const areOne = survivors.get(pair.oneId) !== undefined && survivors.get(pair.oneId) === survivors.get(pair.otherId);
  if (decision === 'join' && !areOne) {
    const survivor = survivorId ?? (await loadFirstSeen(tx, kind, [pair.oneId, pair.otherId]))[0]?.id;
    if (survivor !== pair.oneId && survivor !== pair.otherId)
      refuse('invalid', 'identity/not-of-the-pair', 'The survivor must be one of the two.');
    const merged = survivor === pair.oneId ? pair.otherId : pair.oneId;
    mergeId = (await merge(tx, cx, kind, { survivorId: survivor, mergedId: merged, reason: { duplicateId: id } })).mergeId;
  } else if (decision === 'undo') {
    if (pair.status === 'open') refuse('conflict', 'identity/not-decided', 'This pair is open: there is nothing to undo.');
    const merged = pair.status === 'joined' ? await findMergeOfDuplicate(tx, id) : undefined;
    if (merged) await undoMerge(tx, cx, merged.id);
    status = 'open';
  }
  await setDuplicateStatus(tx, kind, id, status, status === 'open' ? null : cx.clock.now());
  await append(tx, cx, [{ type: 'duplicate.decided', chainId: pair.oneId, subjectId: id, data: { duplicateId: id, decision } }]);
  return { id, status, mergeId };
}
